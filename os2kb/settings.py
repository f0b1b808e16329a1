"""How this installation runs: the OS2KB_* environment, checked before anything starts."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import SettingsConfigDict

from index.passages import Source
from os2kb.modes import Mode
from os2kb.phrases import SaidInBoth
from os2kb.products.products import Products, ProductsError, load_products, no_products
from os2kb.setting_kinds import (
    Address,
    Database,
    EmbedderName,
    Listed,
    MailServer,
    PrivateKey,
    SafeAddress,
)
from os2kb.web_settings import WebSettings

PREFIX = "OS2KB_"


class BadSettings(Exception):
    """A setting is wrong. The message names each variable and its cure, one per line."""


class NoCredentials(SaidInBoth, BadSettings):
    """Nothing says who we are at GitHub."""

    def __init__(self) -> None:
        super().__init__(
            "OS2KB_GITHUB_APP_ID: intet adgangsbevis til GitHub; sæt den og "
            "OS2KB_GITHUB_PRIVATE_KEY, eller OS2KB_GITHUB_TOKEN",
            "OS2KB_GITHUB_APP_ID: no credentials for GitHub; set it and OS2KB_GITHUB_PRIVATE_KEY, "
            "or OS2KB_GITHUB_TOKEN",
        )


class Settings(WebSettings):
    """Every setting, read from `OS2KB_…` variables or a `.env` file in the working directory.

    An empty variable counts as unset, so that a line of a `.env` file can be left blank.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Field(Path("data"), description="Databases and index versions.")
    database_url: Database = Field(
        "", description="Default: SQLite in the data folder. `postgresql://…` to scale out."
    )
    mode: Mode = Field(
        "act", description="`off`, `observe` or `act`: an upper bound on every Policy."
    )
    products: Path | None = Field(
        None, description="YAML file: which repositories and sources belong to which product."
    )
    github_api_url: Address = Field(
        "https://api.github.com", description="GitHub's API, or an Enterprise Server's `/api/v3`."
    )
    github_app_id: int | None = Field(None, description="The GitHub App's id.")
    github_private_key: PrivateKey | None = Field(
        None, description="The App's private key: PEM text, or the path of a PEM file."
    )
    github_token: SecretStr | None = Field(
        None, description="A personal token, for small set-ups without an App."
    )
    github_webhook_secret: Listed[SecretStr] = Field(
        (),
        description="The webhook's secret; two, comma-separated, while rotating. "
        "Unset: the endpoint refuses every delivery.",
    )
    github_write_pause: float = Field(
        1.0,
        ge=0,
        le=60,
        description="Least seconds between two writes, as GitHub asks of its clients.",
    )
    jira_url: Address = Field(
        "", description="The Jira site, for example https://os2.atlassian.net."
    )
    jira_email: str = Field("", description="Account of the Jira API token (Cloud).")
    jira_token: SecretStr | None = Field(None, description="Jira API token, or personal token.")
    jira_webhook_secret: Listed[SecretStr] = Field(
        (),
        description="The secret of the webhook in Jira; two, comma-separated, while rotating. "
        "Unset: the endpoint refuses every delivery.",
    )
    jira_sweep_hour: int = Field(
        3,
        ge=-1,
        le=23,
        description="The hour, in Danish time, at which all issues and their tickets are looked at "
        "each night, for what no delivery told of; -1: never.",
    )
    zulip_site: SafeAddress = Field(
        "", description="The Zulip server, for example https://chat.example.org."
    )
    zulip_email: str = Field("", description="The address of the bot's account there.")
    zulip_key: SecretStr | None = Field(None, description="That account's API key.")
    smtp_url: MailServer | None = Field(
        None,
        description="The server that takes our mail: `smtp://USER:PASSWORD@HOST:587` (STARTTLS) or "
        "`smtps://…`, with `?from=ADDRESS` where the user is none.",
    )
    llm_base_url: Address = Field(
        "", description="OpenAI-compatible API (ends in `/v1`); unset: extractive answers only."
    )
    llm_model: str = Field("", description="The model's name at that API.")
    llm_api_key: SecretStr | None = Field(None, description="Its key, where it asks for one.")
    llm_tokens_per_day: int = Field(
        500_000, ge=0, description="Tokens a day; when they are spent, answers are extractive."
    )
    refresh_hours: float = Field(
        0,
        ge=0,
        le=24 * 31,
        description="Hours between two refreshes of the index from its sources; 0: only when a "
        "delivery tells of a change, and by hand.",
    )
    expand: bool = Field(
        False,
        description="Let the language model write other ways to ask for each public passage when "
        "the index is built. They are searched by, never quoted; each is written once, within "
        "`OS2KB_LLM_TOKENS_PER_DAY` a build.",
    )
    contact: str = Field(
        "",
        description="Whom to ask where there is no answer: a name, a mailbox or an address of the "
        "web, named after “Spørg ellers …”.",
    )
    webdav_url: Address = Field(
        "", description="The WebDAV server that the account is for, such as your Nextcloud."
    )
    webdav_user: str = Field("", description="Account that reads the WebDAV sources.")
    webdav_password: SecretStr | None = Field(
        None, description="Its password; in Nextcloud, an app password."
    )
    embedder: EmbedderName = Field(
        "lsa",
        description="Finds what is said in other words. `lsa` is fitted on the documents "
        "themselves; `sentence-transformers:MODEL` is a neural model on this machine, by name or "
        "folder; `openai:MODEL` is asked for at OS2KB_EMBEDDING_BASE_URL.",
    )
    embedding_base_url: Address = Field(
        "", description="OpenAI-compatible API that serves embeddings (most end in `/v1`)."
    )
    embedding_api_key: SecretStr | None = Field(None, description="Its key, where it asks for one.")
    embedding_internal: bool = Field(
        False, description="Whether internal passages, too, may be sent to that API."
    )
    workers: int = Field(8, ge=1, le=32, description="Subjects reconciled at the same time.")
    retry_seconds: Listed[float] = Field(
        (5, 30, 120, 600, 3600),
        description="Pauses before each new try of work that failed; then it is parked.",
    )
    take_over_seconds: float = Field(
        30.0,
        gt=0,
        description="Pause between two looks for work that was lost, or left by a replica that "
        "is gone.",
    )
    delivery_body_days: int = Field(
        7, ge=0, description="Days until a handled delivery's body is emptied."
    )
    answer_log_days: int = Field(
        180,
        ge=0,
        le=3650,
        description="Days that questions, answers and feedback are kept, counted from when a "
        "question was last asked; 0 keeps none.",
    )
    accepted_votes: int = Field(
        2,
        ge=0,
        description="Helpful votes, with none against, that make a question a way to find the "
        "passage it was answered from, at the next build; 0: never.",
    )

    @model_validator(mode="after")
    def _has_an_endpoint(self) -> Self:
        if self.embedder.startswith("openai:") and not self.embedding_base_url:
            raise ValueError(
                f"{PREFIX}EMBEDDER is {self.embedder} and {PREFIX}EMBEDDING_BASE_URL is not set; "
                "set it to the API's address"
            )
        return self

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        pairs = (
            ("github_app_id", "github_private_key"),
            ("llm_base_url", "llm_model"),
            ("jira_url", "jira_token"),
            ("zulip_site", "zulip_key"),
            ("zulip_site", "zulip_email"),
            ("webdav_url", "webdav_user"),
            ("webdav_user", "webdav_password"),
        )
        for one, other in pairs:
            given, missing = (one, other) if getattr(self, one) else (other, one)
            if getattr(self, given) and not getattr(self, missing):
                raise ValueError(
                    f"{PREFIX}{given.upper()} is set and {PREFIX}{missing.upper()} is not; "
                    "set both or neither"
                )
        return self

    @property
    def store_url(self) -> str:
        """The SQLAlchemy address of the store."""
        return self.database_url or f"sqlite:///{self.data_dir / 'os2kb.db'}"

    @property
    def index_dir(self) -> Path:
        """Where index versions lie."""
        return self.data_dir / "index"

    @property
    def triage_dir(self) -> Path:
        """Where versions of the classifier lie."""
        return self.data_dir / "triage"

    @property
    def github_web(self) -> str:
        """Where people read GitHub."""
        return self.github_api_url.removesuffix("/api/v3").replace(
            "://api.github.com", "://github.com"
        )

    def grants(self) -> Products:
        """The products of this installation; each repository stands alone where none are named.

        Raises:
            BadSettings: the file is missing or wrong.
        """
        if self.products is None:
            return no_products()
        try:
            return load_products(self.products)
        except ProductsError as error:
            raise BadSettings(f"{PREFIX}PRODUCTS: {error}") from error

    def sources(self) -> tuple[Source, ...]:
        """Every source of every product, those that lie elsewhere as their mirrors.

        Raises:
            BadSettings: the products file is missing or wrong.
        """
        grants = self.grants()
        mirrored = (one.mirrored(self.index_dir, self.github_web) for one in grants.remotes)
        return (*grants.sources, *mirrored)


def load_settings(**given: Any) -> Settings:
    """Settings from the environment; keyword arguments go before it.

    Raises:
        BadSettings: with one line for each wrong variable.
    """
    try:
        settings = Settings(**given)
    except ValidationError as error:
        # A ValidationError prints its input, which may be a secret; these lines do not.
        lines = [_explain(problem["loc"], problem["msg"]) for problem in error.errors()]
        raise BadSettings("\n".join(lines)) from None
    settings.grants()
    return settings


def _explain(location: tuple[int | str, ...], message: str) -> str:
    reason = message.removeprefix("Value error, ")
    if not location:
        return reason
    name = f"{PREFIX}{str(location[0]).upper()}"
    described = Settings.model_fields[str(location[0])].description or ""
    return f"{name}: {reason}. {described}"


def unknown_settings(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Variables that look like settings and are none, each with the likeliest name (or none)."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            yield name, next(iter(get_close_matches(name, known, n=1, cutoff=0.7)), "")

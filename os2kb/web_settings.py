"""Settings of how the service is reached over the web, and who gets into its console."""

from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from os2kb.setting_kinds import Address, Listed, Network, Origin, Unguessable


class WebSettings(BaseSettings):
    """The part of the settings that is about the web."""

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    trusted_proxies: Listed[Network] = Field(
        ("127.0.0.1", "::1"),
        description="Addresses or networks of your own proxies, comma-separated: only what they "
        "say of a client's address is believed.",
    )
    public_url: Address = Field(
        "", description="Where people reach the service, for example https://viden.example.org."
    )
    cors_origins: Listed[Origin] = Field(
        (),
        description="Websites whose pages may use the API and the widget, comma-separated, for "
        "example https://os2.eu; `*` for any. Unset: none but this one.",
    )
    requests_a_minute: int = Field(
        1200,
        ge=0,
        description="Searches, suggestions and pages that one address may ask for in a minute; a "
        "question counts as ten, a long search as one for each hundred characters. 0: no limit.",
    )
    session_key: Unguessable | None = Field(
        None,
        description="Signs the cookies of the console; 32 random characters or more. Unset: there "
        "is no console.",
    )
    oauth_client_id: str = Field(
        "", description="Client id of the GitHub App, or of an OAuth App, that people sign in by."
    )
    oauth_client_secret: SecretStr | None = Field(None, description="Its client secret.")
    console_token: Unguessable | None = Field(
        None,
        description="Opens the console without GitHub, as an operator, for a small set-up; 32 "
        "random characters or more.",
    )

    @model_validator(mode="after")
    def _can_be_signed_in_to(self) -> Self:
        prefix = self.model_config.get("env_prefix")
        if bool(self.oauth_client_id) != bool(self.oauth_client_secret):
            raise ValueError(
                f"{prefix}OAUTH_CLIENT_ID and {prefix}OAUTH_CLIENT_SECRET go together; set both or "
                "neither"
            )
        if self.oauth_client_id and not self.public_url:
            raise ValueError(
                f"{prefix}OAUTH_CLIENT_ID is set and {prefix}PUBLIC_URL is not; GitHub sends "
                "people back to that address"
            )
        return self

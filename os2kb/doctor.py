"""The doctor: tries every part of an installation for real, and names the cure."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from index.embedders import EmbedderUnavailable
from os2kb.answers.choose import model
from os2kb.clock import now
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.connect import connect
from os2kb.forges.github.inspect import Installed, installations, whoami
from os2kb.forges.github.permissions import is_granted, missing, missing_events
from os2kb.forges.port import ForgeError, NotText
from os2kb.knowledge.embedders.choose import embedder_for, versions_for
from os2kb.knowledge.refresh.record import last_refresh
from os2kb.llm.errors import LlmError
from os2kb.observe.in_force import policy_in_force
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy
from os2kb.policy.sections.commands import Commands
from os2kb.settings import BadSettings, Settings, unknown_settings
from os2kb.store.database import StoreUnavailable, open_database, revisions, upgrade

LEAST_FREE_BYTES = 500_000_000
JIRA_SECONDS = 15
Verdict = Literal["ok", "off", "wrong"]


@dataclass(frozen=True, slots=True)
class Check:
    """What the doctor found. `off` is what is not set up, and need not be."""

    part: str
    verdict: Verdict
    detail: str
    cure: str = ""


def examine(settings: Settings) -> Iterator[Check]:
    """Every check, in the order in which to mend what is wrong."""
    yield from _variables()
    yield _store(settings)
    yield _disk(settings.data_dir)
    yield _products(settings)
    yield _embedder(settings)
    yield _index(settings)
    yield _refresh(settings)
    yield from _governing(settings)
    yield _jira(settings)
    yield _llm(settings)


def _variables() -> Iterator[Check]:
    for name, likely in unknown_settings(os.environ):
        cure = f"Did you mean {likely}?" if likely else "docs/settings.md lists the settings."
        yield Check("settings", "wrong", f"{name} is no setting of this version", cure)


def _store(settings: Settings) -> Check:
    try:
        database = open_database(settings.store_url)
        upgrade(database)
        at, _ = revisions(database)
    except (StoreUnavailable, SQLAlchemyError) as error:
        return Check("store", "wrong", str(error), "Check OS2KB_DATABASE_URL and OS2KB_DATA_DIR.")
    return Check("store", "ok", f"{database.dialect.name}, revision {at}")


def _disk(folder: Path) -> Check:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(
            "disk", "wrong", str(error.strerror), "Set OS2KB_DATA_DIR to a writable folder."
        )
    if free < LEAST_FREE_BYTES:
        return Check("disk", "wrong", f"{free // 1_000_000} MB free", "Free some disk space.")
    return Check("disk", "ok", f"{free // 1_000_000} MB free")


def _products(settings: Settings) -> Check:
    grants = settings.grants()
    if grants.open_to_all:
        return Check("products", "off", "every repository is a product of its own")
    named, count = ", ".join(grants.entries), len(grants.sources)
    lost = [
        source.address
        for source in grants.sources
        if "://" not in source.location
        and not source.location.endswith(".git")
        and not Path(source.location).exists()
    ]
    if lost:
        return Check("products", "wrong", f"no such folder: {lost[0]}", "Correct OS2KB_PRODUCTS.")
    return Check("products", "ok", f"{named}; {count} source{'s' if count != 1 else ''}")


def _embedder(settings: Settings) -> Check:
    embedder = embedder_for(settings)
    if embedder is None:
        return Check("embedder", "ok", "lsa, fitted on the documents")
    try:
        embedder.ready()
        started = monotonic()
        vector = embedder.question("Hvem ejer produktet?")
    except EmbedderUnavailable as error:
        return Check("embedder", "wrong", str(error), "Without it, searches go by words alone.")
    took = f"{len(vector)} dimensions in {(monotonic() - started) * 1000:.0f} ms"
    return Check("embedder", "ok", f"{embedder.id}: {took}")


def _index(settings: Settings) -> Check:
    versions = versions_for(settings)
    index = versions.current()
    if index is None:
        return Check("index", "wrong", "none is built", "Run `os2kb index build`.")
    if index.without_dense:
        cure = "Mend the embedder, or run `os2kb index build`."
        return Check("index", "wrong", f"searched by words alone: {index.without_dense}", cure)
    what = f"version {index.version}, {len(index.passages)} passages"
    built_with = versions.status().versions[0].embedder
    if settings.embedder != "lsa" and built_with.startswith("lsa-"):
        cure = f"Run `os2kb index build` to use {settings.embedder}."
        return Check("index", "wrong", f"{what}, still searched with lsa", cure)
    return Check("index", "ok", what)


def _refresh(settings: Settings) -> Check:
    """How the last refresh went, and whether it came when it should have."""
    last = last_refresh(settings.index_dir)
    if last is None:
        return Check("refresh", "off", "the index was never built from OS2KB_PRODUCTS")
    if last.outcome == "failed":
        cure = "Mend it, and run `os2kb index build`; until then the version before serves."
        return Check("refresh", "wrong", f"failed at {last.at:%Y-%m-%d %H:%M}: {last.reason}", cure)
    if last.outcome == "pinned":
        return Check("refresh", "off", last.reason)
    if lost := [f"{name}: {one.problem}" for name, one in last.sources.items() if one.problem]:
        cure = "Mend the source, or take it out of OS2KB_PRODUCTS."
        return Check("refresh", "wrong", "; ".join(lost), cure)
    late = timedelta(hours=2 * settings.refresh_hours)
    if late and now() - last.at > late:
        cure = "Is `os2kb serve` running? Its log tells of refreshes that failed."
        return Check("refresh", "wrong", f"the last one was {last.at:%Y-%m-%d %H:%M}", cure)
    return Check("refresh", "ok", f"{last.outcome} at {last.at:%Y-%m-%d %H:%M}")


def _governing(settings: Settings) -> Iterator[Check]:
    """GitHub, where anything of it is set: an installation may be there for answers only."""
    if settings.github_webhook_secret or settings.github_app_id or settings.github_token:
        yield _webhook(settings)
        yield from _github(settings)
    else:
        yield Check("GitHub", "off", "not set up: it searches and answers, and governs nothing")


def _webhook(settings: Settings) -> Check:
    count = len(settings.github_webhook_secret)
    if not count:
        return Check(
            "webhook",
            "wrong",
            "no secret is set, so every delivery is refused",
            "Set OS2KB_GITHUB_WEBHOOK_SECRET to the webhook's secret.",
        )
    return Check("webhook", "ok", f"{count} secret{'s' if count > 1 else ''} accepted")


def _github(settings: Settings) -> Iterator[Check]:
    try:
        forge = connect(settings, now)
        yield Check("GitHub", "ok", f"we are {whoami(settings)} at {settings.github_api_url}")
        if settings.github_app_id:
            for installed in installations(settings):
                yield _permissions(installed)
                yield from _policies(settings, forge, installed)
        else:
            yield Check("GitHub App", "off", "a personal token: no checks on pull requests")
    except BadSettings as error:
        yield Check("GitHub", "wrong", "no credentials", str(error))
    except ForgeError as error:
        cure = "Check OS2KB_GITHUB_APP_ID, OS2KB_GITHUB_PRIVATE_KEY and OS2KB_GITHUB_API_URL."
        yield Check("GitHub", "wrong", str(error), cure)


def _permissions(installed: Installed) -> Check:
    part = f"App on {installed.account}"
    lacking = [f"{one.name}: {one.access}" for one in missing(installed.permissions)]
    if lacking:
        return Check(
            part,
            "wrong",
            f"permissions missing: {', '.join(lacking)}",
            "Change the App's permissions, and accept them on the installation's page.",
        )
    if unheard := missing_events(installed.events):
        return Check(
            part,
            "wrong",
            f"events missing: {', '.join(unheard)}",
            "Subscribe to them on the App's page, under Permissions & events.",
        )
    return Check(part, "ok", f"{len(installed.repositories)} repositories")


def _policies(settings: Settings, forge: GitHub, installed: Installed) -> Iterator[Check]:
    grants = settings.grants()
    for name in installed.repositories:
        product = grants.product_of(name)
        part = f"Policy of {name}"
        if product is None:
            yield Check(part, "off", "belongs to no product in OS2KB_PRODUCTS")
            continue
        try:
            read = policy_in_force(forge, name, grants.grant(product))
        except BadPolicy as bad:
            for problem in bad.problems:
                where = f"line {problem.line}: " if problem.line else ""
                yield Check(part, "wrong", f"{where}{problem.message.en}", f"Mend {problem.path}.")
            continue
        if read.layers.layers and _unseen_teams(read.policy, installed):
            yield Check(
                part,
                "wrong",
                "it lets a team give commands, and the App may not see who is in it",
                "Give the App the organisation permission Members: read, and accept it.",
            )
        elif read.layers.layers:
            yield _names(forge, name, part, read.policy)
        else:
            yield Check(part, "off", f"no {PATH}: the bot answers, and governs nothing")


def _unseen_teams(policy: Policy, installed: Installed) -> bool:
    """Whether a command is for a team whose members the App cannot see: then nobody may give it."""
    allowed = [who for one in Commands.model_fields for who in getattr(policy.commands, one)]
    return any("/" in who for who in allowed) and not is_granted("members", installed.permissions)


def _names(forge: GitHub, repository: str, part: str, policy: Policy) -> Check:
    """Whether what a Policy names in its repository is there."""
    existing = {label.casefold() for label in forge.repository(repository).labels}
    lost = [label for label in policy.labels.named() if label.casefold() not in existing]
    if lost:
        listed = ", ".join(lost)
        cure = "Make the labels on GitHub, or correct their names: the bot never makes one."
        return Check(part, "wrong", f"labels that do not exist: {listed}", cure)
    source = policy.guidelines.source
    try:
        found = source is None or forge.file(repository, source) is not None
    except NotText:
        found = False
    if not found:
        cure = "Correct guidelines.source: without it no finding can quote the guideline."
        return Check(part, "wrong", f"cannot read {source}", cure)
    return Check(part, "ok", "valid")


def _jira(settings: Settings) -> Check:
    if not settings.jira_url or settings.jira_token is None:
        return Check("Jira", "off", "OS2KB_JIRA_URL is not set")
    # Imported late: it costs half a second.
    from jira import JIRA, JIRAError
    from requests.exceptions import RequestException

    token = settings.jira_token.get_secret_value()
    try:
        client = JIRA(
            settings.jira_url,
            basic_auth=(settings.jira_email, token) if settings.jira_email else None,
            token_auth=None if settings.jira_email else token,
            max_retries=0,
            timeout=JIRA_SECONDS,
        )
        return Check("Jira", "ok", f"we are {client.myself().get('displayName', 'unnamed')}")
    except (JIRAError, RequestException) as error:
        status = getattr(error, "status_code", None) or type(error).__name__
        return Check(
            "Jira",
            "wrong",
            f"{settings.jira_url} answered {status}",
            "Check OS2KB_JIRA_URL, OS2KB_JIRA_EMAIL and OS2KB_JIRA_TOKEN.",
        )


def _llm(settings: Settings) -> Check:
    client = model(settings)
    if client is None:
        return Check("LLM", "off", "extractive answers only")
    try:
        return Check("LLM", "ok", client.check())
    except LlmError as error:
        return Check("LLM", "wrong", str(error), "Check OS2KB_LLM_BASE_URL and OS2KB_LLM_MODEL.")

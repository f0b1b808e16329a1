"""`POST /webhooks/github`: verify, commit, acknowledge.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from os2kb.decision_log.kept import following
from os2kb.escalation.digest.work import learning
from os2kb.installation import Installation
from os2kb.knowledge.named.kept import kept
from os2kb.knowledge.named.reading import may_name
from os2kb.knowledge.refresh.work import KEY
from os2kb.knowledge.sources.followed import Followed, changes_policy, followed, tells_of_named
from os2kb.settings import Settings
from os2kb.store.deliveries import Arrival
from os2kb.subjects import Subject
from webhooks.deliveries.github_hints import Ignored, read_hints
from webhooks.deliveries.intake import CannotStore, Intake
from webhooks.deliveries.sender import ANSWERED, REFUSALS, SECONDS, Sender, kept_headers, parse
from webhooks.problems import Problem

_IDENTIFIER = re.compile(r"[\x21-\x7e]{1,200}")
_WORD = re.compile(r"\w{1,100}", re.ASCII)
# After these a repository's default branch may be elsewhere, or shown to others.
_MOVES = ("push", "repository")


def github_router(installation: Installation, intake: Intake) -> APIRouter:
    """The route that takes GitHub's deliveries."""
    router = APIRouter(tags=["webhooks"])
    sender = Sender(
        "github",
        "GitHub",
        "X-Hub-Signature-256",
        "OS2KB_GITHUB_WEBHOOK_SECRET",
        installation.settings.github_webhook_secret,
    )
    follows = _followed(installation.settings)
    by_policy, learns = _by_policy(installation), _learns(installation)

    @router.post("/webhooks/github", status_code=202, responses=REFUSALS)
    async def receive(request: Request) -> JSONResponse:
        """Take a delivery. 202 once it is on disk; a repeated one has no second effect."""
        with SECONDS.labels("github").time():
            body = await sender.signed_body(request)
            event, identifier = _header(request, "event"), _header(request, "delivery")
            payload = await parse(body)
            if event in _MOVES and installation.reconciler:
                installation.reconciler.observer.shelf.forget(_full_name(payload))
            read = read_hints(event, payload, _own_logins(installation))
            hint, *others = (None,) if isinstance(read, Ignored) else read
            refreshes = follows.touched_by(event, payload) or by_policy(event, payload)
            subject = hint.subject if hint else None
            about = subject.key if subject else KEY if refreshes else ""
            named = subject.repository if subject else _full_name(payload) if refreshes else ""
            arrival = Arrival(
                source="github",
                identifier=identifier,
                event=event,
                action=_word(payload.get("action")),
                headers=kept_headers(request),
                body=body,
                received_at=installation.now(),
                state="accepted" if about else "ignored",
                reason=read.reason if isinstance(read, Ignored) and not about else "",
                subject=about,
                repository=named,
                floor=hint.floor if hint else None,
            )
            try:
                also = KEY if subject and refreshes else learns(event, payload)
                moved = _moved(event, payload)
                log = following(moved[0]) if moved else ""
                await intake.store(arrival, subject, also, log, named=moved)
                for other in filter(None, others):
                    await intake.store(_about(other.subject, arrival), other.subject)
            except CannotStore as error:
                raise sender.not_stored(error) from error
            ANSWERED.labels("github", arrival.state).inc()
            return JSONResponse({"state": arrival.state, "reason": arrival.reason}, status_code=202)

    return router


def _about(subject: Subject, arrival: Arrival) -> Arrival:
    """The same delivery kept once more for another subject; its body is kept with the first."""
    return replace(
        arrival,
        identifier=f"{arrival.identifier}#{subject.number}",
        body=b"",
        subject=subject.key,
        repository=subject.repository,
    )


def _followed(settings: Settings) -> Followed:
    grants = settings.grants()
    return followed(grants.sources, grants.remotes, settings.github_web)


def _by_policy(installation: Installation) -> Callable[[str, dict[str, Any]], bool]:
    """Whether a delivery may change what Policies name as knowledge."""
    settings = installation.settings
    if not installation.forge or not may_name(settings.grants()):
        return lambda _event, _payload: False
    folder = settings.index_dir
    return lambda event, payload: event in _MOVES and tells_of_named(event, payload, kept(folder))


def _learns(installation: Installation) -> Callable[[str, dict[str, Any]], str]:
    """The key of work that learns of digests, where a delivery tells of another Policy."""
    products = installation.settings.grants()

    def learns(event: str, payload: dict[str, Any]) -> str:
        if installation.digester is None or not changes_policy(event, payload):
            return ""
        product = products.product_of(_full_name(payload))
        return learning(product) if product else ""

    return learns


def _moved(event: str, payload: dict[str, Any]) -> tuple[int, str] | None:
    """The repository whose decision log may say something else, or to others: its id and name."""
    about = payload.get("repository")
    if event not in _MOVES or not isinstance(about, dict) or not isinstance(about.get("id"), int):
        return None
    branch = payload.get("ref") == f"refs/heads/{about.get('default_branch')}"
    told = event != "push" or branch
    return (about["id"], _full_name(payload)) if told and 0 < about["id"] < 2**63 else None


def _full_name(payload: dict[str, Any]) -> str:
    about = payload.get("repository")
    return str(about.get("full_name", "")) if isinstance(about, dict) else ""


def _own_logins(installation: Installation) -> frozenset[str]:
    return installation.forge.known_logins if installation.forge else frozenset()


def _header(request: Request, name: str) -> str:
    value = request.headers.get(f"x-github-{name}", "")
    if not _IDENTIFIER.fullmatch(value):
        raise Problem(
            400,
            "A header is missing",
            f"X-GitHub-{name.title()} is missing or not one printable word.",
            "Send the headers that GitHub sends with each delivery.",
        )
    return value[:100] if name == "event" else value


def _word(value: Any) -> str:
    """A value that is one word, as actions are; empty for anything else."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else ""

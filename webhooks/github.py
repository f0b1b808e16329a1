"""`POST /webhooks/github`: verify, commit, acknowledge.

https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from prometheus_client import Counter, Histogram

from os2kb.escalation.digest.work import learning
from os2kb.installation import Installation
from os2kb.knowledge.named.kept import kept
from os2kb.knowledge.named.reading import may_name
from os2kb.knowledge.refresh.work import KEY
from os2kb.knowledge.sources.followed import Followed, changes_policy, followed, tells_of_named
from os2kb.settings import Settings
from os2kb.store.deliveries import Arrival
from os2kb.subjects import Subject
from webhooks.hints import Ignored, read_hints
from webhooks.intake import CannotStore, Intake
from webhooks.problems import Problem, ProblemDocument
from webhooks.signatures import is_signed

# GitHub caps a payload at 25 MB.
LARGEST_BODY = 25 * 1024 * 1024
# Reading more JSON than this in the event loop would hold up other deliveries.
SMALL_BODY = 128 * 1024

ANSWERED = Counter("os2kb_deliveries_total", "Deliveries received.", ["source", "outcome"])
SECONDS = Histogram("os2kb_delivery_seconds", "Seconds to acknowledge a delivery.", ["source"])

_IDENTIFIER = re.compile(r"[\x21-\x7e]{1,200}")
_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")
_WORD = re.compile(r"\w{1,100}", re.ASCII)
# After these a repository's default branch may be elsewhere, or shown to others.
_MOVES = ("push", "repository")
_KEPT_HEADERS = ("content-type", "user-agent", "x-github-", "x-hub-")
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": meaning}
    for status, meaning in {
        400: "Not JSON, or a header is missing",
        401: "The signature does not fit, or no secret is configured",
        413: "Larger than 25 MB",
        503: "It could not be stored; deliver it again",
    }.items()
}


def github_router(installation: Installation, intake: Intake) -> APIRouter:
    """The route that takes GitHub's deliveries."""
    router = APIRouter(tags=["webhooks"])
    follows = _followed(installation.settings)
    by_policy, learns = _by_policy(installation), _learns(installation)

    @router.post("/webhooks/github", status_code=202, responses=_REFUSALS)
    async def receive(request: Request) -> JSONResponse:
        """Take a delivery. 202 once it is on disk; a repeated one has no second effect."""
        with SECONDS.labels("github").time():
            _check_length(request.headers.get("content-length", "0"))
            signature = _signature(request, installation.settings)
            body = await _read_body(request)
            _check_signature(signature, body, installation.settings)
            event, identifier = _header(request, "event"), _header(request, "delivery")
            payload = await _parse(body)
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
                headers=_kept(request),
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
                await intake.store(arrival, subject, also)
                for other in filter(None, others):
                    await intake.store(_about(other.subject, arrival), other.subject)
            except CannotStore as error:
                ANSWERED.labels("github", "not_stored").inc()
                raise Problem(
                    503,
                    "The delivery could not be stored",
                    f"{error}; nothing is known to be kept.",
                    "Deliver it again once /readyz answers 200.",
                    {"Retry-After": "10"},
                ) from error
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


def _full_name(payload: dict[str, Any]) -> str:
    about = payload.get("repository")
    return str(about.get("full_name", "")) if isinstance(about, dict) else ""


def _own_logins(installation: Installation) -> frozenset[str]:
    return installation.forge.known_logins if installation.forge else frozenset()


def _check_length(declared: str) -> None:
    if declared.isdigit() and int(declared) > LARGEST_BODY:
        raise _too_large()


async def _read_body(request: Request) -> bytes:
    """The raw body, refused before it is read whole where it is too large."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise _too_large()
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large() -> Problem:
    return Problem(
        413,
        "The delivery is too large",
        f"A delivery may be {LARGEST_BODY} bytes at most.",
        "Choose fewer events for the webhook; GitHub itself never sends more.",
        # Hang up: or the rest of the body would still be taken in, to be thrown away.
        {"Connection": "close"},
    )


def _signature(request: Request, settings: Settings) -> str:
    """The signature's header, refused before the body is read where it cannot fit any."""
    if not settings.github_webhook_secret:
        raise Problem(
            401,
            "No webhook secret is configured",
            "Without a secret no delivery can be told from a forged one, so all are refused.",
            "Set OS2KB_GITHUB_WEBHOOK_SECRET to the webhook's secret and start again.",
        )
    signature = request.headers.get("x-hub-signature-256", "")
    if not _SIGNATURE.fullmatch(signature):
        raise _forged("X-Hub-Signature-256 is missing, or not `sha256=` and 64 digits.")
    return signature


def _check_signature(signature: str, body: bytes, settings: Settings) -> None:
    if not is_signed(body, signature, settings.github_webhook_secret):
        raise _forged("X-Hub-Signature-256 was not made from this body with our secret.")


def _forged(detail: str) -> Problem:
    ANSWERED.labels("github", "forged").inc()
    return Problem(
        401,
        "The signature does not fit",
        detail,
        "Set the webhook's secret on GitHub to the value of OS2KB_GITHUB_WEBHOOK_SECRET.",
        {"Connection": "close"},
    )


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


async def _parse(body: bytes) -> dict[str, Any]:
    try:
        if len(body) <= SMALL_BODY:
            payload = json.loads(body)
        else:
            payload = await anyio.to_thread.run_sync(json.loads, body)
    except (ValueError, RecursionError) as error:
        raise Problem(
            400,
            "The body is not JSON",
            f"It cannot be read as JSON in UTF-8 ({type(error).__name__}).",
            "Choose the content type application/json for the webhook on GitHub.",
        ) from error
    if not isinstance(payload, dict):
        raise Problem(400, "The body is not an object", "A delivery is a JSON object.")
    return payload


def _word(value: Any) -> str:
    """A value that is one word, as actions are; empty for anything else."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else ""


def _kept(request: Request) -> dict[str, str]:
    return {
        name: value.replace("\0", "")
        for name, value in request.headers.items()
        if name.startswith(_KEPT_HEADERS)
    }

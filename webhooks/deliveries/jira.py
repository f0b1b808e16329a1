"""`POST /webhooks/jira`: verify, commit, acknowledge."""

import re
from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from os2kb.installation import Installation
from os2kb.store.backlog.tickets import TRACKER, subject_of_ticket
from os2kb.store.deliveries import Arrival
from webhooks.deliveries.intake import CannotStore, Intake
from webhooks.deliveries.jira_hints import read_ticket_hint
from webhooks.deliveries.sender import ANSWERED, REFUSALS, SECONDS, Sender, kept_headers, parse

_IDENTIFIER = re.compile(r"[\x21-\x7e]{1,180}")


def jira_router(installation: Installation, intake: Intake) -> APIRouter:
    """The route that takes Jira's deliveries."""
    router = APIRouter(tags=["webhooks"])
    sender = Sender(
        TRACKER,
        "Jira",
        "X-Hub-Signature",
        "OS2KB_JIRA_WEBHOOK_SECRET",
        installation.settings.jira_webhook_secret,
    )

    @router.post("/webhooks/jira", status_code=202, responses=REFUSALS)
    async def receive(request: Request) -> JSONResponse:
        """Take a delivery. 202 once it is on disk; a repeated one has no second effect."""
        with SECONDS.labels(TRACKER).time():
            body = await sender.signed_body(request)
            tracker = installation.tracker
            hint = read_ticket_hint(
                await parse(body), tracker.known_account if tracker else frozenset()
            )
            arrival = Arrival(
                source=TRACKER,
                identifier=_identifier(request, body),
                event=hint.event,
                action="",
                headers=kept_headers(request),
                body=body,
                received_at=installation.now(),
                state="ignored" if hint.ignored else "accepted",
                reason=hint.ignored,
                subject=subject_of_ticket(hint.id) if hint.id else "",
                repository=hint.key,
                floor=hint.floor,
            )
            try:
                await intake.store(arrival, None)
            except CannotStore as error:
                raise sender.not_stored(error) from error
            ANSWERED.labels(TRACKER, arrival.state).inc()
            return JSONResponse({"state": arrival.state, "reason": arrival.reason}, status_code=202)

    return router


def _identifier(request: Request, body: bytes) -> str:
    """What tells it from all others; Jira names its deliveries, and an old one does not."""
    said = request.headers.get("x-atlassian-webhook-identifier", "")
    return said if _IDENTIFIER.fullmatch(said) else f"sha256:{sha256(body).hexdigest()}"

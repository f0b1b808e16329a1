"""`/console/deliveries`: what was received, what became of it, and trying it again."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import RedirectResponse, Response

from index.masking import mask
from os2kb.governance.harmless.neutralise import head, scrub
from os2kb.knowledge.sources.question_page import looks_like_a_vulnerability
from os2kb.phrases import NOTHING, Phrase
from os2kb.store import deliveries
from os2kb.store.console import CONSOLE, retry
from os2kb.store.deliveries import Delivery
from os2kb.store.walk import MOST_NUMBER as MOST
from os2kb.store.walk import walk
from webhooks.console.console import MISSING, Acting, Console, Refused, Visitor, shown
from webhooks.console.gathered.reach import Reach
from webhooks.console.people import Role

_SEE_OTHER = 303
_SIZE = 50
_LONGEST_BODY = 100_000  # characters that are shown
_LARGEST_JSON = 2 * 1024 * 1024
_TEXTS = ("body", "description")
_ESCAPED = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<sign>.))", re.DOTALL)
_SIGNS: Mapping[str, str] = {"n": "\n", "r": "", "t": " ", "b": "", "f": ""}
Number = Annotated[int, Path(ge=1, le=MOST)]
StateAsked = Literal["", "accepted", "dispatched", "handled", "ignored", "failed"]
_EMPTIED = Phrase("Teksten er slettet, som den skal efter nogle dage.", "The body was emptied.")
_FOR_COORDINATORS = Phrase(
    "Kun koordinatorer kan se, hvad der blev modtaget.", "Only coordinators see what was received."
)
_WITHHELD = Phrase(
    "Teksten vises ikke her: den ligner en anmeldelse af en sårbarhed.",
    "The body is not shown here: it looks like a report of a vulnerability.",
)
_NOT_WAITING = Phrase(
    "Den levering venter ikke på at blive prøvet igen.", "That delivery does not wait to be tried."
)


def deliveries_router(console: Console) -> APIRouter:
    """The list, and the page of one."""
    router = APIRouter(include_in_schema=False)
    database, now = console.installation.database, console.installation.now

    @router.get("/console/deliveries")
    def found(
        q: Annotated[str, Query(max_length=300)] = "",
        state: StateAsked = "",
        before: Annotated[int, Query(ge=0, le=MOST)] = 0,
        visitor: Visitor = Depends(console.visitor),
    ) -> Response:
        reach = Reach(visitor, database)
        words = q.casefold().split()

        def wanted(one: Delivery) -> bool:
            return _holds(one, words) and reach.sees(one)

        page = walk(database, wanted, before=before, state=state, limit=_SIZE)
        rows = [(one, reach.subject(one.subject)) for one in page.deliveries]
        return shown(
            "deliveries",
            visitor.language,
            visitor,
            rows=rows,
            older=page.older,
            before=before,
            q=q,
            state=state,
        )

    @router.get("/console/deliveries/{number}")
    def one(number: Number, visitor: Visitor = Depends(console.visitor)) -> Response:
        reach = Reach(visitor, database)
        delivery, headers, body = _read(reach, number)
        role = reach.role_of(delivery)
        text, withheld = _shown_body(delivery, body, role)
        return shown(
            "delivery",
            visitor.language,
            visitor,
            one=delivery,
            subject=reach.subject(delivery.subject),
            headers=_shown_headers(headers, role),
            body=text,
            withheld=withheld,
            cut=len(text) == _LONGEST_BODY,
            can_retry=role >= Role.COORDINATOR and _waits(delivery),
            section="deliveries",
        )

    @router.post("/console/deliveries/{number}/retry")
    def try_again(number: Number, acting: Acting = Depends(console.acting)) -> Response:
        reach = Reach(acting.visitor, database)
        delivery, _, _ = _read(reach, number)
        if reach.role_of(delivery) < Role.COORDINATOR:
            raise Refused(404, MISSING)
        if not retry(database, delivery, acting.visitor.person.name, now()):
            raise Refused(409, _NOT_WAITING)
        console.poke()
        return RedirectResponse(f"/console/deliveries/{number}", _SEE_OTHER)

    def _read(reach: Reach, number: int) -> tuple[Delivery, dict[str, str], bytes]:
        found = deliveries.read(database, number)
        if found is None or not reach.sees(found[0]):
            raise Refused(404, MISSING)
        return found

    return router


def _holds(one: Delivery, words: list[str]) -> bool:
    """Whether all the words stand in what is listed of a delivery."""
    if not words:
        return True
    number = one.subject.partition("#")[2]
    event = f"{one.event}.{one.action}"
    subject = f"{one.repository}#{number}"
    text = f"{event} {subject} {one.identifier} {one.reason} {one.id}".casefold()
    return all(word in text for word in words)


def _waits(one: Delivery) -> bool:
    return one.state in ("failed", "ignored") and bool(one.subject)


def _shown_headers(headers: Mapping[str, str], role: Role) -> dict[str, str]:
    if role < Role.COORDINATOR:
        return {}
    return {scrub(name): scrub(mask(value)) for name, value in sorted(headers.items())}


def _shown_body(one: Delivery, body: bytes, role: Role) -> tuple[str, Phrase]:
    """What may be shown of a body, and why no more."""
    if role < Role.COORDINATOR:
        return "", _FOR_COORDINATORS
    if not body:
        return "", NOTHING if one.source in (CONSOLE, "cli") else _EMPTIED
    text, is_suspect = _read_json(body)
    if is_suspect and role < Role.OPERATOR:
        return "", _WITHHELD
    # On to the next space, so that nothing is cut in two before it is masked.
    return scrub(mask(head(text, _LONGEST_BODY)))[:_LONGEST_BODY], NOTHING


def _read_json(body: bytes) -> tuple[str, bool]:
    """The body on several lines, and whether it may report a vulnerability."""
    text = body[:_LARGEST_JSON].decode("utf-8", "replace")
    try:
        payload = json.loads(text)
        written = json.dumps(payload, ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        told = _unescaped(text)
        return told, looks_like_a_vulnerability("", [told[:_LONGEST_BODY]])
    title, texts = _told(payload if isinstance(payload, dict) else {})
    return _unescaped(written), looks_like_a_vulnerability(title, texts)


def _told(payload: Mapping[str, Any]) -> tuple[str, list[str]]:
    """What people wrote of it, as GitHub or Jira tells: a title, and texts."""
    titles, texts = [], [""]
    parts = (payload.get(name) for name in ("issue", "pull_request", "comment", "review"))
    for part in (one for one in parts if isinstance(one, dict)):
        fields = part.get("fields")
        told = fields if isinstance(fields, dict) else part
        titles += [str(told[name]) for name in ("title", "summary") if told.get(name)]
        texts += [str(told[name])[:_LONGEST_BODY] for name in _TEXTS if told.get(name)]
    return next(iter(titles), ""), texts


def _unescaped(text: str) -> str:
    """JSON as people read it: the `n` of a line break would hide the start of a number or a key."""
    read = _ESCAPED.sub(_meant, text)
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pairs become one


def _meant(found: re.Match[str]) -> str:
    return chr(int(found["code"], 16)) if found["code"] else _SIGNS.get(found["sign"], found[0])

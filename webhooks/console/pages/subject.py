"""`/console/subjects/OWNER/NAME/NUMBER`: one subject, what is made of it, and its undo."""

import time
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import RedirectResponse, Response

from os2kb.governance.actions import Action, Carry, CopyComment
from os2kb.governance.receipts import Receipt
from os2kb.governance.told_actions import told_action
from os2kb.governance.told_receipts import STATES as RECEIPT_STATES
from os2kb.governance.told_receipts import told_receipt
from os2kb.modes import weaker
from os2kb.phrases import NOTHING, Phrase
from os2kb.store import deliveries, ledger
from os2kb.store.console import ask_undo
from os2kb.store.deliveries import OPEN, Delivery
from os2kb.store.walk import MOST_NUMBER, newest_of, walk
from os2kb.subjects import Subject
from webhooks.console.console import MISSING, Acting, Console, Refused, Visitor, shown
from webhooks.console.gathered.history import last_writes, timeline
from webhooks.console.gathered.looks import Look, Looks
from webhooks.console.gathered.reach import Reach
from webhooks.console.people import Role
from webhooks.pages.markdown import safe_address

PATH = "/console/subjects/{owner}/{name}/{number}"
_SEE_OTHER = 303
_PATIENCE, _PAUSE = 8.0, 0.05  # seconds that whoever asked for an undo is let wait for it
_MOST_RECEIPTS, _MOST_DELIVERIES = 200, 20
Name = Annotated[str, Path(pattern=r"^[\w.-]{1,100}$")]
Number = Annotated[int, Path(ge=1, le=9_999_999_999)]
_NOT_YOURS = Phrase(
    "Kun koordinatorer kan tage noget tilbage.", "Only coordinators can take something back."
)
_OBSERVES = Phrase(
    "Botten ser kun med her (mode: observe), så den tager heller intet tilbage.",
    "The bot only observes here (mode: observe), so it takes nothing back either.",
)
_LOCKED = Phrase("Samtalen er låst på GitHub.", "The conversation is locked on GitHub.")
_NOTHING_LEFT = Phrase("Der er ikke noget at tage tilbage.", "There is nothing to take back.")


def subject_router(console: Console) -> APIRouter:
    """The page of one subject."""
    router = APIRouter(include_in_schema=False)
    database, now = console.installation.database, console.installation.now
    looks = Looks(console.installation.reconciler)

    @router.get(PATH)
    def one(
        owner: Name,
        name: Name,
        number: Number,
        asked: Annotated[int, Query(ge=0, le=MOST_NUMBER)] = 0,
        visitor: Visitor = Depends(console.visitor),
    ) -> Response:
        reach = Reach(visitor, database)
        subject = reach.named(f"{owner}/{name}", number)
        receipts = ledger.receipts_of(database, subject.key)
        newest = newest_of(database, subject.key)
        look = looks.at(subject, (len(receipts), _states(receipts), newest))
        if isinstance(look, Phrase) and not receipts and not newest:
            raise Refused(404, MISSING)
        told = _deliveries_of(reach, subject.key)
        return shown(
            "subject",
            visitor.language,
            visitor,
            subject=subject,
            problem=look if isinstance(look, Phrase) else NOTHING,
            look=look if isinstance(look, Look) else None,
            hidden=isinstance(look, Look) and _is_private(look),
            receipts=[(item, told_receipt(item)) for item in reversed(receipts)][:_MOST_RECEIPTS],
            receipt_states=RECEIPT_STATES,
            deliveries=told,
            undo=_undo(console, look, reach.role(subject.repository)),
            asked=_became(asked, subject),
            told_action=told_action,
            actions=_actions(look, reach.role(subject.repository)),
            timeline=timeline(look.facts) if isinstance(look, Look) else (),
            safe=safe_address,
            section="subjects",
        )

    @router.post(f"{PATH}/undo")
    def undo(
        owner: Name, name: Name, number: Number, acting: Acting = Depends(console.acting)
    ) -> Response:
        subject = Reach(acting.visitor, database).named(f"{owner}/{name}", number)
        acting.visitor.require(subject.repository, Role.COORDINATOR)
        if console.installation.reconciler is None:
            raise Refused(409, _NOTHING_LEFT)
        delivery = ask_undo(database, subject, acting.visitor.person.name, now())
        console.poke()
        _wait_for(delivery)
        back = f"/console/subjects/{subject.repository}/{number}?asked={delivery}#undo"
        return RedirectResponse(back, _SEE_OTHER)

    def _deliveries_of(reach: Reach, key: str) -> tuple[Delivery, ...]:
        def wanted(one: Delivery) -> bool:
            return one.subject == key and reach.sees(one)

        return walk(database, wanted, subject=key, limit=_MOST_DELIVERIES).deliveries

    def _wait_for(delivery: int) -> None:
        """Until the engine has seen to it, or long enough: the page then says that it waits."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            found = deliveries.read(database, delivery)
            if found is None or found[0].state not in OPEN:
                return
            time.sleep(_PAUSE)

    def _became(delivery: int, subject: Subject) -> str:
        """What became of an undo that was asked for here: a delivery's state; empty for none."""
        found = deliveries.read(database, delivery) if delivery else None
        if found is None or (found[0].source, found[0].subject) != ("console", subject.key):
            return ""
        return found[0].state

    return router


def _states(receipts: Sequence[Receipt]) -> tuple[str, ...]:
    return tuple(one.state for one in receipts)


def _actions(look: Look | Phrase, role: Role) -> tuple[Action, ...]:
    """What would be done; what stands in Jira until then is for coordinators."""
    actions = () if isinstance(look, Phrase) else look.plan.actions
    if role >= Role.COORDINATOR:
        return actions
    return tuple(one for one in actions if not isinstance(one, Carry | CopyComment))


def _is_private(look: Look) -> bool:
    """Whether its title must not be repeated: it may report a vulnerability."""
    found = (one for one in look.plan.findings if one.rule == "security-report")
    return any(one.verdict == "fail" for one in found)


def _undo(console: Console, look: Look | Phrase, role: Role) -> dict[str, object]:
    """What an undo would be about, and why it cannot be asked for; empty where it can."""
    if isinstance(look, Phrase):
        return {"writes": (), "why_not": _NOTHING_LEFT}
    writes = last_writes(look.facts)
    why_not = NOTHING
    if not any(one.stays is NOTHING for one in writes):
        why_not = _NOTHING_LEFT
    elif role < Role.COORDINATOR:
        why_not = _NOT_YOURS
    elif weaker(look.plan.mode, console.installation.settings.mode) != "act":
        why_not = _OBSERVES
    elif look.facts.locked:
        why_not = _LOCKED
    return {"writes": writes, "why_not": why_not}

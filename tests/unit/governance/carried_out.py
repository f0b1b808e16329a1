"""What a forge and our ledger look like once Actions are carried out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from os2kb.governance.commands.unanswered import askers
from os2kb.governance.facts import Facts
from os2kb.governance.plan import (
    Action,
    AddLabel,
    PutComment,
    React,
    Remember,
    RemoveLabel,
    SetCheck,
    Tell,
    Undo,
    numbered,
)
from os2kb.governance.receipts import Receipt, next_plan
from tests.unit.governance.cases import (
    NOW,
    SELF,
    comment,
    event,
)


def applied(facts: Facts, actions: tuple[Action, ...]) -> Facts:
    """What a forge and our ledger look like once the actions are carried out."""
    first, by_action = next_plan(facts.receipts), askers(facts)
    for place, (number, action) in enumerate(numbered(actions, first)):
        at = NOW + timedelta(seconds=place)
        facts = _written(facts, action, place)
        asker = by_action.get(action.key, "")
        done = Receipt(
            action.key, "applied", action.because, at, action.content, plan=number, asker=asker
        )
        facts = replace(facts, receipts=(*facts.receipts, done))
    return facts


def _written(facts: Facts, action: Action, place: int) -> Facts:
    match action:
        case AddLabel():
            return _label(facts, action.label, added=True, minute=60 + place)
        case RemoveLabel():
            return _label(facts, action.label, added=False, minute=60 + place)
        case PutComment():
            first = f"<!-- os2kb:{action.marker} -->"
            others = tuple(one for one in facts.comments if not one.body.startswith(first))
            return replace(
                facts, comments=(*others, comment(action.body, 500 + len(facts.comments), SELF))
            )
        case Tell() if action.to[0].startswith("@"):
            said = comment(action.body, 500 + len(facts.comments), SELF)
            return replace(facts, comments=(*facts.comments, said))
        case Tell():
            return facts
        case Undo():
            return _taken_back(facts, action.receipt, 60 + place)
        case SetCheck() | React() | Remember():
            return facts


def _label(facts: Facts, label: str, *, added: bool, minute: int) -> Facts:
    """The label put on or taken off, in the case the repository writes it in."""
    others = tuple(one for one in facts.labels if one != label)
    return replace(
        facts,
        labels=(*others, label) if added else others,
        history=(*facts.history, event(label, added=added, actor=SELF, minute=minute)),
    )


def marked_undone(receipts: Iterable[Receipt], undone: Receipt) -> tuple[Receipt, ...]:
    """The ledger, in which a receipt is known by its action and its Plan."""
    same = (undone.action, undone.plan)
    return tuple(
        replace(one, state="undone") if (one.action, one.plan) == same else one for one in receipts
    )


def _taken_back(facts: Facts, receipt: Receipt, minute: int) -> Facts:
    facts = replace(facts, receipts=marked_undone(facts.receipts, receipt))
    match receipt.action.split(":", 2):
        case ["label", verb, label]:
            return _label(facts, label, added=verb == "remove", minute=minute)
        case ["comment", marker]:
            first = f"<!-- os2kb:{marker} -->"
            kept = tuple(one for one in facts.comments if not one.body.startswith(first))
            return replace(facts, comments=kept)
    return facts

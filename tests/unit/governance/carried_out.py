"""What a forge and our ledger look like once Actions are carried out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from os2kb.governance.actions import (
    Action,
    AddLabel,
    CreateTicket,
    LinkTicket,
    PutComment,
    PutReview,
    React,
    Remember,
    RemoveLabel,
    SetCheck,
    SetField,
    ShowDecision,
    Tell,
    TellOfDecision,
    Undo,
)
from os2kb.governance.actions.tickets import values_of
from os2kb.governance.commands.given.unanswered import askers
from os2kb.governance.facts import Facts
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import Receipt, next_plan
from os2kb.governance.tickets.ticket import LinkedTicket
from tests.unit.governance.cases import (
    NOW,
    SELF,
    comment,
    event,
)

JIRA = "https://jira.example/browse/DEMO-"


def applied(facts: Facts, actions: tuple[Action, ...]) -> Facts:
    """What a forge and our ledger look like once the actions are carried out."""
    first, by_action = next_plan(facts.receipts), askers(facts)
    for place, (number, action) in enumerate(numbered(actions, first)):
        at = NOW + timedelta(seconds=place)
        facts = _written(facts, action, place)
        asker = by_action.get(action.key, "")
        reference = facts.ticket.key if facts.ticket and action.key.startswith("ticket:") else ""
        done = Receipt(
            action.key,
            "applied",
            action.because,
            at,
            action.content,
            reference,
            plan=number,
            asker=asker,
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
        case LinkTicket():
            ticket = facts.named_tickets[action.ticket].ticket
            assert ticket is not None
            return replace(
                facts, ticket=LinkedTicket(ticket.id, ticket.key, ticket.url, ticket=ticket)
            )
        case CreateTicket():
            return replace(facts, ticket=LinkedTicket("9", f"{action.project}-9", JIRA + "9"))
        case SetField():
            return field_set(facts, action.field.casefold(), action.value, ours=True)
        case Undo():
            return _taken_back(facts, action.receipt, 60 + place)
        case SetCheck() | PutReview() | React() | Remember() | ShowDecision() | TellOfDecision():
            return facts


def field_set(facts: Facts, field: str, value: str, *, ours: bool) -> Facts:
    """The linked ticket with a field set in the tracker, by us or by somebody there."""
    linked = facts.ticket
    assert linked is not None
    assert linked.ticket is not None
    ticket = replace(
        linked.ticket,
        values={**linked.ticket.values, field: value},
        chosen=linked.ticket.chosen - {field} if ours else linked.ticket.chosen | {field},
    )
    base = {**linked.base, field: value} if ours else linked.base
    return replace(facts, ticket=replace(linked, ticket=ticket, base=base))


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
        case ["ticket", "set", field]:
            return field_set(facts, field, values_of(receipt.content)[0], ours=True)
        case ["ticket", "link" | "create", *_]:
            return replace(facts, ticket=None)
        case ["label", verb, label]:
            return _label(facts, label, added=verb == "remove", minute=minute)
        case ["comment", marker]:
            first = f"<!-- os2kb:{marker} -->"
            kept = tuple(one for one in facts.comments if not one.body.startswith(first))
            return replace(facts, comments=kept)
    return facts

"""Facts as they will be once commands are carried out, so that the rules judge what is then.

A command sees what the one before it did, whether it was carried out now or an hour ago.
"""

from dataclasses import replace

from os2kb.governance.actions import Action, AddLabel, LinkTicket, RemoveLabel, Undo
from os2kb.governance.actions.tickets import values_of
from os2kb.governance.facts import Account, Facts, LabelEvent
from os2kb.governance.ledger.marks import own_comment
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.ticket import LinkedTicket

_OURSELVES = Account("os2kb", is_bot=True, is_self=True)


def afterwards(facts: Facts, actions: tuple[Action, ...], plan: int) -> Facts:
    """The Facts after these actions of a Plan, with the ledger and the history they will leave."""
    for action in actions:
        facts = _taken_back(facts, action.receipt) if isinstance(action, Undo) else facts
        match action:
            case AddLabel(label=label):
                facts = _labelled(facts, label, on=True)
            case RemoveLabel(label=label):
                facts = _labelled(facts, label, on=False)
            case LinkTicket(ticket=key):
                facts = _linked(facts, key)
        done = Receipt(
            action.key, "applied", action.because, facts.updated_at, action.content, plan=plan
        )
        facts = replace(facts, receipts=(*facts.receipts, done))
    return facts


def _taken_back(facts: Facts, receipt: Receipt) -> Facts:
    undone = replace(receipt, state="undone")
    kept = tuple(undone if one is receipt else one for one in facts.receipts)
    facts = replace(facts, receipts=kept)
    match receipt.action.split(":", 2):
        case ["label", "add", label]:
            return _labelled(facts, label, on=False)
        case ["label", "remove", label]:
            return _labelled(facts, label, on=True)
        case ["ticket", "set", field]:
            return _field_taken_back(facts, field, values_of(receipt.content)[0])
        case ["ticket", "link" | "create", *_]:
            return replace(facts, ticket=None)
        case ["comment", marker]:
            ours = own_comment(facts, marker)
            return replace(facts, comments=tuple(one for one in facts.comments if one is not ours))
    return facts


def _linked(facts: Facts, key: str) -> Facts:
    named = facts.named_tickets.get(key)
    ticket = named.ticket if named else None
    if ticket is None or (facts.ticket is not None and not facts.ticket.is_gone):
        return facts
    return replace(facts, ticket=LinkedTicket(ticket.id, key, ticket.url, ticket=ticket))


def _field_taken_back(facts: Facts, field: str, value: str) -> Facts:
    linked = facts.ticket
    if linked is None or linked.ticket is None:
        return facts
    before = replace(linked.ticket, values={**linked.ticket.values, field: value})
    base = {**linked.base, field: value}
    return replace(facts, ticket=replace(linked, ticket=before, base=base))


def _labelled(facts: Facts, label: str, *, on: bool) -> Facts:
    others = tuple(one for one in facts.labels if one.casefold() != label.casefold())
    return replace(
        facts,
        labels=(*others, label) if on else others,
        history=(*facts.history, LabelEvent(label, on, _OURSELVES, facts.updated_at)),
    )

"""Why what a receipt tells of is not taken back: it was changed since, or there is no way."""

from os2kb.governance.actions.carry import Carried, place_of
from os2kb.governance.actions.tickets import same, values_of
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.labels import (
    existing,
    last_change_is_ours,
    put_on_by_us,
    taken_off_by_us,
)
from os2kb.governance.ledger.marks import edited_by_a_person, latest, own_comment
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.shows import copy_stands, shows, stands, way_back
from os2kb.phrases import Phrase

_CHANGED = Phrase("nogen har ændret det siden", "someone has changed it since")
_GONE = Phrase("den er her ikke mere", "it is no longer here")
_EDIT = Phrase(
    "jeg rettede i den, og teksten fra før er ikke gemt",
    "I edited it, and the text from before is not kept",
)
_CHECK = Phrase(
    "GitHub lader ingen slette den; en ny vurdering kan ændre den",
    "GitHub lets nobody delete it; judging anew can change it",
)
_NO_WAY_BACK = Phrase(
    "arbejdsgangen i Jira har ingen vej tilbage, som jeg må og kan gå",
    "the workflow in Jira has no way back that I may and can go",
)
_UNREAD = Phrase("ticketen kan ikke læses nu", "the ticket cannot be read now")
_TOLD = Phrase("en besked kan ikke tages tilbage", "a message cannot be taken back")
_LOGGED = Phrase(
    "den står i beslutningsloggen; ret den dér", "it is in the decision log; change it there"
)


def in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    """Why a write stays as it is; None where it can be taken back, or was when we were cut off."""
    label = name_of(receipt)
    match kind_of(receipt):
        case "label:add":
            back = put_on_by_us(facts, label) or last_change_is_ours(facts, label, added=False)
            return None if back else _CHANGED
        case "label:remove":
            if existing(facts, label) is None:
                return _GONE
            back = taken_off_by_us(facts, label) or last_change_is_ours(facts, label, added=True)
            return None if back else _CHANGED
        case "comment":
            return _comment_in_the_way(facts, receipt)
        case "check":
            return _CHECK
        case "ticket:link" | "ticket:create":
            is_there = facts.ticket is not None and facts.ticket.key == receipt.reference
            return None if is_there else _GONE
        case "ticket:set":
            return _field_in_the_way(facts, receipt)
        case "carry":
            return _carry_in_the_way(facts, receipt)
        case "copy":
            return _copy_in_the_way(facts, receipt)
        case "tell" | "hold:escalate":
            return _TOLD
        case "decision" if any(one.action == "decision:logged" for one in facts.receipts):
            return _LOGGED
    return None if latest(facts.receipts, receipt.action) == receipt else _CHANGED


def _comment_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    present = own_comment(facts, receipt.action.removeprefix("comment:"))
    if present is None:
        return _GONE
    if edited_by_a_person(facts, present, receipt.action):
        return _CHANGED
    first = next(
        one
        for one in facts.receipts
        if one.action == receipt.action and one.reference == receipt.reference
    )
    return None if first.plan == receipt.plan else _EDIT


def _field_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    ticket = facts.ticket.ticket if facts.ticket else None
    if ticket is None:
        return _UNREAD
    field, there = name_of(receipt), ticket.value(name_of(receipt))
    # The value before is there where we were cut off in taking it back.
    ours = any(same(there, one) for one in values_of(receipt.content))
    return None if ours and field not in ticket.chosen else _CHANGED


def _carry_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    """Where we were cut off in taking it back, what was there before is there again."""
    side, _ = place_of(receipt.action)
    if side == "jira" and (facts.ticket is None or facts.ticket.read is None):
        return _UNREAD
    done = Carried.read(receipt.content)
    ours = stands(facts, receipt, done.put, done.expects)
    if not (ours or stands(facts, receipt, done.expects, done.put)):
        return _CHANGED
    return _NO_WAY_BACK if way_back(facts, receipt).obstacles else None


def _copy_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    same = [
        one
        for one in facts.receipts
        if one.action == receipt.action and one.reference == receipt.reference
    ]
    if shows(facts, receipt) is None:
        return _GONE
    if same[0].plan != receipt.plan:
        return _EDIT
    return None if copy_stands(facts, receipt) else _CHANGED


def kind_of(receipt: Receipt) -> str:
    """What was done, as `label:add`, `ticket:set`, `comment` or `carry`."""
    first, _, rest = receipt.action.partition(":")
    return f"{first}:{rest.partition(':')[0]}" if first in ("label", "hold", "ticket") else first


def name_of(receipt: Receipt) -> str:
    """To what: the label, the field, the rule; empty where the key names nothing."""
    parts = receipt.action.split(":", 2)
    return parts[2] if len(parts) == 3 else ""

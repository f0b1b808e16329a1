"""Whose a label is: ours, a person's, or one that a person took off."""

from datetime import datetime

from os2kb.governance.facts import Facts, LabelEvent
from os2kb.governance.ledger.holds import is_chosen
from os2kb.governance.ledger.marks import latest
from os2kb.governance.receipts import Receipt

_ADD = "label:add:"
_CHANGED = ("applied", "undone")  # one that was planned or skipped changed nothing


def has(facts: Facts, label: str) -> bool:
    """Whether the subject carries a label. GitHub tells no upper case from lower."""
    return _same(label) in {_same(present) for present in facts.labels}


def existing(facts: Facts, label: str | None) -> str | None:
    """The repository's own spelling of a label; None where it has no such label."""
    if label is None:
        return None
    return next((name for name in facts.repository.labels if _same(name) == _same(label)), None)


def is_ours(facts: Facts, label: str) -> bool:
    """Whether a label the subject carries is the rules' own, to take off again.

    What a command chose is a person's, whoever put it on.
    """
    return put_on_by_us(facts, label) and not is_chosen(facts, label)


def put_on_by_us(facts: Facts, label: str) -> bool:
    """Whether ledger and history together prove that we put on a label the subject carries.

    The ledger's last write must be an add, and the history's last event our own: our add, or our
    taking it off before, where the add is not listed yet. Anybody else's event, and what it put
    on is theirs. Where the history lists nothing about the label, the ledger counts alone.
    """
    receipt = _last_write(facts, label)
    if not has(facts, label) or receipt is None or not _is_add(receipt):
        return False
    last = _last_event(facts, label)
    return receipt.state == "applied" and (last is None or last.actor.is_self)


def is_held(facts: Facts, label: str) -> bool:
    """Whether a label must stay off: somebody took it off, or seems to have.

    The history may lag: a label that it or the ledger says was put on, and that is gone without
    our having taken it off, was taken off by somebody.
    """
    if has(facts, label):
        return False
    if taken_off(facts, label):
        return True
    receipt, last = _last_write(facts, label), _last_event(facts, label)
    if last is not None and last.added:
        ended = receipt is not None and not _is_add(receipt) and receipt.state == "applied"
        return not (ended and last.actor.is_self)
    return receipt is not None and _is_add(receipt)


def taken_off(facts: Facts, label: str) -> bool:
    """Whether a label that is off was taken off by somebody, or by an undo, beyond doubt."""
    if has(facts, label):
        return False
    theirs = [event for event in _events(facts, label) if not event.actor.is_self]
    if theirs and not theirs[-1].added:
        return True
    receipt = _last_write(facts, label)
    return receipt is not None and _is_add(receipt) and receipt.state == "undone"


def taken_off_since(facts: Facts, label: str, at: datetime) -> bool:
    """Whether somebody else took a label off at a moment or later, in the forge's whole seconds."""
    second = at.replace(microsecond=0)
    theirs = (one for one in _events(facts, label) if not one.actor.is_self)
    return any(one.at >= second and not one.added for one in theirs)


def taken_off_after(facts: Facts, label: str, at: datetime) -> bool:
    """Whether somebody else took a label off later than in the second of a moment."""
    theirs = (one for one in _events(facts, label) if not one.actor.is_self)
    return any(one.at > at and not one.added for one in theirs)


def taken_off_by_us(facts: Facts, label: str) -> bool:
    """Whether ledger and history together prove that it was we who took a label off."""
    receipt = _last_write(facts, label)
    if has(facts, label) or receipt is None or _is_add(receipt):
        return False
    last = _last_event(facts, label)
    return receipt.state == "applied" and (last is None or last.actor.is_self)


def last_change_is_ours(facts: Facts, label: str, *, added: bool) -> bool:
    """Whether the history's last word on a label is our own putting it on, or taking it off."""
    last = _last_event(facts, label)
    return last is not None and last.actor.is_self and last.added == added


def put_on_by(facts: Facts, rule: str) -> tuple[str, ...]:
    """The labels that the ledger says a rule put on here, under the names they had then."""
    return tuple(
        dict.fromkeys(
            receipt.content or receipt.action.removeprefix(_ADD)
            for receipt in facts.receipts
            if receipt.because == rule and _is_add(receipt) and receipt.state in _CHANGED
        )
    )


def rule_is_held(facts: Facts, rule: str) -> bool:
    """Whether a label that a rule put on was taken off by somebody, so that it puts on no other.

    A label that is renamed or replaced must not come back under its new name.
    """
    return any(is_held(facts, label) for label in put_on_by(facts, rule))


def _is_add(receipt: Receipt) -> bool:
    return receipt.action.startswith(_ADD)


def _last_write(facts: Facts, label: str) -> Receipt | None:
    names = {label, *(name for name in facts.repository.labels if _same(name) == _same(label))}
    keys = [f"label:{verb}:{name}" for verb in ("add", "remove") for name in names]
    return latest(tuple(one for one in facts.receipts if one.state in _CHANGED), *keys)


def _events(facts: Facts, label: str) -> list[LabelEvent]:
    """Its events in the order they are listed; no clock is asked."""
    return [event for event in facts.history if _same(event.label) == _same(label)]


def _last_event(facts: Facts, label: str) -> LabelEvent | None:
    events = _events(facts, label)
    return events[-1] if events else None


def _same(label: str) -> str:
    return label.casefold()

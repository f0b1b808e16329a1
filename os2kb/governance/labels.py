"""Whose a label is: ours, a person's, or one that a person took off."""

from os2kb.governance.facts import Facts, LabelEvent
from os2kb.governance.marks import latest
from os2kb.governance.receipts import Receipt


def has(facts: Facts, label: str) -> bool:
    """Whether the subject carries a label. GitHub tells no upper case from lower."""
    return _same(label) in {_same(present) for present in facts.labels}


def existing(facts: Facts, label: str | None) -> str | None:
    """The repository's own spelling of a label; None where it has no such label."""
    if label is None:
        return None
    return next((name for name in facts.repository.labels if _same(name) == _same(label)), None)


def is_ours(facts: Facts, label: str) -> bool:
    """Whether the ledger proves that we put on a label the subject carries.

    A person who put it on after us made it theirs.
    """
    receipt = _last_write(facts, label)
    if not has(facts, label) or receipt is None:
        return False
    if receipt.state != "applied" or not receipt.action.startswith("label:add:"):
        return False
    added = [event for event in _events(facts, label) if event.added]
    return not added or added[-1].actor.is_self or added[-1].at < receipt.at


def is_held(facts: Facts, label: str) -> bool:
    """Whether a label must stay off: a person took it off, or an undo did.

    The history may lag behind the ledger, so a label that we put on and that is gone counts as
    taken off, too.
    """
    if has(facts, label):
        return False
    theirs = [event for event in _events(facts, label) if not event.actor.is_self]
    if theirs and not theirs[-1].added:
        return True
    receipt = _last_write(facts, label)
    if receipt is None or not receipt.action.startswith("label:add:"):
        return False
    return receipt.state in ("applied", "undone")


def _last_write(facts: Facts, label: str) -> Receipt | None:
    """Our newest write of a label; one that was planned or skipped changed nothing."""
    names = {label, *(name for name in facts.repository.labels if _same(name) == _same(label))}
    keys = [f"label:{verb}:{name}" for verb in ("add", "remove") for name in names]
    written = tuple(one for one in facts.receipts if one.state in ("applied", "undone"))
    return latest(written, *keys)


def _events(facts: Facts, label: str) -> list[LabelEvent]:
    events = [event for event in facts.history if _same(event.label) == _same(label)]
    return sorted(events, key=lambda event: event.at)


def _same(label: str) -> str:
    return label.casefold()

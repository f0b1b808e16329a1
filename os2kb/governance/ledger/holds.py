"""Holds: what a command said to leave alone here, as our ledger keeps it.

A hold stands until another command ends it, or `/os2 undo` takes it back.
"""

from os2kb.governance.actions import Remember
from os2kb.governance.facts import Facts
from os2kb.governance.receipts import Receipt

EVERY_RULE = "*"
ESCALATED = "hold:escalate"
"""What our ledger notes each time somebody goes up the ladder by a command."""
_PAUSE = "hold:pause"
_IGNORE = "hold:ignore:"
_LABEL = "hold:label:"


def is_paused(facts: Facts) -> bool:
    """Whether nothing is to be written here but replies to commands."""
    return _stands(facts, _PAUSE)


def pause(*, on: bool, because: str) -> Remember:
    """Begin or end the pause."""
    return _hold(_PAUSE, on, because)


def ignored(facts: Facts) -> frozenset[str]:
    """The rules that are left out here; `EVERY_RULE` stands for all but the alarms."""
    named = {one.action for one in facts.receipts if one.action.startswith(_IGNORE)}
    return frozenset(name.removeprefix(_IGNORE) for name in named if _stands(facts, name))


def ignoring(facts: Facts, rule: str) -> Receipt | None:
    """What the ledger keeps of the command that leaves a rule out; None where it holds."""
    return _standing(facts, _IGNORE + rule)


def ignore(rule: str, *, on: bool, because: str) -> Remember:
    """Leave a rule out, or take it up again."""
    return _hold(_IGNORE + rule, on, because)


def is_chosen(facts: Facts, label: str) -> bool:
    """Whether a command chose a label, so that no rule takes it off."""
    return _stands(facts, _LABEL + label.casefold())


def choose(label: str, *, on: bool, because: str) -> Remember:
    """Leave a label to people, or to the rules again."""
    return _hold(_LABEL + label.casefold(), on, because)


def _hold(name: str, on: bool, because: str) -> Remember:
    return Remember(name, "on" if on else "off", because=because)


def _stands(facts: Facts, name: str) -> bool:
    return _standing(facts, name) is not None


def _standing(facts: Facts, name: str) -> Receipt | None:
    kept = [one for one in facts.receipts if one.action == name and one.state == "applied"]
    return kept[-1] if kept and kept[-1].content == "on" else None

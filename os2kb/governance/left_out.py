"""Which rules commands said to leave out here, and who gave them."""

from os2kb.governance.actions import DONE
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.holds import EVERY_RULE, ignored, ignoring
from os2kb.governance.rules import ALARMS


def is_left_out(rule: str, facts: Facts) -> bool:
    """Whether a command said so; an alarm is left out only by its own name."""
    return _as_named(rule, facts) != ""


def left_out_by(facts: Facts, rule: str) -> str:
    """The login of who left a rule out; empty where their comment is gone.

    The ledger has the command and the note of its comment in one Plan.
    """
    receipt = ignoring(facts, _as_named(rule, facts))
    if receipt is None or not receipt.plan:
        return ""
    notes = {
        one.action.removeprefix("command:")
        for one in facts.receipts
        if (one.plan, one.content) == (receipt.plan, DONE) and one.action.startswith("command:")
    }
    return next((one.author.login for one in facts.comments if str(one.id) in notes), "")


def _as_named(rule: str, facts: Facts) -> str:
    """How the command named it; empty for none."""
    names = ignored(facts)
    if rule in names:
        return rule
    return EVERY_RULE if EVERY_RULE in names and rule not in ALARMS else ""

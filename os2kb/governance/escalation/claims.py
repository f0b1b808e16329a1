"""Claims: a class, or a vulnerability, that so far only somebody outside speaks of.

A form, and words in a text, are written by whoever opens an issue. One of ours confirms it by a
label or by `/os2 severity`, or is who opened it.
"""

from os2kb.governance.escalation.sides import side_of
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.labels import existing, has, put_on_by_us
from os2kb.policy.policy import Policy


def is_claim(facts: Facts, policy: Policy, stands: Standing) -> bool:
    """Whether nobody on our side has said that it is what it is told to be."""
    if stands.source in ("command", "label"):
        return False
    label = existing(facts, policy.labels.security)
    if stands.private and label and has(facts, label) and not put_on_by_us(facts, label):
        return False
    roles = {login.casefold(): role for login, role in facts.roles.items()}
    return side_of(facts.author, "", policy, roles) != "us"

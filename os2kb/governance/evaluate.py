"""Facts and Policy to Findings."""

from dataclasses import replace
from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules import rules_for
from os2kb.policy.policy import Policy


def evaluate(facts: Facts, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """What every rule that holds here concludes, with its citation and how strictly it holds."""
    return tuple(
        replace(
            rule.conclude(facts, policy, now),
            citation=facts.citations.get(rule.id),
            required=rule.level(policy) == "required",
        )
        for rule in rules_for(facts, policy)
    )

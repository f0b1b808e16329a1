"""Facts and Policy to Findings."""

from dataclasses import replace
from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.left_out import is_left_out, left_out_by
from os2kb.governance.rules import Rule, rules_for
from os2kb.governance.rules.rule import not_applicable
from os2kb.policy.policy import Policy


def evaluate(facts: Facts, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """What every rule that holds here concludes, with its citation and how strictly it holds."""
    return tuple(
        replace(
            _left_out(rule, facts)
            if is_left_out(rule.id, facts)
            else rule.conclude(facts, policy, now),
            citation=facts.citations.get(rule.id),
            required=rule.level(policy) == "required",
        )
        for rule in rules_for(facts, policy)
    )


def _left_out(rule: Rule, facts: Facts) -> Finding:
    login = left_out_by(facts, rule.id)
    finding = not_applicable(
        rule.id,
        f"{login or 'Nogen'} har skrevet /os2 ignore, så den ser jeg bort fra her.",
        f"{login or 'Someone'} wrote /os2 ignore, so it is left out here.",
    )
    return replace(finding, left_out=True)

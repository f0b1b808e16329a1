"""Facts and Policy to Findings."""

from dataclasses import replace
from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.holds import EVERY_RULE, ignored
from os2kb.governance.rules import ALARMS, Rule, rules_for
from os2kb.governance.rules.rule import not_applicable
from os2kb.policy.policy import Policy


def evaluate(facts: Facts, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """What every rule that holds here concludes, with its citation and how strictly it holds."""
    return tuple(
        replace(
            _left_out(rule) if _is_left_out(rule, facts) else rule.conclude(facts, policy, now),
            citation=facts.citations.get(rule.id),
            required=rule.level(policy) == "required",
        )
        for rule in rules_for(facts, policy)
    )


def _is_left_out(rule: Rule, facts: Facts) -> bool:
    """Whether a command said so; an alarm is left out only by its own name."""
    names = ignored(facts)
    return rule.id in names or (EVERY_RULE in names and rule.id not in ALARMS)


def _left_out(rule: Rule) -> Finding:
    return not_applicable(
        rule.id,
        "Nogen har skrevet /os2 ignore, så den ser jeg bort fra her.",
        "Someone wrote /os2 ignore, so it is left out here.",
    )

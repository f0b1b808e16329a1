"""Which webhook events can change what the rules in force say."""

from os2kb.governance.rules import REGISTRY
from os2kb.governance.rules.rule import Event
from os2kb.policy.policy import Policy

FOR_RULES_ALONE: frozenset[Event] = frozenset(
    {
        "pull_request_review",
        "pull_request_review_thread",
        "check_run",
        "check_suite",
        "status",
    }
)
"""Events that nothing but rules depends on: they bring no command, no new text and no label."""


def events_of(policy: Policy) -> frozenset[str]:
    """The events that a rule in force declares."""
    return frozenset(
        event for rule in REGISTRY if rule.level(policy) != "off" for event in rule.events
    )

"""What a rule is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.rules import Level, Rules, RuleSetting

Kind = Literal["issue", "pull_request"]
BOTH: frozenset[Kind] = frozenset({"issue", "pull_request"})

Need = Literal[
    "files",
    "commits",
    "reviews",
    "threads",
    "checks",
    "linked",
    "changelogs",
    "templates",
    "forms",
    "near",
    "classified",
]
"""What costs a read or a computation, and is gathered only where a rule in force needs it."""

Event = Literal[
    "issues",
    "issue_comment",
    "pull_request",
    "pull_request_review",
    "pull_request_review_thread",
    "check_run",
    "check_suite",
    "status",
    "push",
    "label",
]
"""GitHub's webhook events.

https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it asks, where it holds, and the pure function that decides.

    Attributes:
        id: its name in Policies and Findings.
        asks: what it asks of people, as one clause; `NOTHING` where it is an alarm.
        topic: wordings, Danish and English, parted by ` / `, of which each alone can find the
            guideline paragraph it rests on; see `index.lookup.best_paragraph`.
        concepts: the label concepts it may call for; what it put on and no longer calls for is
            taken off again.
        setting: its own part of a Policy's rules.
        needs: what it reads beyond the conversation.
        events: what can change its answer.
        check: evidence to Finding; citation and strictness are added by whoever calls it.
    """

    id: str
    asks: Phrase
    applies_to: frozenset[Kind]
    topic: str
    concepts: tuple[str, ...]
    setting: Callable[[Rules], RuleSetting]
    check: Callable[[Facts, Policy, datetime], Finding]
    needs: frozenset[Need] = frozenset()
    events: frozenset[Event] = frozenset({"issues", "pull_request"})

    def level(self, policy: Policy) -> Level:
        """How strictly it holds here."""
        return self.setting(policy.guidelines.rules).level

    @property
    def default(self) -> Level:
        """How strictly it holds where the Policy says nothing."""
        return self.setting(Rules()).level


def kind_of(facts: Facts) -> Kind:
    """Which of the two the subject is."""
    return "issue" if facts.pull_request is None else "pull_request"


def not_applicable(rule: str, da: str, en: str) -> Finding:
    """A Finding that the rule has nothing to say here, and why."""
    return Finding(rule, "n/a", Phrase(da, en), NOTHING)

"""What a rule is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from os2kb.governance.facts import Facts, PullRequest
from os2kb.governance.findings import Finding, Verdict
from os2kb.phrases import Phrase
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
    "rights",
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
        options_need: what its options in a Policy make it read besides.
        events: what can change its answer.
        look_again: how soon to look again at a verdict that may change without an event of the
            subject's own: a check that no delivery tells of, an approval on another issue.
        asks_bots: whether it also holds for what a bot made.
        on_with: what a Policy must have for the rule to be on at all.
        check: evidence to Finding; citation and strictness are added by whoever calls it. Call
            `conclude`, which settles first whether there is anything to check.
    """

    id: str
    asks: Phrase
    applies_to: frozenset[Kind]
    topic: str
    concepts: tuple[str, ...]
    setting: Callable[[Rules], RuleSetting]
    check: Callable[[Facts, Policy, datetime], Finding]
    needs: frozenset[Need] = frozenset()
    options_need: Callable[[Rules], frozenset[Need]] = lambda _: frozenset()
    events: frozenset[Event] = frozenset({"issues", "pull_request"})
    look_again: Mapping[Verdict, timedelta] = field(default_factory=dict)
    asks_bots: bool = True
    on_with: Callable[[Policy], bool] = lambda _: True

    def conclude(self, facts: Facts, policy: Policy, now: datetime) -> Finding:
        """What the rule says: nothing of exempt bots, `unknown` of what was not read."""
        if facts.author.is_bot and not self.asks_bots:
            return not_applicable(self.id, "Det er lavet af en bot.", "A bot made it.")
        unread = [
            name
            for need, (name, is_unread) in _MAY_BE_UNREAD.items()
            if need in self.reads(policy) and is_unread(facts)
        ]
        if unread:
            return unsure(
                self.id,
                f"Her kunne jeg ikke læse {' og '.join(one.da for one in unread)}.",
                f"Could not read the {' and '.join(one.en for one in unread)} here.",
            )
        return self.check(facts, policy, now)

    def reads(self, policy: Policy) -> frozenset[Need]:
        """What has to be gathered for it under this Policy."""
        return self.needs | self.options_need(policy.guidelines.rules)

    def level(self, policy: Policy) -> Level:
        """How strictly it holds here."""
        return self.setting(policy.guidelines.rules).level if self.on_with(policy) else "off"

    @property
    def default(self) -> Level:
        """How strictly it holds where the Policy says nothing."""
        return self.setting(Rules()).level


_MAY_BE_UNREAD: Mapping[Need, tuple[Phrase, Callable[[Facts], bool]]] = {
    "commits": (Phrase("commits", "commits"), lambda facts: pull_of(facts).commits is None),
    "reviews": (Phrase("reviews", "reviews"), lambda facts: pull_of(facts).reviews is None),
    "threads": (Phrase("diskussioner", "threads"), lambda facts: pull_of(facts).threads is None),
    "checks": (Phrase("kontroller", "checks"), lambda facts: pull_of(facts).checks is None),
    "forms": (Phrase("formularer", "forms"), lambda facts: facts.forms is None),
    "templates": (
        Phrase("skabeloner", "templates"),
        lambda facts: facts.pull_request is not None and facts.templates is None,
    ),
}
"""What Facts may come without, and how they say so."""


def pull_of(facts: Facts) -> PullRequest:
    """The pull request of a subject that is one.

    Raises:
        ValueError: it is an issue; a rule for pull requests is never asked about one.
    """
    if facts.pull_request is None:
        raise ValueError(f"{facts.subject} is no pull request")
    return facts.pull_request


def kind_of(facts: Facts) -> Kind:
    """Which of the two the subject is."""
    return "issue" if facts.pull_request is None else "pull_request"


def passes(rule: str, da: str, en: str) -> Finding:
    """A Finding that all is well, and how that was seen."""
    return Finding(rule, "pass", Phrase(da, en))


def unsure(rule: str, da: str, en: str) -> Finding:
    """A Finding that nobody can tell from what was read, and why."""
    return Finding(rule, "unknown", Phrase(da, en))


def not_applicable(rule: str, da: str, en: str) -> Finding:
    """A Finding that the rule has nothing to say here, and why."""
    return Finding(rule, "n/a", Phrase(da, en))

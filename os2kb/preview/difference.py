"""Two Policies and the same Facts to what would come out otherwise. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from os2kb.governance.actions import AddLabel, RemoveLabel
from os2kb.governance.decide import decide
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Verdict
from os2kb.governance.plan import Plan
from os2kb.governance.rules import KEEP_QUIET, REGISTRY
from os2kb.policy.policy import Policy

Came = Verdict | None
"""A verdict; None where the rule does not hold."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one subject comes to under two Policies, the one in force first.

    Attributes:
        title: empty where it may give something away.
        verdicts: of every rule that holds under either.
        on: labels that it would carry and does not under the one in force; `off`: the reverse.
    """

    number: int
    title: str
    url: str
    verdicts: Mapping[str, tuple[Came, Came]]
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anybody would notice: another verdict that counts, or another label."""
        return bool(self.on or self.off or self.turned)

    @property
    def turned(self) -> dict[str, tuple[Came, Came]]:
        """The rules that would fail and do not now, or the reverse."""
        return {
            rule: (before, after)
            for rule, (before, after) in self.verdicts.items()
            if (before == "fail") != (after == "fail")
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What many subjects come to.

    Attributes:
        rules: rule to how many fail it under each Policy; None where it does not hold.
        labels: label to how many would carry it more, and how many less.
        unread: how many could not be read.
    """

    outcomes: tuple[Outcome, ...]
    rules: Mapping[str, tuple[int | None, int | None]]
    labels: Mapping[str, tuple[int, int]]
    unread: int = 0

    @property
    def changed(self) -> tuple[Outcome, ...]:
        """Those that would come out otherwise."""
        return tuple(one for one in self.outcomes if one.differs)


def outcome(facts: Facts, before: Policy, after: Policy, now: datetime) -> Outcome:
    """What a subject comes to under two Policies, as if it were open and both acted."""
    today = replace(facts, open=True, locked=False, policy_problems=())
    plans = [
        decide(today, policy.model_copy(update={"mode": "act"}), "act", now)
        for policy in (before, after)
    ]
    old, new = (_verdicts(plan) for plan in plans)
    had, has = (_labels(facts, plan) for plan in plans)
    private = any(old.get(rule) == "fail" or new.get(rule) == "fail" for rule in KEEP_QUIET)
    return Outcome(
        number=facts.subject.number,
        title="" if private else facts.title,
        url=facts.url,
        verdicts={rule: (old.get(rule), new.get(rule)) for rule in {**old, **new}},
        on=tuple(label for label in has if label not in had),
        off=tuple(label for label in had if label not in has),
    )


def difference(outcomes: Sequence[Outcome], unread: int = 0) -> Difference:
    """The figures of many."""
    on = Counter(label for one in outcomes for label in one.on)
    off = Counter(label for one in outcomes for label in one.off)
    known = {rule for one in outcomes for rule in one.verdicts}
    return Difference(
        outcomes=tuple(outcomes),
        rules={
            rule.id: (_failing(outcomes, rule.id, 0), _failing(outcomes, rule.id, 1))
            for rule in REGISTRY
            if rule.id in known
        },
        labels={label: (on[label], off[label]) for label in sorted({*on, *off})},
        unread=unread,
    )


def _verdicts(plan: Plan) -> dict[str, Verdict]:
    return {finding.rule: finding.verdict for finding in plan.findings}


def _labels(facts: Facts, plan: Plan) -> tuple[str, ...]:
    after = dict.fromkeys(facts.labels)
    for action in plan.actions:
        if isinstance(action, AddLabel):
            after[action.label] = None
        elif isinstance(action, RemoveLabel):
            after.pop(action.label, None)
    return tuple(after)


def _failing(outcomes: Iterable[Outcome], rule: str, which: int) -> int | None:
    came = [verdicts[which] for one in outcomes if (verdicts := one.verdicts.get(rule))]
    held = [verdict for verdict in came if verdict is not None]
    return sum(verdict == "fail" for verdict in held) if held else None

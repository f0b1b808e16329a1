"""A scenario, decided by the same code as everything else, and held against what it expects."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from index.passages import Language
from os2kb.governance.actions import (
    Action,
    AddLabel,
    PutComment,
    Remember,
    RemoveLabel,
    SetCheck,
    Undo,
)
from os2kb.governance.decide import decide
from os2kb.governance.escalation.standing import standing
from os2kb.governance.findings import Finding
from os2kb.governance.plan import Plan
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.problem import PolicyProblem
from os2kb.policy.sections.escalation import Hours
from os2kb.policy.sections.labels import Labels
from os2kb.scenarios.facts import facts_of, roles_of
from os2kb.scenarios.history import happenings
from os2kb.scenarios.moments import moment_of
from os2kb.scenarios.read import Broken, Loaded
from os2kb.scenarios.scenario import Expect, Scenario
from os2kb.scenarios.stands import unlike

NONE = "–"
_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
_GIST_CHARS = 300
_NO_SUCH_LABEL = Phrase(
    "den etiket har repositoriet ikke; skriv den under `labels` i policyen eller i `repository`",
    "the repository has no such label; name it under `labels` in the Policy or in `repository`",
)


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that came out otherwise than expected.

    Attributes:
        why: the rule's evidence, or what is written; none for the rest.
    """

    what: str
    expected: str
    found: str
    why: Phrase = NOTHING


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a scenario.

    Attributes:
        labels: on the subject afterwards.
        problems: why it could not be played at all.
        language: the subject's.
    """

    file: str
    name: str
    line: int
    misses: tuple[Miss, ...] = ()
    findings: tuple[Finding, ...] = ()
    labels: tuple[str, ...] = ()
    problems: tuple[PolicyProblem, ...] = ()
    language: Language = "da"

    @property
    def passed(self) -> bool:
        """Whether all came as expected."""
        return not self.misses and not self.problems


def play(found: Loaded | Broken) -> Outcome:
    """Decide a scenario and compare."""
    if isinstance(found, Broken):
        return Outcome(found.file, found.name, found.line, problems=found.problems)
    scenario = found.scenario
    now, policy = moment_of(scenario.now), _in_force(scenario, found.policy)
    outcome = Outcome(found.file, found.name, found.line, language=policy.language)
    misses = tuple(_misses_by_moment(scenario, policy, now))
    if scenario.expect is None:
        return replace(outcome, misses=misses)
    facts = facts_of(scenario, policy, now)
    plan = decide(facts, policy, "act", now)
    labels, there = _labels_after(facts.labels, plan), facts.repository.labels
    return replace(
        outcome,
        misses=(*_misses(scenario.expect, plan, labels, policy, there), *misses),
        findings=plan.findings,
        labels=labels,
        language=plan.language,
    )


def _in_force(scenario: Scenario, policy: Policy) -> Policy:
    """The Policy as it is tried: in the scenario's mode, and with its coordinators."""
    named = (login for login, member in scenario.people.items() if member.role == "coordinator")
    coordinators = (*policy.people.coordinators, *named)
    people = policy.people.model_copy(update={"coordinators": coordinators})
    return policy.model_copy(update={"mode": scenario.mode, "people": people})


def _misses_by_moment(scenario: Scenario, policy: Policy, now: datetime) -> Iterator[Miss]:
    happened = tuple(
        happenings(scenario.history, scenario.subject.author.login, policy, roles_of(scenario), now)
    )
    zone = (policy.escalation.hours if policy.escalation else Hours()).timezone
    for one in scenario.moments:
        stands = standing(happened, policy, moment_of(one.at))
        for what, expected, came in unlike(one.expect, stands, zone):
            yield Miss(f"{one.at} {what}", expected, came)


def _labels_after(labels: tuple[str, ...], plan: Plan) -> tuple[str, ...]:
    """The labels once every write of the Plan is made."""
    after = {label.casefold(): label for label in labels}
    for action in plan.writes():
        verb, label = _label_change(action)
        if verb == "add":
            after[label.casefold()] = label
        elif verb == "remove":
            after.pop(label.casefold(), None)
    return tuple(after.values())


def _label_change(action: Action) -> tuple[str, str]:
    """`add` or `remove`, and the label; nothing for every other write."""
    match action:
        case AddLabel(label=label):
            return "add", label
        case RemoveLabel(label=label):
            return "remove", label
        case Undo(receipt=receipt) if receipt.action.startswith("label:"):
            undone = "remove" if receipt.action.startswith("label:add:") else "add"
            return undone, receipt.content
    return "", ""


def _misses(
    expect: Expect, plan: Plan, labels: tuple[str, ...], policy: Policy, there: tuple[str, ...]
) -> Iterator[Miss]:
    yield from _labels(expect, labels, policy.labels, there)
    yield from _findings(expect, plan)
    yield from _written(expect, plan)
    made = {one.name: one.conclusion for one in plan.writes() if isinstance(one, SetCheck)}
    for name, conclusion in expect.checks.items():
        if made.get(name) != conclusion:
            yield Miss(f"check {name}", conclusion, made.get(name, NONE))
    writes = [one for one in plan.writes() if not isinstance(one, Remember)]  # that is our ledger's
    if expect.writes is not None and len(writes) != expect.writes:
        keys = ", ".join(map(_written_as, writes))
        yield Miss("writes", str(expect.writes), f"{len(writes)}: {keys or NONE}")


def _written_as(action: Action) -> str:
    """A write's key; a check's without its commit, which a scenario does not name."""
    return f"check:{action.name}" if isinstance(action, SetCheck) else action.key


def _labels(
    expect: Expect, labels: tuple[str, ...], named: Labels, there: tuple[str, ...]
) -> Iterator[Miss]:
    known = {label.casefold() for label in there}
    present = {label.casefold() for label in labels}
    shown = ", ".join(labels) or NONE
    for label in expect.labels:
        if not present & _names(label, named):
            lacking = not known & _names(label, named)
            yield Miss("labels", label, shown, _NO_SUCH_LABEL if lacking else NOTHING)
    for label in expect.not_labels:
        if present & _names(label, named):
            yield Miss("not_labels", f"not {label}", shown)


def _names(label: str, named: Labels) -> set[str]:
    """What a label may be called: its name, or the Policy's word for it."""
    concepts = (
        label,
        *(f"{section}.{label}" for section in ("status", "type", "area", "severity")),
    )
    words = (named.of(concept) for concept in concepts)
    return {name.casefold() for name in (label, *words) if name}


def _findings(expect: Expect, plan: Plan) -> Iterator[Miss]:
    found = {finding.rule: finding for finding in plan.findings}
    for rule, verdict in expect.findings.items():
        finding = found.get(rule)
        came = finding.verdict if finding else "off"
        if came != verdict:
            yield Miss(rule, verdict, came, finding.evidence if finding else NOTHING)


def _written(expect: Expect, plan: Plan) -> Iterator[Miss]:
    comments = [one for one in plan.writes() if isinstance(one, PutComment)]
    markers = {one.marker for one in comments}
    kinds = markers | {marker.partition(":")[0] for marker in markers}
    shown = ", ".join(sorted(markers)) or NONE
    for marker in expect.comments:
        if marker not in kinds:
            yield Miss("comments", marker, shown)
    for marker in expect.not_comments:
        if marker in kinds:
            yield Miss("not_comments", f"not {marker}", shown)
    # As it reads: what keeps a number from becoming a link is not seen.
    said = "\n".join(one.body for one in comments).replace("<!-- -->", "")
    for words in expect.says:
        if words not in said:
            yield Miss("says", words, shown, _gist(said))
    for words in expect.not_says:
        if words in said:
            yield Miss("not_says", f"not {words}", shown, _gist(said, words))


def _gist(said: str, around: str = "") -> Phrase:
    """What is written, on one line, from its beginning or around some words."""
    seen = " ".join(_HIDDEN.sub("", said).split())
    start = max(seen.find(around) - _GIST_CHARS // 2, 0)
    cut = seen[start : start + _GIST_CHARS]
    cut = f"{'…' if start else ''}{cut}{'…' if start + _GIST_CHARS < len(seen) else ''}"
    return Phrase(cut, cut)

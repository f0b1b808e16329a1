"""What a model would have made of the faults of a past: what was broken, and who was told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from os2kb.governance.escalation.figures.outcome import Outcome
from os2kb.policy.sections.escalation import MOMENTS, Escalation, Moment


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of some subjects.

    Attributes:
        late: how many broke a promise, whichever.
        broken: promise to how many broke it; only promises that the model makes.
        told: rung, from 1, to how many came so far up that it was told.
        awaits: rung to how many wait for a person to confirm it.
    """

    subjects: int
    late: int
    broken: Mapping[Moment, int]
    told: Mapping[int, int]
    awaits: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Messages:
    """How often somebody would have been told.

    Attributes:
        times: once for each subject, also where they stand on several rungs.
        most: in one week at most.
        week: the Monday of the first such week.
    """

    times: int
    most: int
    week: date


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a model would have made of them all.

    Attributes:
        rungs: the ladder's, lowest first.
        classes: of each class of the model, worst first.
        unclassed: subjects that nobody gave a class.
        private: subjects that may be vulnerabilities; they are in no other figure.
        messages: recipient, as the model names it, to how often; most often told first.
    """

    rungs: tuple[str, ...]
    classes: Mapping[str, Tally]
    total: Tally
    unclassed: int
    private: int
    messages: Mapping[str, Messages]


def simulation(outcomes: Iterable[Outcome], model: Escalation) -> Simulation:
    """The figures of these subjects, each held against the model."""
    every = tuple(outcomes)
    public = [one for one in every if not one.private]
    by_class: dict[str | None, list[Outcome]] = defaultdict(list)
    for one in public:
        by_class[one.severity].append(one)
    return Simulation(
        rungs=tuple(rung.name for rung in model.ladder),
        classes={name: _tally(by_class[name], _promised(model, name)) for name in model.severities},
        total=_tally(public, [one for one in MOMENTS if _is_promised(model, one)]),
        unclassed=len(by_class[None]),
        private=len(every) - len(public),
        messages=_messages(public, ZoneInfo(model.hours.timezone)),
    )


def _promised(model: Escalation, severity: str) -> list[Moment]:
    return [one for one in MOMENTS if getattr(model.severities[severity], one)]


def _is_promised(model: Escalation, name: Moment) -> bool:
    return any(getattr(one, name) for one in model.severities.values())


def _tally(outcomes: Sequence[Outcome], promised: Sequence[Moment]) -> Tally:
    told = Counter(one.rung for outcome in outcomes for one in outcome.stands.told)
    awaits = Counter(rung for outcome in outcomes for rung in outcome.stands.awaits)
    return Tally(
        subjects=len(outcomes),
        late=sum(bool(one.breaches) for one in outcomes),
        broken={name: sum(one.broke(name) for one in outcomes) for name in promised},
        told=dict(sorted(told.items())),
        awaits=dict(sorted(awaits.items())),
    )


def _messages(outcomes: Iterable[Outcome], zone: ZoneInfo) -> Mapping[str, Messages]:
    weeks: dict[str, Counter[date]] = defaultdict(Counter)
    for outcome in outcomes:
        for recipient, at in _first_told(outcome).items():
            day = at.astimezone(zone).date()
            weeks[recipient][day - timedelta(days=day.weekday())] += 1
    found = {recipient: _busiest(counted) for recipient, counted in weeks.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].times, item[0])))


def _first_told(outcome: Outcome) -> Mapping[str, datetime]:
    """When each recipient is first told of a subject; a field in Jira is nobody."""
    found: dict[str, datetime] = {}
    for told in outcome.stands.told:
        for recipient in told.to:
            if not recipient.startswith("jira:"):
                found.setdefault(recipient, told.at)
    return found


def _busiest(weeks: Counter[date]) -> Messages:
    week, most = min(weeks.items(), key=lambda item: (-item[1], item[0]))
    return Messages(weeks.total(), most, week)

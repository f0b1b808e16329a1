"""How the promises of a model were kept: times, breaches, what is due soon, and a forecast."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from index.evaluation.intervals import interval
from os2kb.governance.escalation.clock import Because
from os2kb.governance.escalation.digest import SOON
from os2kb.governance.escalation.figures.outcome import Outcome
from os2kb.governance.escalation.figures.spread import Spread, spread
from os2kb.governance.escalation.promises import Promise
from os2kb.governance.escalation.working_time import working_time
from os2kb.policy.sections.escalation import MOMENTS, Escalation, Moment

NO_CLASS = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a subject until now, and the model of its repository."""

    outcome: Outcome
    model: Escalation


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the subjects of a class.

    Attributes:
        response: working hours until a person on our side answered, of those that were answered.
        resolution: working hours until they were closed, of those that are.
        broken: promise to how many broke it.
        late: how many broke any.
    """

    subjects: int
    open: int
    response: Spread
    resolution: Spread
    broken: Mapping[Moment, int]
    late: int


@dataclass(frozen=True, slots=True)
class Party:
    """Of an organisation.

    Attributes:
        subjects: how many it had the ball of, on our side.
        hours: working hours that it had it, of each.
        broken: promise to how many became due and were broken meanwhile.
    """

    subjects: int
    hours: Spread
    broken: Mapping[Moment, int]


@dataclass(frozen=True, slots=True)
class Near:
    """An open subject whose next promise is late, or due within so many working days."""

    outcome: Outcome
    promise: Promise
    is_late: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many of the open subjects of a class will break a promise, if it goes as it went.

    Attributes:
        open: open subjects that have broken none so far.
        broke: of the settled ones, those that broke one.
        settled: subjects that are closed, or have broken one already.
        expected: of the open ones: their number times the share that broke one.
        low, high: the same with the ends of the share's 95 % interval.
    """

    open: int
    broke: int
    settled: int
    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How promises were kept.

    Attributes:
        classes: class, worst first, to its figures; `NO_CLASS` for those without.
        private: subjects that may be vulnerabilities; they are in no other figure.
        rungs: rung to how many subjects it was told of.
        parties: organisation that had the ball to its figures, most breaches first; empty for no
            organisation in particular.
        waiting: why the ball is where it is, and with which organisation, to how many open
            subjects.
        near: those that are late, and those that soon may be, first what was due first.
        forecasts: class to its forecast; only those with something open, and something to go by.
    """

    classes: Mapping[str, Figures]
    total: Figures
    private: int
    rungs: Mapping[str, int]
    parties: Mapping[str, Party]
    waiting: Mapping[tuple[Because, str], int]
    near: tuple[Near, ...]
    forecasts: Mapping[str, Forecast]


def follow_up(followed: Iterable[Followed], since: datetime, at: datetime) -> FollowUp:
    """The figures of subjects, as they stand at a moment.

    Args:
        followed: those opened since a moment, of which the figures are; and older ones that are
            open still: these only wait, and may be late.
        since: the moment.
        at: now.
    """
    every = tuple(followed)
    public = [one for one in every if not one.outcome.private]
    recent = [one.outcome for one in public if one.outcome.opened >= since]
    of_class = _by_class(public, recent)
    still = [one.outcome for one in public if one.outcome.open]
    return FollowUp(
        classes={name: _figures(found) for name, found in of_class.items()},
        total=_figures(recent),
        private=len(every) - len(public),
        rungs=_rungs(public, since),
        parties=_parties([one for one in public if one.outcome.opened >= since]),
        waiting=dict(Counter(_waits(one) for one in still).most_common()),
        near=tuple(_near(public, at)),
        forecasts=_forecasts(of_class, still),
    )


def _by_class(public: Sequence[Followed], recent: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """In the order of the models; classes that nothing is of are left out."""
    names = chain.from_iterable(one.model.severities for one in public)
    found: dict[str, list[Outcome]] = {name: [] for name in dict.fromkeys((*names, NO_CLASS))}
    for one in recent:
        found[one.severity or NO_CLASS].append(one)
    return {name: outcomes for name, outcomes in found.items() if outcomes}


def _figures(outcomes: Sequence[Outcome]) -> Figures:
    return Figures(
        subjects=len(outcomes),
        open=sum(one.open for one in outcomes),
        response=spread(one.response for one in outcomes),
        resolution=spread(one.resolution for one in outcomes),
        broken={name: sum(one.broke(name) for one in outcomes) for name in MOMENTS},
        late=sum(bool(one.breaches) for one in outcomes),
    )


def _rungs(public: Iterable[Followed], since: datetime) -> Mapping[str, int]:
    """In the order of the ladders."""
    found: Counter[str] = Counter()
    for one in public:
        found.update({rung.name: 0 for rung in one.model.ladder})
        if one.outcome.opened >= since:
            found.update(told.name for told in one.outcome.stands.told)
    return dict(found)


def _parties(recent: Iterable[Followed]) -> Mapping[str, Party]:
    held: dict[str, list[timedelta]] = defaultdict(list)
    broken: dict[str, Counter[Moment]] = defaultdict(Counter)
    for one in recent:
        for party, length in _held(one).items():
            held[party].append(length)
        for breach in one.outcome.breaches:
            broken[breach.party][breach.name] += 1
    found = {
        name: Party(len(held[name]), spread(held[name]), dict(broken[name]))
        for name in dict.fromkeys((*held, *broken))
    }
    return dict(sorted(found.items(), key=lambda item: (-broken[item[0]].total(), item[0])))


def _held(one: Followed) -> Mapping[str, timedelta]:
    """How long each organisation on our side had the ball, in working time."""
    working = working_time(one.model.hours)
    found: dict[str, timedelta] = defaultdict(timedelta)
    for stretch in one.outcome.stands.timeline:
        if stretch.holder == "us":
            found[stretch.party] += working.between(stretch.start, stretch.end)
    return found


def _waits(one: Outcome) -> tuple[Because, str]:
    last = one.stands.timeline[-1]
    return last.because, last.party


def _near(public: Iterable[Followed], at: datetime) -> list[Near]:
    found = []
    for one in public:
        promise, working = one.outcome.next, working_time(one.model.hours)
        if promise is None or promise.due is None:
            continue
        soon = working.after(at, SOON * working.day)
        if soon is None or promise.due <= soon:
            found.append((promise.due, Near(one.outcome, promise, promise.due <= at)))
    return [near for _, near in sorted(found, key=lambda pair: (pair[0], pair[1].outcome.name))]


def _forecasts(
    of_class: Mapping[str, Sequence[Outcome]], still: Iterable[Outcome]
) -> Mapping[str, Forecast]:
    pending = Counter(one.severity for one in still if one.stands.promises and not one.breaches)
    found = {}
    for name, outcomes in of_class.items():
        settled = [one for one in outcomes if one.breaches or not one.open]
        if pending[name] and settled:
            broke = sum(bool(one.breaches) for one in settled)
            found[name] = _forecast(pending[name], broke, len(settled))
    return found


def _forecast(pending: int, broke: int, settled: int) -> Forecast:
    share = broke / settled
    low, high = interval(share, settled)
    return Forecast(pending, broke, settled, pending * share, pending * low, pending * high)

"""The ladder: who is told of a fault, and when.

A rung is told once. One without `when` is told as soon as we hold the ball and a class holds; the
others when their promise is due and not kept, but for those whose turn came before the day from
which the model holds. One with `confirm` waits for `/os2 escalate` then.
That command, given where no rung waits, tells the next one above those that were told, whatever it
says. Without a class only that command tells anybody, and while a subject is closed or may be a
vulnerability nothing does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from os2kb.governance.escalation.ball import Ball
from os2kb.governance.escalation.happenings import Happening
from os2kb.governance.escalation.promises import Kept, promises
from os2kb.governance.escalation.severity import Classed
from os2kb.policy.escalation.stand_in import told_on
from os2kb.policy.sections.escalation import Escalation


@dataclass(frozen=True, slots=True)
class Told:
    """A rung that was told.

    Attributes:
        rung: counted from 1.
        to: whom it notifies, as the Policy names them, or whoever stood in for them that day.
        asked: somebody asked for it by `/os2 escalate`.
        anew: the fault was closed since, and opened again.
    """

    rung: int
    name: str
    at: datetime
    to: tuple[str, ...]
    asked: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Climbed:
    """How far up the ladder a fault has come.

    Attributes:
        told: the rungs that were told, in the order they were.
        awaits: the rungs, from 1, that wait for somebody to confirm them.
        ahead: when the other rungs will be told or wait, if nothing happens.
    """

    told: tuple[Told, ...]
    awaits: tuple[int, ...]
    ahead: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A time in which it was a rung's turn."""

    rung: int
    start: datetime
    end: datetime | None


def climbed(
    happened: tuple[Happening, ...],
    times: tuple[Classed, ...],
    ball: Ball,
    was_kept: Kept,
    model: Escalation,
) -> Climbed:
    """How far up the ladder a fault has come by the moment at which its timeline ends.

    Args:
        happened: what had happened by then, in order.
        times: which class held when.
        ball: who held it, and how long.
        was_kept: when the promises were kept.
        model: the Policy's.
    """
    now = ball.held[-1].end
    turns = [turn for one in times for turn in _turns(one, ball, was_kept, model, one is times[-1])]
    begun = [turn for turn in turns if turn.start <= now]
    told = _told(happened, times, begun, model)
    left = [turn for turn in turns if turn.rung not in told]
    return Climbed(
        told=tuple(
            Told(rung + 1, model.ladder[rung].name, at, _to(rung, at, model), asked)
            for rung, (at, asked) in sorted(told.items(), key=lambda item: (item[1][0], item[0]))
        ),
        awaits=tuple(
            sorted(
                {
                    one.rung + 1
                    for one in left
                    if one.start <= now and one.end is None and model.ladder[one.rung].confirm
                }
            )
        ),
        ahead=tuple(sorted(one.start for one in left if one.start > now)),
    )


def _to(rung: int, at: datetime, model: Escalation) -> tuple[str, ...]:
    day = at.astimezone(ZoneInfo(model.hours.timezone)).date()
    return told_on(day, model.ladder[rung].notify, model)


def _turns(
    one: Classed, ball: Ball, was_kept: Kept, model: Escalation, last: bool
) -> Iterator[_Turn]:
    """The turns of rungs that begin while a class holds; of the last one also those to come."""
    if not one.has_deadlines or one.private:
        return
    due = {each.name: each for each in promises(one, ball, was_kept, model)}
    for number, rung in enumerate(model.ladder):
        if rung.when is None:
            start, kept = ball.first_held(one.start), None
        elif rung.when in due:
            start, kept = due[rung.when].due, due[rung.when].kept
        else:
            continue
        start = start and max(start, one.start)
        if start is None or (kept and kept <= start) or (start >= one.end and not last):
            continue
        ends = [end for end in (kept, None if last else one.end) if end]
        yield _Turn(number, start, min(ends, default=None))


def _told(
    happened: tuple[Happening, ...],
    times: tuple[Classed, ...],
    turns: list[_Turn],
    model: Escalation,
) -> dict[int, tuple[datetime, bool]]:
    """Each rung that was told, from 0, when, and whether somebody asked for it."""
    ladder, since = model.ladder, holds_from(model)
    asked = [one.at for one in happened if one.kind == "escalate" and one.by_person]
    by_itself = [
        (one.start, one.rung)
        for one in turns
        if not ladder[one.rung].confirm and (since is None or one.start >= since)
    ]
    told: dict[int, tuple[datetime, bool]] = {}
    # Of what falls on one moment, the rungs that tell themselves come first.
    for at, rung in sorted((*by_itself, *((at, len(ladder)) for at in asked))):
        if rung < len(ladder):
            told.setdefault(rung, (at, False))
        elif len(told) < len(ladder) and _may_be_told(at, times):
            told.setdefault(_next(at, turns, told), (at, True))
    return {rung: how for rung, how in told.items() if rung < len(ladder)}


def holds_from(model: Escalation) -> datetime | None:
    """The first moment of the day from which the model holds; None for always."""
    if model.since is None:
        return None
    return datetime.fromisoformat(model.since).replace(tzinfo=ZoneInfo(model.hours.timezone))


def _next(at: datetime, turns: list[_Turn], told: Mapping[int, object]) -> int:
    """The rung that somebody asks for: the lowest that waits, else the next one up."""
    waits = [
        turn.rung
        for turn in turns
        if turn.rung not in told and turn.start <= at and (turn.end is None or at < turn.end)
    ]
    return min(waits, default=max(told, default=-1) + 1)


def _may_be_told(at: datetime, times: tuple[Classed, ...]) -> bool:
    one = next(one for one in reversed(times) if one.start <= at)
    return one.open and not one.private

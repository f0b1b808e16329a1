"""How a fault stands at a moment, whether that is now or long ago."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from os2kb.governance.escalation.ball import Ball
from os2kb.governance.escalation.clock import Holder, Timeline, timeline
from os2kb.governance.escalation.happenings import Happening, history
from os2kb.governance.escalation.ladder import Climbed, Told, climbed
from os2kb.governance.escalation.promises import Promise, kept, promises
from os2kb.governance.escalation.severity import Source, classed
from os2kb.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Standing:
    """How a fault stands at a moment.

    Attributes:
        severity: the class; None for none.
        source: who says so.
        holder: who has the ball.
        party: the organisation it is with; see `Stretch.party`.
        elapsed: working time that we held it, since the opening.
        promises: of the class, in their order.
        told: the rungs that were told by then, as they were told.
        awaits: the rungs that wait for `/os2 escalate`.
        wake_at: the next moment when something changes by itself.
        private: it may be a vulnerability: nothing of it is told in public.
    """

    severity: str | None = None
    source: Source = "none"
    holder: Holder = "nobody"
    party: str = ""
    elapsed: timedelta = timedelta(0)
    promises: tuple[Promise, ...] = ()
    told: tuple[Told, ...] = ()
    awaits: tuple[int, ...] = ()
    wake_at: datetime | None = None
    timeline: Timeline = ()
    private: bool = False

    @property
    def closed_at(self) -> datetime | None:
        """Since when it is closed; None while it is open."""
        last = self.timeline[-1] if self.timeline else None
        return last.start if last and last.because == "closed" else None

    @property
    def due(self) -> datetime | None:
        """When the next promise that is not kept has to be, or had to; None where none has."""
        if self.closed_at:
            return None
        return next((one.due for one in self.promises if one.kept is None), None)

    @property
    def rung(self) -> int:
        """The highest rung that was told, from 1; 0 for none."""
        return max((one.rung for one in self.told), default=0)

    @property
    def notified(self) -> tuple[str, ...]:
        """Everybody who was told so far, each once, in the order they were."""
        return tuple(dict.fromkeys(name for one in self.told for name in one.to))

    def untold(self, known: Iterable[str]) -> tuple[str, ...]:
        """Whom to tell now, in one message, where only some of `notified` know.

        Whoever was down for a week tells everybody once, at the rung that has been reached.
        """
        told = {name.casefold() for name in known}
        return tuple(name for name in self.notified if name.casefold() not in told)


def standing(happened: Iterable[Happening], policy: Policy, at: datetime) -> Standing:
    """How a fault stands at a moment, from what had happened by then and nothing else.

    Args:
        happened: in any order, also what comes later.
        policy: without a section `escalation`, there is only the timeline.
        at: the moment, in any zone; those in the answer are in UTC.
    """
    at = at.astimezone(UTC)
    past = history(happened, at)
    if not past:
        return Standing()
    held, times = timeline(past, policy, at), classed(past, policy, at)
    known = Standing(holder=held[-1].holder, party=held[-1].party, timeline=held)
    if policy.escalation is None:
        return known
    was_kept, now = kept(past, policy), times[-1]
    ball = Ball(held, policy.escalation.hours)
    promised = tuple(promises(now, ball, was_kept, policy.escalation))
    climb = climbed(past, times, ball, was_kept, policy.escalation)
    return replace(
        known,
        severity=now.severity,
        source=now.source,
        elapsed=ball.elapsed,
        promises=promised,
        told=climb.told,
        awaits=climb.awaits,
        wake_at=_wake_at(promised, climb, at) if now.open else None,
        private=now.private,
    )


def _wake_at(promised: tuple[Promise, ...], climb: Climbed, at: datetime) -> datetime | None:
    due = (one.due for one in promised if one.due and one.due > at and not one.kept)
    return min((*due, *climb.ahead), default=None)

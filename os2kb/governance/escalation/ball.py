"""How long we held the ball, and when we will have held it for so long."""

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from itertools import accumulate

from os2kb.governance.escalation.clock import Timeline
from os2kb.governance.escalation.working_time import Time, measured, working_time
from os2kb.policy.sections.escalation import Hours

_NONE = timedelta(0)


class Ball:
    """A timeline, counted in a product's hours.

    Each stretch is counted once: whoever closes and reopens a subject a thousand times makes a
    thousand of them.
    """

    def __init__(self, held: Timeline, hours: Hours) -> None:
        self.held = held
        self._working = working_time(hours)
        self._ends = tuple(one.end for one in held)
        self._before: dict[type[Time], tuple[timedelta, ...]] = {}

    @property
    def elapsed(self) -> timedelta:
        """The working time that we held it."""
        return self._counted(self._working)[-1]

    def when(self, since: datetime, duration: str) -> datetime | None:
        """When we have held the ball since a moment for as long as a Policy says.

        Past the end of the timeline it is the moment it will be, if nothing happens; None where the
        clock stands still, or where that never comes.
        """
        time, amount = measured(duration, self._working)
        before, last = self._counted(time), len(self.held) - 1
        place = min(bisect_right(self._ends, since), last)
        one, held = self.held[place], before[place]
        if one.holder == "us" and since > one.start:
            held += time.between(one.start, since)
        place = min(bisect_left(before, held + amount) - 1, last)
        one = self.held[place]
        return time.after(one.start, held + amount - before[place]) if one.holder == "us" else None

    def first_held(self, since: datetime) -> datetime | None:
        """When we hold the ball for the first time since a moment; None where we do not."""
        place = min(bisect_right(self._ends, since), len(self.held) - 1)
        ours = (one for one in self.held[place:] if one.holder == "us")
        return next((max(one.start, since) for one in ours), None)

    def _counted(self, time: Time) -> tuple[timedelta, ...]:
        """How long we had held it before each stretch, and last in all."""
        if type(time) not in self._before:
            ours = (
                time.between(one.start, one.end) if one.holder == "us" else _NONE
                for one in self.held
            )
            self._before[type(time)] = tuple(accumulate(ours, initial=_NONE))
        return self._before[type(time)]

"""Whoever asks what somebody else is asking waits for that one, and holds no thread meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Turns:
    """One at a time of what is the same; once it has been worked out, all that wait at once."""

    _now: dict[Hashable, "asyncio.Future[bool]"] = field(default_factory=dict)

    async def take(self, same: Hashable, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do the work, after whoever is at it now.

        Args:
            same: equal for work that gives the same; it costs nothing once it was done.
        """
        while same in self._now:
            # Shielded: who hangs up must not end what others wait for.
            if await asyncio.shield(self._now[same]):
                return await work()
        turn = self._now[same] = asyncio.get_running_loop().create_future()
        worked_out = False
        try:
            result = await work()
            worked_out = True
        finally:
            del self._now[same]
            turn.set_result(worked_out)
        return result

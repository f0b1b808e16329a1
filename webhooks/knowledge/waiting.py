"""Who waits to be searched for: so many, and nobody who has gone."""

from asyncio import Semaphore
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from prometheus_client import Counter

from webhooks.problems import Problem

NOT_MADE = Counter(
    "os2kb_searches_not_made_total",
    "Searches that were not made: too many waited, or whoever asked had gone.",
    ["reason"],
)


class Gone(Exception):
    """Nobody waits for the answer any more."""


class Waiting:
    """A line before what does so many at once, of bounded length.

    Args:
        at_once: are let in together.
        most: wait for that; whoever else comes is refused.
    """

    def __init__(self, at_once: int, most: int) -> None:
        self._room = Semaphore(at_once)
        self._most = most
        self.length = 0

    @asynccontextmanager
    async def turn(self, is_gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
        """Wait for one's turn, which lasts until the end of the block.

        Raises:
            Gone: whoever asked has gone meanwhile.
            Problem: 503, too many wait already.
        """
        waits = self._room.locked()
        if waits and self.length >= self._most:
            raise too_many()
        self.length += 1
        try:
            await self._room.acquire()
        finally:
            self.length -= 1
        try:
            if waits and await is_gone():
                NOT_MADE.labels("gone").inc()
                raise Gone
            yield
        finally:
            self._room.release()


def too_many() -> Problem:
    """What is said to whoever is refused, which is counted."""
    NOT_MADE.labels("busy").inc()
    return Problem(
        503,
        "Too many searches wait",
        "More is being searched for than can be answered now.",
        "Search again in a moment; the header Retry-After says when.",
        {"Retry-After": "2"},
    )

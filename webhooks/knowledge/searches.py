"""Where searches are worked out: in a process of their own, or else in a thread of this one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from index import store
from index.apart.bodies import Asked
from index.search import Index
from index.versions import Versions
from os2kb.logs import get_logger
from webhooks.knowledge.search_process import SearchProcess
from webhooks.knowledge.waiting import Waiting, too_many

# A search takes 4 to 6 ms: the last of these waits a second.
MOST_WAITING = 160
# On the wire, so that the process finds the next question there when it has answered one.
AT_ONCE = 8
Result = TypeVar("Result")
log = get_logger()


class Searches:
    """Works out searches, in a process of its own for the version of the index in force.

    A search in a thread shares the interpreter lock with the event loop: each then waits for the
    other, and a delivery for both. The process is started by the first search of a version and
    searches as soon as it has read it; before that, and for what it leaves unanswered because it
    ended or hangs, a thread of this process searches, one search at a time. So many wait for them,
    others are refused, and nothing is searched for whoever has gone.

    Only a version that brings its own model is searched so: any other is held by this process, or
    asked for over the network.

    Args:
        versions: of the index.
        patience: seconds without a word after which the process is taken to hang.
        pause: seconds between two starts, at least: what ends at once must not cost a core.
    """

    def __init__(self, versions: Versions, patience: float = 10, pause: float = 10) -> None:
        self._versions, self._patience, self._pause = versions, patience, pause
        self._thread = CapacityLimiter(1)
        self.waiting = Waiting(AT_ONCE, MOST_WAITING)
        self._process: SearchProcess | None = None
        self._starting: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def body(
        self, index: Index, asked: Asked, is_gone: Callable[[], Awaitable[bool]]
    ) -> bytes:
        """The response's body.

        Raises:
            Gone: whoever asked has gone.
            Problem: 503, too many wait already.
        """
        process = self._of(index.version)
        async with self.waiting.turn(is_gone):
            ready = process is not None and process.state == "ready"
            written = await process.body(asked) if process and ready else b""
            return written or await self._in_thread(lambda: asked.body(index))

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """Whatever else reads the index, after the searches that wait for the thread.

        Raises:
            Problem: 503, too much waits for it already.
        """
        if self._thread.statistics().tasks_waiting >= MOST_WAITING:
            raise too_many()
        return await self._in_thread(work)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await to_thread.run_sync(work, limiter=self._thread)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Until the end of the block there may be a process; after it there is none."""
        try:
            yield
        finally:
            if self._starting:
                await self._starting
            if self._process:
                await self._process.end()

    def _of(self, version: str) -> SearchProcess | None:
        process = self._process
        if process and process.version == version and process.state != "ended":
            return process if process.state == "ready" else None
        now = asyncio.get_running_loop().time()
        if now >= self._not_before and (self._starting is None or self._starting.done()):
            self._not_before = now + self._pause
            self._starting = asyncio.create_task(self._start(version))
        return None

    async def _start(self, version: str) -> None:
        before, self._process = self._process, None
        if before:
            await before.end()  # first: two indexes beside this process's own would cost memory
        folder = self._versions.place(version)
        if not (folder / store.LSA).is_dir():
            return
        try:
            self._process = await SearchProcess.start(version, folder, self._patience)
        except OSError as error:
            log.warning("search_process_not_started", error=type(error).__name__)

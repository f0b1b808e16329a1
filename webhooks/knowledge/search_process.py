"""The process that searches, as the service sees it."""

import asyncio
import socket
import subprocess
from collections import deque
from pathlib import Path
from typing import Literal, Self

from anyio import to_thread
from prometheus_client import Gauge

from index.apart.bodies import Asked, as_line
from index.apart.programs import command, environment
from os2kb.logs import get_logger

State = Literal["reading", "ready", "ended"]

# It is given so much longer to read the index than to answer: two minutes as it is started.
_TO_READ = 12

READY = Gauge(
    "os2kb_search_process_ready",
    "1 while searches run in a process of their own; else the service makes them itself.",
)

log = get_logger()


class SearchProcess(asyncio.Protocol):
    """One version of the index, searched in a process of its own, one question at a time.

    Whatever becomes of the process, who waits for it is answered: with nothing, if need be.

    Attributes:
        version: of the index.
        state: whether it still reads the index, answers, or is no more.

    Args:
        process: has the other end of the socket that this protocol is heard on.
        patience: seconds without a word, while somebody waits, after which it is ended; a dozen
            times as long while it reads the index.
    """

    def __init__(self, version: str, process: subprocess.Popen[bytes], patience: float) -> None:
        self.version = version
        self.state: State = "reading"
        self._wire: asyncio.WriteTransport
        self._process, self._patience = process, patience
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._received: list[bytes] = []
        self._overdue: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, version: str, folder: Path, patience: float) -> Self:
        """Start one, which reads the version in the folder before it is ready.

        Raises:
            OSError: there is no memory or no room for another process.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command("index.apart.search_process", str(folder)),
                stdin=theirs.fileno(),
                env=environment(),
            )
        started = cls(version, process, patience)
        loop = asyncio.get_running_loop()
        started._wire, _ = await loop.create_unix_connection(lambda: started, sock=ours)
        started._watch()
        return started

    async def body(self, asked: Asked) -> bytes:
        """The body; empty where the process has none, or ended over it."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self._wire.write(as_line(asked) + b"\n")
        if self._overdue is None:
            self._watch()
        return await answer

    async def end(self) -> None:
        """End it, and wait until it is gone."""
        self._become("ended")
        self._process.kill()
        await to_thread.run_sync(self._process.wait)

    def data_received(self, data: bytes) -> None:
        """Asyncio's: some bytes came."""
        self._received.append(data)
        if b"\n" not in data:
            return
        *lines, rest = b"".join(self._received).split(b"\n")
        self._received = [rest]
        if self.state == "reading":
            self._become("ready")
            del lines[0]
        for line in lines:
            _give(self._waiting.popleft(), line)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - it says no more
        """Asyncio's: the process has ended."""
        if self.state != "ended":
            log.warning("search_process_ended", version=self.version)
        self._become("ended")
        while self._waiting:
            _give(self._waiting.popleft(), b"")
        self._watch()

    def _become(self, state: State) -> None:
        self.state = state
        READY.set(state == "ready")

    def _watch(self) -> None:
        """Have it ended if it says nothing for too long from now on, while it is to say a word."""
        if self._overdue:
            self._overdue.cancel()
            self._overdue = None
        reads = self.state == "reading"
        if reads or self._waiting:
            seconds = self._patience * (_TO_READ if reads else 1)
            later = asyncio.get_running_loop().call_later
            self._overdue = later(seconds, self._process.kill)


def _give(answer: asyncio.Future[bytes], line: bytes) -> None:
    if not answer.done():  # who asked may have gone
        answer.set_result(line)

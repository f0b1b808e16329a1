"""Five hundred visitors of the search page at once, while GitHub delivers.

The real service with the shared OS2 documents (else the sample handbook), in a process of its own;
this process is the visitors. Each opens the search page, then searches once in five seconds, as
the page's script does it: the page with the results, and at every second search suggestions, too,
packed, over one connection. Most ask what others ask, too: a third of the searches are new to the
service. Meanwhile deliveries come, so many a second, each on disk before it is acknowledged; first
they come alone. The rate limit is lifted, since all come from one address. Twice a
second as many bytes are brought to the same disk beside them: no delivery can be quicker than that.

    python -m benchmarks.visitors [--visitors 500] [--seconds 60] [--deliveries 10] [--json]
"""

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import numpy as np

from benchmarks.blown_up import questions
from benchmarks.http import cpu_seconds, documents
from benchmarks.intake import BODY, SECRET, free_port, server
from index.build import build
from index.passages import Source
from index.versions import Versions
from webhooks.deliveries.signatures import sign

EVERY = 5.0  # seconds between two searches of a visitor
POPULAR = 200  # questions that many ask
NEW = 1 / 3
DISK_EVERY = 0.5  # seconds between two looks at the disk


@dataclass(slots=True)
class Taken:
    """Milliseconds of each request that was answered as it should be, and what went wrong."""

    ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        p50, p99, worst = np.percentile(self.ms, [50, 99, 100])
        return {"n": len(self.ms), "errors": len(self.errors), "p50": p50, "p99": p99, "max": worst}


@dataclass(slots=True)
class Line:
    """One connection that is kept open."""

    port: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def send(self, request: bytes, status: int, taken: Taken) -> None:
        """Send a request, read the answer, and note how long that took."""
        began = time.perf_counter()
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            assert self.reader is not None
            self.writer.write(request)
            head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
            length = next(
                int(line.split(b":")[1])
                for line in head.split(b"\r\n")
                if line.startswith(b"content-length")
            )
            await self.reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError) as error:
            taken.errors.append(type(error).__name__)
            self.writer = None
            return
        if head.split()[1] == str(status).encode():
            taken.ms.append((time.perf_counter() - began) * 1000)
        else:
            taken.errors.append(head.split(b"\r\n")[0].decode())


def _get(path: str) -> bytes:
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: gzip"
    return f"{head}\r\n\r\n".encode()


def _delivery() -> bytes:
    head = (
        "POST /webhooks/github HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"X-GitHub-Event: issues\r\nX-GitHub-Delivery: {uuid4()}\r\n"
        f"X-Hub-Signature-256: {sign(BODY, SECRET)}\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    return head.encode() + BODY


async def _visitor(
    number: int, port: int, until: float, ask: Callable[[], str], searches: Taken, hints: Taken
) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.random() * EVERY)
    line = Line(port)
    await line.send(_get("/"), 200, searches)
    turn = 0
    while time.perf_counter() < until:
        began, asked = time.perf_counter(), quote(ask())
        await line.send(_get(f"/?q={asked}"), 200, searches)
        turn += 1
        if turn % 2 == 0:
            await line.send(_get(f"/api/v1/suggest?q={asked}"), 200, hints)
        await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - began)))


async def _disk(folder: Path, until: float, taken: Taken) -> None:
    """What the disk itself takes for as many bytes as a delivery has."""

    def write(file: int) -> float:
        os.write(file, BODY)
        began = time.perf_counter()
        os.fdatasync(file)
        return (time.perf_counter() - began) * 1000

    file = os.open(folder / "disk", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    while time.perf_counter() < until:
        taken.ms.append(await asyncio.to_thread(write, file))
        await asyncio.sleep(DISK_EVERY)
    os.close(file)


async def _deliveries(port: int, until: float, a_second: float, taken: Taken) -> None:
    """So many a second, each over a connection of its own, whatever became of the one before."""

    async def deliver() -> None:
        line = Line(port)
        await line.send(_delivery(), 202, taken)
        if line.writer:
            line.writer.close()

    sent: list[asyncio.Task[None]] = []
    while time.perf_counter() < until:
        sent.append(asyncio.create_task(deliver()))
        await asyncio.sleep(1 / a_second)
    await asyncio.gather(*sent)


async def _measure(
    port: int,
    folder: Path,
    seconds: float,
    visitors: int,
    a_second: float,
    ask: Callable[[], str],
) -> dict[str, dict[str, float]]:
    alone, searches, hints, meanwhile, before, disk = (Taken() for _ in range(6))
    first = time.perf_counter() + min(10.0, seconds)
    await asyncio.gather(_deliveries(port, first, a_second, alone), _disk(folder, first, before))
    until = time.perf_counter() + seconds
    work: list[Awaitable[None]] = [
        _visitor(number, port, until, ask, searches, hints) for number in range(visitors)
    ]
    await asyncio.gather(
        *work, _deliveries(port, until, a_second, meanwhile), _disk(folder, until, disk)
    )
    return {
        "deliveries alone": alone.figures(),
        "the disk meanwhile": before.figures(),
        "pages": searches.figures(),
        "suggestions": hints.figures(),
        "deliveries with them": meanwhile.figures(),
        "the disk with them": disk.figures(),
    }


def main() -> None:
    """Print the table, or the machine-readable line."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.visitors")
    options.add_argument("--visitors", type=int, default=500)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--deliveries", type=float, default=10, help="a second")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build([Source("docs", str(documents()))], folder / "index", now=datetime.now(UTC))
        index = Versions(folder / "index").current()
        assert index is not None
        pool = questions([one.text for one in index.passages], POPULAR + 20_000)
        popular, new, chance = pool[:POPULAR], iter(pool[POPULAR:]), random.Random(7)

        def ask() -> str:
            return next(new) if chance.random() < NEW else chance.choice(popular)

        port = free_port()
        with server(["-m", "os2kb.cli", "serve"], folder, port) as process:
            asyncio.run(
                _measure(port, folder, 12, 20, 1, ask)
            )  # until the process that searches is there
            before = os.getloadavg()[0]
            used, own = cpu_seconds(process), time.process_time()
            figures = asyncio.run(
                _measure(port, folder, given.seconds, given.visitors, given.deliveries, ask)
            )
            used, own = cpu_seconds(process) - used, time.process_time() - own
    if given.json:
        print(json.dumps({**figures, "cpu": {"service": used, "visitors": own, "load": before}}))
        return
    print(
        f"{given.visitors} visitors, one search in {EVERY:g} s each, for {given.seconds:g} s; "
        f"load of the machine before: {before:.1f} on {os.cpu_count()} cores"
    )
    print(f"{'':24}{'n':>8}{'errors':>8}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for what, one in figures.items():
        print(
            f"{what:24}{one['n']:>8.0f}{one['errors']:>8.0f}"
            f"{one['p50']:>9.1f}{one['p99']:>9.1f}{one['max']:>9.1f}"
        )
    print(f"processor seconds: {used:.0f} of the service, {own:.0f} of its visitors")


if __name__ == "__main__":
    main()

"""Searches a second over HTTP, all of them different, and what deliveries notice of them.

The real service with the shared OS2 documents (else the sample handbook), in a process of its own;
this process is the client, over raw sockets on the same machine, so that it is paid for out of the
same cores. First every question is new to the service, then the same hundred come again and again.
Then deliveries, four at a time: alone, and while eight others search as fast as they are answered.
At the end, what the service's processes hold of the memory.

    python -m benchmarks.http [--count 3000] [--connections 8] [--rounds 3] [--json]
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

import numpy as np

from benchmarks.blown_up import questions
from benchmarks.intake import deliver, free_port, server
from index.build import build
from index.passages import Source
from index.versions import Versions

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or ROOT.parent / "shared" / "data")
DELIVERIES_SECONDS, DELIVERING = 3.0, 4
WARMING_UP = 2000  # searches, during which the process that searches is started
KEYS = ("per_second", "p50", "p99", "cpu")

# Port, questions, connections and where to put the milliseconds of each request.
Load = Callable[[int, Sequence[str], int, list[float]], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True)
class Run:
    """What one round measured: answered per second, milliseconds each, and of the server's CPU."""

    per_second: float
    p50: float
    p99: float
    cpu: float


async def _search(port: int, asked: Iterator[str], until: float, took: list[float]) -> None:
    """Search for one question after the other over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for question in asked:
        if time.perf_counter() > until:
            break
        path = f"/api/v1/search?q={quote(question)}&limit=10"
        began = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        took.append((time.perf_counter() - began) * 1000)
    writer.close()


async def _searches(port: int, asked: Sequence[str], connections: int, took: list[float]) -> None:
    waiting = iter(asked)
    until = time.perf_counter() + 60
    await asyncio.gather(*(_search(port, waiting, until, took) for _ in range(connections)))


async def _deliveries(port: int, asked: Sequence[str], connections: int, took: list[float]) -> None:
    """Deliveries, while that many connections search; none for deliveries alone."""
    until = time.perf_counter() + DELIVERIES_SECONDS
    searching = cycle(asked)
    await asyncio.gather(
        *(deliver(port, until, took) for _ in range(DELIVERING)),
        *(_search(port, searching, until, []) for _ in range(connections)),
    )


def _measured(load: Load, port: int, process: int, asked: Sequence[str], connections: int) -> Run:
    took: list[float] = []
    began, busy = time.perf_counter(), cpu_seconds(process)
    asyncio.run(load(port, asked, connections, took))
    spent, busy = time.perf_counter() - began, cpu_seconds(process) - busy
    p50, p99 = np.percentile(took, [50, 99])
    return Run(len(took) / spent, float(p50), float(p99), busy / len(took) * 1000)


def cpu_seconds(process: int) -> float:
    """What a service has used of the cores so far: https://man7.org/linux/man-pages/man5/proc.5.html."""
    stats = (Path(f"/proc/{one}/stat").read_text() for one in _processes(process))
    fields = [stat.rpartition(") ")[2].split() for stat in stats]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: int) -> dict[str, float]:
    """The memory of a service: resident in all, and with shared pages counted once (`Pss`)."""
    rolled = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in _processes(process)]
    return {
        name: sum(int(text.split(f"\n{name}:")[1].split()[0]) for text in rolled) / 1024
        for name in ("Rss", "Pss")
    }


def _processes(process: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    return [process, *(int(child) for listed in children for child in listed.read_text().split())]


def documents() -> Path:
    """The shared OS2 documents where they are, else the sample handbook."""
    shared = SHARED / "os2-docs"
    return shared if shared.is_dir() else ROOT / "samples" / "handbook"


def main() -> None:
    """Print the table of medians, and the machine-readable line where asked for."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.http")
    options.add_argument("--count", type=int, default=3000, help="searches in a round")
    options.add_argument("--connections", type=int, default=8)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    runs: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build([Source("docs", str(documents()))], folder / "index", now=datetime.now(UTC))
        index = Versions(folder / "index").current()
        assert index is not None
        texts = [passage.text for passage in index.passages]
        asked = questions(texts, given.count * given.rounds + WARMING_UP)
        port = free_port()
        with server(["-m", "os2kb.cli", "serve"], folder, port) as process:
            _measured(_searches, port, process, asked[-WARMING_UP:], 4)
            for number in range(given.rounds):
                new = asked[number * given.count : (number + 1) * given.count]
                again = list(islice(cycle(asked[-100:]), given.count))
                for name, load, what, connections in (
                    ("searches, each of them new", _searches, new, given.connections),
                    ("searches, a hundred over and over", _searches, again, given.connections),
                    ("deliveries alone", _deliveries, new, 0),
                    ("deliveries while others search", _deliveries, new, given.connections),
                ):
                    run = _measured(load, port, process, what, connections)
                    runs.setdefault(name, []).append(run)
            memory = _megabytes(process)
    _print(runs, memory, given.json)


def _print(runs: dict[str, list[Run]], memory: dict[str, float], as_json: bool) -> None:
    middle = {
        name: {key: statistics.median(getattr(run, key) for run in measured) for key in KEYS}
        for name, measured in runs.items()
    }
    if as_json:
        print(json.dumps({**middle, "megabytes": memory}))
        return
    print(f"{'':40}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}")
    for name, run in middle.items():
        rate, p50, p99, cpu = run.values()
        print(f"{name:40}{rate:>12.0f}{p50:>9.1f}{p99:>9.1f}{cpu:>9.2f}")
    resident, once = memory.values()
    print(f"memory: {resident:.0f} MB resident, {once:.0f} with shared pages counted once")


if __name__ == "__main__":
    main()

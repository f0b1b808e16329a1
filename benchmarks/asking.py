"""What remembering answers gains, and what deliveries pay for the log of them.

The real service, twice, on the sample handbook: one keeps what is asked, the other nothing
(`OS2KB_ANSWER_LOG_DAYS=0`). First four clients ask questions that are all new, then one that is
not. Then four others deliver webhooks while the four ask. Rounds alternate. Read the ratios.

    python -m benchmarks.asking [--seconds 3] [--rounds 3] [--json]
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from benchmarks.intake import deliver, free_port, server
from index.build import build
from index.passages import Source

HANDBOOK = Path(__file__).parents[1] / "samples" / "handbook"
CLIENTS = 4
SERVE = ["-m", "os2kb.cli", "serve"]
_NUMBERS = count()

Ask = Callable[[], str]


def new() -> str:
    """A question that nobody asked before."""
    return f"Hvor mange godkendelser skal pull request {next(_NUMBERS)} have?"


def known() -> str:
    """A question that everybody asks."""
    return "Hvor mange godkendelser skal en pull request have?"


async def _ask(port: int, question: Ask, until: float, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        body = json.dumps({"question": question()}).encode()
        head = (
            "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert answer.startswith(b"http/1.1 200"), answer
        await reader.readexactly(int(answer.split(b"content-length: ")[1].split(b"\r\n")[0]))
        took.append((time.perf_counter() - began) * 1000)
    writer.close()


async def _round(port: int, seconds: float, question: Ask, deliverers: int) -> dict[str, float]:
    asked: list[float] = []
    delivered: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(
        *(_ask(port, question, until, asked) for _ in range(CLIENTS)),
        *(deliver(port, until, delivered) for _ in range(deliverers)),
    )
    figures = {"asked per second": len(asked) / seconds, "asked p50 ms": statistics.median(asked)}
    if delivered:
        figures["delivered per second"] = len(delivered) / seconds
        figures["delivered p50 ms"] = statistics.median(delivered)
    return figures


SCENES: dict[str, tuple[Ask, int]] = {
    "new questions": (new, 0),
    "one known question": (known, 0),
    "new questions beside deliveries": (new, CLIENTS),
}


def _measure(seconds: float, rounds: int) -> Iterator[tuple[str, str, dict[str, float]]]:
    with ExitStack() as stack:
        ports = {}
        for name, days in (("log kept", "180"), ("nothing kept", "0")):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            source = Source("handbook", str(HANDBOOK))
            build([source], folder / "index", now=datetime.now(UTC))
            (folder / ".env").write_text(f"OS2KB_ANSWER_LOG_DAYS={days}\n")
            ports[name] = free_port()
            stack.enter_context(server(SERVE, folder, ports[name]))
        for _ in range(rounds):
            for scene, (question, deliverers) in SCENES.items():
                for name, port in ports.items():
                    yield scene, name, asyncio.run(_round(port, seconds, question, deliverers))


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.asking")
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    measured: dict[tuple[str, str], list[dict[str, float]]] = {}
    for scene, name, figures in _measure(given.seconds, given.rounds):
        measured.setdefault((scene, name), []).append(figures)
    middle = {
        at: {key: statistics.median(each[key] for each in runs) for key in runs[0]}
        for at, runs in measured.items()
    }
    if given.json:
        print(json.dumps({" · ".join(at): figures for at, figures in middle.items()}))
        return
    print(f"{CLIENTS} clients ask; medians of {given.rounds} rounds; {os.cpu_count()} cores")
    for (scene, name), figures in middle.items():
        shown = "  ".join(f"{key} {figure:.1f}" for key, figure in figures.items())
        print(f"{scene:34}{name:14}{shown}")


if __name__ == "__main__":
    main()

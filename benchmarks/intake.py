"""How many deliveries are acknowledged, each on disk first, beside two plain services.

They use the same framework and the same durability (WAL, synchronous=FULL), and commit each
delivery alone. All servers are processes of their own and take the same signed deliveries over the
same number of connections; the runs alternate, so that a noisy machine harms all alike. Read the
ratios, not the rates: what a commit costs is what the disk's fsync costs.

    python -m benchmarks.intake [--seconds 5] [--connections 16] [--rounds 3] [--json]
"""

import argparse
import asyncio
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

import httpx
from starlette.concurrency import run_in_threadpool

from webhooks.deliveries.signatures import sign

SECRET = "benchmark"
# A usual delivery is 10 to 25 KB.
BODY = json.dumps(
    {
        "action": "opened",
        "issue": {"number": 1, "updated_at": "2026-03-02T08:00:00Z", "body": "x" * 15_000},
        "repository": {"id": 1, "full_name": "os2demo/os2demo"},
        "sender": {"login": "ida", "type": "User"},
    }
).encode()


CONTENDERS = {
    "os2kb: on disk in groups": ["-m", "os2kb.cli", "serve"],
    "one commit a request, in the thread pool": ["-m", "benchmarks.intake", "--serve", "threads"],
    "one commit a request, in the event loop": ["-m", "benchmarks.intake", "--serve", "loop"],
}


@dataclass(frozen=True, slots=True)
class Run:
    """What one round measured: acknowledged per second, and milliseconds each."""

    per_second: float
    p50: float
    p99: float


async def _load(port: int, seconds: float, connections: int) -> Run:
    """Post deliveries over raw sockets: an HTTP client library would be what is measured."""
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(deliver(port, began + seconds, took) for _ in range(connections)))
    spent = time.perf_counter() - began
    ranked = sorted(took)
    return Run(len(took) / spent, ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.99)])


async def deliver(port: int, until: float, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    signature = sign(BODY, SECRET)
    while time.perf_counter() < until:
        head = (
            "POST /webhooks/github HTTP/1.1\r\nHost: localhost\r\n"
            "Content-Type: application/json\r\nX-GitHub-Event: issues\r\n"
            f"X-GitHub-Delivery: {uuid4()}\r\nX-Hub-Signature-256: {signature}\r\n"
            f"Content-Length: {len(BODY)}\r\n\r\n"
        )
        began = time.perf_counter()
        writer.write(head.encode() + BODY)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 202"), answer
        length = next(
            int(line.split(b":")[1])
            for line in answer.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        took.append((time.perf_counter() - began) * 1000)
    writer.close()


@contextmanager
def server(arguments: list[str], folder: Path, port: int) -> Iterator[int]:
    """A process with the service, or a plain one, until the end of the block; gives its id."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OS2KB_")}
    environment |= {
        "OS2KB_DATA_DIR": str(folder),
        "OS2KB_PORT": str(port),
        "OS2KB_GITHUB_WEBHOOK_SECRET": SECRET,
        "OS2KB_REQUESTS_A_MINUTE": "0",  # all of the load comes from one address
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    url = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments], env=environment, cwd=folder, stdout=log, stderr=log
        )
        try:
            for _ in range(400):
                try:
                    httpx.get(f"{url}/healthz", trust_env=False)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield process.pid
        finally:
            process.terminate()
            process.wait(20)


def serve_plain(threads: bool) -> None:
    """A plain service: verify, one INSERT, one commit, 202.

    Args:
        threads: the framework's usual way, a synchronous endpoint in its thread pool through
            SQLAlchemy; else the leanest there is, sqlite3 in the event loop, which blocks every
            other request while the disk works.
    """
    import uvicorn
    from fastapi import FastAPI, Request, Response
    from pydantic import SecretStr
    from sqlalchemy import text

    from os2kb.store.database import open_database
    from webhooks.deliveries.signatures import is_signed

    database = open_database(f"sqlite:///{Path('plain.db').absolute()}")
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE deliveries (identifier TEXT PRIMARY KEY, body BLOB)"))
    lean = database.raw_connection().driver_connection
    assert isinstance(lean, sqlite3.Connection)
    lean.isolation_level = None
    insert = "INSERT OR IGNORE INTO deliveries VALUES (:identifier, :body)"
    app = FastAPI()

    @app.get("/healthz")
    async def healthz() -> str:
        return "ok"

    @app.post("/webhooks/github")
    async def receive(request: Request) -> Response:
        body = await request.body()
        if not is_signed(body, request.headers["x-hub-signature-256"], [SecretStr(SECRET)]):
            return Response(status_code=401)
        json.loads(body)
        row = {"identifier": request.headers["x-github-delivery"], "body": body}
        if threads:
            await run_in_threadpool(commit, row)
        else:
            lean.execute(insert, row)
        return Response(status_code=202)

    def commit(row: Mapping[str, object]) -> None:
        with database.begin() as connection:
            connection.execute(text(insert), row)

    uvicorn.run(app, port=int(os.environ["OS2KB_PORT"]), log_level="warning", access_log=False)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _middle(runs: list[Run]) -> Run:
    return Run(
        statistics.median(run.per_second for run in runs),
        statistics.median(run.p50 for run in runs),
        statistics.median(run.p99 for run in runs),
    )


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.intake")
    options.add_argument("--seconds", type=float, default=5)
    options.add_argument("--connections", type=int, default=16)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true")
    options.add_argument("--serve", choices=["threads", "loop"], help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.serve:
        serve_plain(threads=given.serve == "threads")
        return
    runs: dict[str, list[Run]] = {name: [] for name in CONTENDERS}
    with ExitStack() as stack:
        ports = {}
        for name, arguments in CONTENDERS.items():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            ports[name] = free_port()
            stack.enter_context(server(arguments, folder, ports[name]))
        for _ in range(given.rounds):
            for name, port in ports.items():
                runs[name].append(asyncio.run(_load(port, given.seconds, given.connections)))
    figures = {name: _middle(measured) for name, measured in runs.items()}
    if given.json:
        print(json.dumps({name: asdict(run) for name, run in figures.items()}))
        return
    print(f"{len(BODY)} bytes, {given.connections} connections, medians of {given.rounds} rounds")
    print(f"{'':44}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
    ours = figures[next(iter(CONTENDERS))].per_second
    for name, run in figures.items():
        ratio = ours / run.per_second
        print(f"{name:44}{run.per_second:>12.0f}{run.p50:>9.1f}{run.p99:>9.1f}{ratio:>8.2f}")
    print("ratio: os2kb to that row; above 1 means that os2kb acknowledges more")


if __name__ == "__main__":
    main()

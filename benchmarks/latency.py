"""Milliseconds of a search in process, one thread, on corpora of several sizes.

The real documents (the shared OS2 documents where they are, else the sample handbook), and corpora
blown up from them (see benchmarks/blown_up.py). Each is searched by a process of its own, with
questions that are all different, in the words of its passages. CPU is what a search takes where
nobody else wants the cores. The real documents are then served, for what `os2kb serve` needs.

    python -m benchmarks.latency [--passages 10000 100000] [--searches 1000] [--json]
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import numpy as np

from benchmarks.blown_up import blow_up, questions
from benchmarks.http import documents
from benchmarks.intake import free_port, server
from index.build import build
from index.passages import Source
from index.versions import Versions

Figures = dict[str, float]


def main() -> None:
    """Print the table, and as JSON where asked for."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.latency")
    options.add_argument("--passages", type=int, nargs="*", default=[10_000])
    options.add_argument("--searches", type=int, default=1000)
    options.add_argument("--json", action="store_true")
    options.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.index:
        print(json.dumps(_searched(given.index, given.searches)))
        return
    rows: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        rows["real documents"] = _figures(documents(), root / "real", given.searches)
        served = _served(root / "real")
        for count in given.passages:
            folder = blow_up(documents(), root / str(count) / "documents", count)
            rows[f"blown up to {count:,}"] = _figures(folder, root / str(count), given.searches)
    if given.json:
        print(json.dumps({**rows, "served": served}))
        return
    names = list(next(iter(rows.values())))
    print(f"{'':22}" + "".join(f"{name:>11}" for name in names))
    for row, figures in rows.items():
        print(f"{row:22}" + "".join(f"{figures[name]:>11,.2f}" for name in names))
    print("; ".join(f"{name} {value:.1f}" for name, value in served.items()))


def _figures(folder: Path, root: Path, searches: int) -> Figures:
    """Build in this process, search in another: what a build leaves in memory is not counted."""
    report = build([Source("docs", str(folder))], root / "index", now=datetime.now(UTC))
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.latency"),
            *("--index", str(root / "index"), "--searches", str(searches)),
        ],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[1],
    )
    figures: dict[str, Any] = json.loads(ran.stdout)
    return {"passages": report.passages, "build s": report.seconds, **figures}


def _searched(root: Path, searches: int) -> Figures:
    began = time.perf_counter()
    index = Versions(root).current()
    load_seconds = time.perf_counter() - began
    assert index is not None
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    asked = questions([passage.text for passage in index.passages], searches + 200)
    for question in asked[searches:]:
        index.search(question)
    took, busy, suggested = [], [], []
    for question in asked[:searches]:
        began, worked = time.perf_counter(), time.thread_time()
        index.search(question)
        took.append((time.perf_counter() - began) * 1000)
        busy.append((time.thread_time() - worked) * 1000)
    # Not in between: each would find the processor's caches full of the other's data.
    for question in asked[:searches]:
        began = time.perf_counter()
        index.suggest(question[:8])
        suggested.append((time.perf_counter() - began) * 1000)
    p50, p95, p99 = np.percentile(took, [50, 95, 99])
    return {
        "p50 ms": p50,
        "p95 ms": p95,
        "p99 ms": p99,
        "CPU p50": float(np.median(busy)),
        "CPU p95": float(np.percentile(busy, 95)),
        "suggest": float(np.median(suggested)),
        "load s": load_seconds,
        "RSS MB": loaded,
        "disk MB": sum(f.stat().st_size for f in root.rglob("*") if f.is_file()) / 1e6,
    }


def _served(folder: Path) -> Figures:
    """Seconds from the start of `os2kb serve` to its first answer, and its memory then."""
    port = free_port()
    began = time.perf_counter()
    with server(["-m", "os2kb.cli", "serve"], folder, port) as process:
        with urlopen(f"http://127.0.0.1:{port}/api/v1/search?q=samarbejde") as answer:
            answer.read()
        spent = time.perf_counter() - began
        status = Path(f"/proc/{process}/status").read_text()
    rss = int(status.split("VmRSS:")[1].split()[0]) / 1024
    return {"served after s": spent, "its RSS MB": rss}


if __name__ == "__main__":
    main()

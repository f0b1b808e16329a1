"""Building: seconds and memory of whole `os2kb` processes, from start to exit.

With the shared OS2 documents where they are, else with the sample handbook:

    python -m benchmarks.build
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or ROOT.parent / "shared" / "data")
# What the project promises for the shared documents; RSS is of the largest process.
SECONDS = {"first build": 30, "nothing changed": 1, "one file changed": 2, "ready from disk": 2}
MEGABYTES = 400
READY = """
from pathlib import Path
from index.versions import Versions
index = Versions(Path({root!r})).current()
print(index.search("Hvem ejer produktet?").total)
"""


@dataclass(frozen=True)
class Spent:
    """Of one process: wall seconds from start to exit, what it says it took, and most memory.

    `cpu` is what it and its own processes computed: what the wall says of a machine of its own.
    """

    seconds: float
    cpu: float
    inside: float
    megabytes: float


def main() -> None:
    """Print a table of what each step costs, and the machine-readable line after it."""
    with tempfile.TemporaryDirectory() as folder:
        docs, data = Path(folder, "docs"), Path(folder, "data")
        shutil.copytree(_documents(), docs, symlinks=True)
        build = [sys.executable, "-m", "os2kb.cli", "index", "build", str(docs), "--json"]
        spent = {"first build": _run(build, data)}
        spent["nothing changed"] = _run(build, data)
        changed = sorted(docs.rglob("*.md"))[7]
        changed.write_text(changed.read_text("utf-8") + "\n\nEn ny linje om drift.\n", "utf-8")
        spent["one file changed"] = _run(build, data)
        script = READY.format(root=str(data / "index"))
        spent["ready from disk"] = _run([sys.executable, "-c", script], data)
        size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
        documents = len([path for path in docs.rglob("*") if path.is_file()])
    _print(spent, f"{documents} files; two versions, vectors and all take {size / 1e6:.0f} MB")


def _documents() -> Path:
    shared = SHARED / "os2-docs"
    return shared if shared.is_dir() else ROOT / "samples" / "handbook"


def _run(command: list[str], data: Path) -> Spent:
    """The process and the largest of its own, by what the kernel counted."""
    environment = {**os.environ, "OS2KB_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    started = perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    said = json.loads(output)
    inside = said["seconds"] if isinstance(said, dict) else seconds
    return Spent(seconds, used.ru_utime + used.ru_stime, inside, used.ru_maxrss / 1024)


def _print(spent: dict[str, Spent], title: str) -> None:
    table = Table(
        "", "seconds", "of CPU", "of them building", "asked for", "MB", "asked for", title=title
    )
    for name, one in spent.items():
        table.add_row(
            name,
            f"{one.seconds:.2f}",
            f"{one.cpu:.2f}",
            f"{one.inside:.2f}",
            f"≤ {SECONDS[name]}",
            f"{one.megabytes:.0f}",
            f"≤ {MEGABYTES}",
        )
    Console().print(table)
    figures = {
        name: {
            "seconds": round(one.seconds, 2),
            "cpu": round(one.cpu, 2),
            "megabytes": round(one.megabytes),
        }
        for name, one in spent.items()
    }
    print(json.dumps({"benchmark": "build", **figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()

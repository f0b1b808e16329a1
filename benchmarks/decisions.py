"""Processor seconds to read, write and lint a log of 2,000 decisions, and the worst of files.

python -m benchmarks.decisions
"""

import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from index.danish import words
from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Log
from os2kb.decisions.lint.lint import lint
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.writing.files import written_file
from os2kb.decisions.writing.index_page import index_page
from os2kb.decisions.writing.names import file_name

ENTRIES = 2_000
WORDS = tuple(
    words(
        "drift server aftale leverandør kommune møde budget skærm kalender version udbud sikkerhed "
        "opdatering bruger adgang plan projekt gruppe dokument test udvikling support release kode "
        "styregruppe ansvar økonomi tid kvalitet data integration løsning behov krav ændring"
    )
)


def some(dice: Random, count: int) -> str:
    """So many words, as a sentence."""
    return " ".join(dice.choices(WORDS, k=count)).capitalize() + "."


def drawn(number: int) -> Decision:
    """A decision of two pages, with a link and a successor now and then."""
    dice = Random(number)
    replaced = number % 20 == 0
    return Decision(
        title=some(dice, 6).strip("."),
        id=str(number),
        type=dice.choice(("ADR", "SDR", "ODR")),
        date=date(2020, 1, 1) + timedelta(days=number),
        status_text=f"Erstattet af SDR-{number + 1}" if replaced else "Accepteret",
        deciders=("Styregruppen",),
        decision=some(dice, 60),
        context="\n\n".join(some(dice, 80) for _ in range(4)),
        consequences="\n".join(f"- {some(dice, 15)}" for _ in range(5)),
        references=f"- Se [{number}](../krav.md) og os2demo/os2demo#{number}",
        supersedes=(str(number - 1),) if (number - 1) % 20 == 0 and number > 1 else (),
        issue=f"os2demo/os2demo#{number}",
    )


def timed(what: str, run: Callable[[], object]) -> None:
    """Print one line."""
    began = process_time()
    run()
    print(f"{what:56}{process_time() - began:>8.2f} s")


def lint_as_a_command(files: Mapping[str, str]) -> None:
    """Print what `os2kb decisions lint` of a folder takes, from start to end."""
    with TemporaryDirectory() as folder:
        for name, text in {**files, "krav.md": "# Krav"}.items():
            Path(folder, name).write_text(text, "utf-8")
        spent, began = getrusage(RUSAGE_CHILDREN).ru_utime, perf_counter()
        command = [sys.executable, "-m", "os2kb.cli", "decisions", "lint", folder]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        took, spent = perf_counter() - began, getrusage(RUSAGE_CHILDREN).ru_utime - spent
    print(f"{'os2kb decisions lint, 2,000 files':56}{spent:>8.2f} s ({took:.2f} by the clock)")


def main() -> None:
    """Print one line a task."""
    decisions = [drawn(number) for number in range(1, ENTRIES + 1)]
    files = {file_name(one): written_file(one) for one in decisions}
    entries: list[Entry] = []

    def read() -> None:
        entries.extend(entry for path, text in files.items() for entry in read_file(path, text))

    timed("2,000 decisions written", lambda: [written_file(one) for one in decisions])
    timed("2,000 files read", read)
    lines = {path: text.split("\n") for path, text in files.items()}
    log = Log(tuple(entries), lines, {*files, "krav.md"})
    timed("2,000 decisions linted", lambda: lint(log))
    lint_as_a_command(files)
    timed("their overview", lambda: index_page(dict(zip(files, decisions, strict=True))))
    alike = [Decision(title="Fælles drift", decision="Ja.", id=str(n)) for n in range(ENTRIES)]
    same = Log(tuple(Entry(one, "files", f"{one.id}.md") for one in alike), {})
    timed("2,000 that all say the same linted", lambda: lint(same))
    for piece in ("## Status\n\nx\n", "```x\n", "<!--", "> > > - ", "[](", "- **Dato**: x\n"):
        text = files[next(iter(files))] + piece * (1_000_000 // len(piece))
        timed(f"1 MB of {piece!r} read", lambda text=text: read_file("beslutninger/a.md", text))


if __name__ == "__main__":
    main()

"""A decision log on this machine."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from os2kb.cli.decisions.told import UNREADABLE, why
from os2kb.cli.language import language
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they take time to import, which would slow down `os2kb --help`
    from os2kb.decisions.entry import Entry
    from os2kb.decisions.lint.finding import Log

LogPath = Annotated[
    Path, typer.Argument(metavar="[PATH]", help="A folder, or a page that holds them all.")
]
USUAL = Path("beslutninger")
_MOST = 20_000  # files that are looked at
_LARGEST = 5_000_000  # bytes of a file that is read
_TEXTS = (".md", ".markdown")
_NOT_THERE = Phrase(
    "{} findes ikke. Skriv stien til beslutningsloggen: en mappe eller en side.",
    "{} is not there. Write the path of the decision log: a folder or a page.",
)
_NONE = Phrase(
    "Der er ingen beslutninger i {}. docs/decisions.md viser, hvordan de skrives.",
    "There are no decisions in {}. docs/decisions.md shows how they are written.",
)


def log_in(path: Path, *, english: bool) -> "Log":
    """The log at a path; ends the command with 2 where there is none."""
    from index.reading.decoding import Unreadable, decode, split_lines
    from os2kb.decisions.lint.finding import Log
    from os2kb.decisions.reading.read import read_file

    if not path.exists():
        _end(_NOT_THERE, english, path)
    root = path if path.is_dir() else path.parent
    paths = {one.relative_to(root).as_posix(): one for one in _files(root)}
    wanted = paths if path.is_dir() else {path.name: path}
    entries: list[Entry] = []
    lines: dict[str, list[str]] = {}
    for name in sorted(wanted):
        if wanted[name].suffix.lower() not in _TEXTS and wanted[name] != path:
            continue
        try:
            raw = wanted[name].read_bytes()[:_LARGEST]
        except OSError as wrong:
            _end(UNREADABLE, english, wanted[name], why(wrong, language(english=english)))
        try:
            text = decode(raw)
        except Unreadable:
            continue
        if found := read_file(name, text):
            entries += found
            lines[name] = split_lines(text)
    folders = {parent.as_posix() for name in paths for parent in Path(name).parents}
    return Log(tuple(entries), lines, paths.keys() | folders, root.resolve().name)


def require_some(entries: "Sequence[Entry]", where: object, *, english: bool) -> None:
    """End the command with 2 where a log holds nothing."""
    if not entries:
        _end(_NONE, english, where)


def _end(said: Phrase, english: bool, *of: object) -> NoReturn:
    from os2kb.governance.harmless.neutralise import scrub

    text = said.en if english else said.da
    typer.echo(scrub(text.format(*of)), err=True)
    raise typer.Exit(2)


def _files(root: Path) -> Iterator[Path]:
    """The files below a folder, without those of hidden folders."""
    count = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            count += 1
            if count > _MOST:
                return
            yield Path(folder, name)

"""The one form of a line, however it was written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from os2kb.backlog.markup.document import Line, Mark, Run, Text
from os2kb.backlog.markup.seen import BARE_ADDRESS, seen, trimmed, web_address

_PIECES = re.compile(r"\s+|\S+")
_SPACE = Run(" ")


def normal_text(text: Iterable[Line]) -> Text:
    """The lines that show something."""
    return tuple(line for line in map(normal_line, text) if line)


def normal_line(line: Line) -> Line:
    """The line with single spaces, and neighbours that look alike in one run.

    A space is marked as both its neighbours are, so that `*a* *b*` and `*a b*` are one form.
    """
    pieces: list[Run] = []
    for run in _merged(_checked(line)):
        pieces += _whole(run) if run.code else _words(run)
    return tuple(_merged(_spaced(pieces)))


def plain(line: Line) -> str:
    """The characters of a line."""
    return "".join(run.text for run in line)


def one_line(text: Text) -> Line:
    """Some lines as one."""
    joined: list[Run] = []
    for line in text:
        joined += [_SPACE, *line] if joined else line
    return normal_line(tuple(joined))


def marked(text: Text, mark: Mark) -> Text:
    """The text with one mark more."""
    return tuple(tuple(replace(run, marks=run.marks | {mark}) for run in line) for line in text)


def _checked(line: Line) -> Iterator[Run]:
    for run in line:
        text = seen(run.text)
        if text:
            yield replace(run, text=text, link=web_address(run.link) if run.link else "")


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    for (marks, link, code), alike in groupby(
        runs, key=lambda run: (run.marks, run.link, run.code)
    ):
        text = "".join(run.text for run in alike)
        if text:
            yield Run(text, marks, link, code)


def _whole(run: Run) -> Iterator[Run]:
    """A run whole, with single spaces, and those at its ends outside."""
    words = run.text.split()
    if not words or run.text[0].isspace():
        yield _SPACE
    if words:
        yield replace(run, text=" ".join(words))
        if run.text[-1].isspace():
            yield _SPACE


def _words(run: Run) -> Iterator[Run]:
    """Its words, each web address among them as a link; all at once where there is none."""
    if run.link or not BARE_ADDRESS.search(run.text):
        yield from _whole(run)
        return
    for found in _PIECES.finditer(run.text):
        word = found[0]
        if word.isspace():
            yield _SPACE
        else:
            yield from _addresses(replace(run, text=word))


def _addresses(word: Run) -> Iterator[Run]:
    """A word with each web address in it as a link."""
    at = 0
    for found in BARE_ADDRESS.finditer(word.text):
        address = trimmed(found[0])
        link = web_address(address)
        if link:
            yield replace(word, text=word.text[at : found.start()])
            yield replace(word, text=address, link=link)
            at = found.start() + len(address)
    yield replace(word, text=word.text[at:])


def _spaced(pieces: list[Run]) -> Iterator[Run]:
    before: Run | None = None
    gap = False
    for piece in pieces:
        if not piece.text:
            continue
        if piece is _SPACE:
            gap = True
            continue
        if gap and before is not None:
            link = before.link if before.link == piece.link else ""
            yield Run(" ", before.marks & piece.marks, link)
        yield piece
        before, gap = piece, False

"""One log fed by closed issues: `## BDR-#42: titel (2026-05-02)`, and what it says below."""

import re
from collections.abc import Sequence

from os2kb.decisions.entry import Entry
from os2kb.decisions.reading.blocks import Blocks, parsed
from os2kb.decisions.reading.document import read_document

_ENTRY = re.compile(r" {0,3}(?P<level>#{1,2}) +BDR\b.*")
_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?: .*)?")


def is_log(lines: Sequence[str]) -> bool:
    """Whether it holds at least one entry."""
    return any(_ENTRY.fullmatch(line) for line in lines)


def read_log(lines: Sequence[str], path: str = "") -> tuple[Entry, ...]:
    """The decisions of a log, in its order."""
    found: list[Entry] = []
    for first, end in _spans(lines):
        entry = read_document(lines[first:end], "log", path, offset=first, certain=True)
        found += [entry] if entry else []
    return tuple(found)


def _spans(lines: Sequence[str]) -> list[tuple[int, int]]:
    """First line and the one after the last of each entry: down to a heading as high as its own."""
    spans: list[tuple[int, int]] = []
    begun: tuple[int, int] | None = None  # first line and level of the entry that is being read
    blocks = Blocks(parsed(lines))
    headings = [first for kind, first, _ in blocks.between(0, len(lines)) if kind == "heading_open"]
    for number in [*headings, len(lines)]:
        heading = _HEADING.fullmatch(lines[number]) if number < len(lines) else None
        level = len(heading["level"]) if heading else 0
        if begun and level <= begun[1]:
            spans.append((begun[0], number))
            begun = None
        if begun is None and number < len(lines) and _ENTRY.fullmatch(lines[number]):
            begun = (number, level)
    return spans

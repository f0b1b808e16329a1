"""A status that is ticked among all there are: in a table, or in a list of boxes.

| Forslag | Accepteret | Erstattet | Afvist |        | Status     | Dato       |
|---------|------------|-----------|--------|        |------------|------------|
| x       | 2026-05-02 |           |        |        | Forslag    | 2026-04-01 |
                                                     | Accepteret | 2026-05-02 |
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.plain import plain
from os2kb.decisions.dates import date_in
from os2kb.decisions.status import said_of

_BOX = re.compile(r"\s*[-*+] +\[(?P<mark>[ xX])\] +(?P<text>.+)")
_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|?)+\s*")
_EMPTY = re.compile(r"(?:\[ ?\]|[-–—☐\s])*")
_FEWEST = 2  # statuses: one alone is a value, and nothing to choose among
_LONGEST = 30  # characters of a status that is one of those offered


@dataclass(frozen=True, slots=True)
class Ticked:
    """What is ticked last, and the text without the table.

    Attributes:
        date: as the tick says it; empty where it says none.
        line: from 0, of the tick.
    """

    status: str
    date: str
    line: int
    rest: str


def ticked_in(text: str) -> Ticked | None:
    """The status that is ticked in some lines; None where none is offered, or none is ticked."""
    lines = text.split("\n")
    boxes = [(n, match) for n, line in enumerate(lines) if (match := _BOX.fullmatch(line))]
    offered = [(n, match) for n, match in boxes if _is_status(match["text"])]
    if len(offered) >= _FEWEST:
        found = [(n, plain(match["text"]), "") for n, match in offered if match["mark"] != " "]
        return _last(found, lines, {n for n, _ in offered})
    rows = [(n, _cells(line)) for n, line in enumerate(lines) if "|" in line]
    across = next((one for one in rows if sum(map(_is_status, one[1])) >= _FEWEST), None)
    table = {n for n, _ in rows}
    if across:
        return _last(list(_across(across[1], rows[rows.index(across) + 1 :])), lines, table)
    down = [(n, cells) for n, cells in rows if cells and _is_status(cells[0])]
    if len(down) < _FEWEST:
        return None
    marked = ((n, cells[0], " ".join(filter(_is_mark, cells[1:]))) for n, cells in down)
    return _last([one for one in marked if one[2]], lines, table)


def _across(
    head: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[tuple[int, str, str]]:
    for number, cells in rows:
        for status, cell in zip(head, cells, strict=False):
            if _is_status(status) and _is_mark(cell):
                yield number, status, cell


def _last(
    ticked: Sequence[tuple[int, str, str]], lines: Sequence[str], table: set[int]
) -> Ticked | None:
    if not ticked:
        return None
    line, status, mark = ticked[-1]
    dated = date_in(mark)
    rest = "\n".join(one for n, one in enumerate(lines) if n not in table).strip()
    return Ticked(status, dated.written if dated else "", line, rest)


def _cells(line: str) -> list[str]:
    if _RULE.fullmatch(line):
        return []
    return [plain(cell) for cell in line.strip().strip("|").split("|")]


def _is_status(cell: str) -> bool:
    return len(cell) <= _LONGEST and said_of(cell).status != "unknown"


def _is_mark(cell: str) -> bool:
    return not _EMPTY.fullmatch(cell)

"""Tables of decisions and of actions, as minutes often end with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.plain import plain
from os2kb.decisions.minutes.layout import title_of_item
from os2kb.decisions.words import name_of

Column = Literal["about", "decision", "action", "who", "when"]
Kind = Literal["decision", "action"]

_WORDS: dict[Column, str] = {
    "about": "punkt punkter emne emner sag sager titel dagsordenspunkt tema",
    "decision": "beslutning beslutninger besluttet konklusion afgoerelse vedtaget",
    "action": "aktion aktioner aktionspunkt handling handlinger opgave opgaver action actions "
    "aktivitet aktiviteter opfoelgning hvad todo aftale",
    "who": "ansvarlig ansvarlige hvem tovholder ejer ansvar udfoeres",
    "when": "frist deadline hvornaar senest dato tidsfrist",
}
_COLUMNS = {column: frozenset(words.split()) for column, words in _WORDS.items()}
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*")
_LETTER = re.compile(r"[^\W\d]")
_EMPTY = re.compile(r"[\s.x_-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of such a table.

    Attributes:
        line: 1-based.
        said: the cell that says what was decided, or is to be done, as it stands.
        who: the cells that name whoever does it.
        about: the item of the agenda that another cell names; empty for none.
    """

    line: int
    kind: Kind
    said: str
    who: str
    about: str


def rows(lines: Sequence[str]) -> Iterator[Row]:
    """The rows of a document's tables of decisions and actions, in order."""
    columns: list[Column | None] = []
    for number, line in enumerate(lines):
        if "|" not in line:
            columns = []
        elif number + 1 < len(lines) and _RULE.fullmatch(lines[number + 1]) and "|" in line:
            columns = [_column(cell) for cell in _cells(line)]
        elif columns and not _RULE.fullmatch(line):
            row = _row(number + 1, columns, _cells(line))
            if row:
                yield row


def _row(line: int, columns: Sequence[Column | None], cells: Sequence[str]) -> Row | None:
    held = [(column, cell) for column, cell in zip(columns, cells, strict=False) if column]
    kind: Kind = "decision" if any(column == "decision" for column, _ in held) else "action"
    about = any(column in ("who", "when") for column, _ in held)
    said = next((cell for column, cell in held if column == kind), "")
    if not plain(said) or _EMPTY.fullmatch(plain(said)) or (kind == "action" and not about):
        return None
    who = ", ".join(plain(cell) for column, cell in held if column == "who")
    item = next((plain(cell) for column, cell in held if column == "about"), "")
    return Row(line, kind, said, who, title_of_item(item) if _LETTER.search(item) else "")


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _column(head: str) -> Column | None:
    words = set(name_of(head).split())
    return next((column for column, known in _COLUMNS.items() if words & known), None)

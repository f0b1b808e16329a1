"""Pages that hold several decisions: where each begins, and what it says of itself.

A log (`## BDR-#42: Fælles drift (2026-05-02)`) and a page of bullets (`- **Dato**: …` again and
again) are documents of many decisions, of which some hold and some do not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.passages import Status
from index.reading.blocks import Block
from index.reading.standing.dates import date_in
from index.reading.standing.decided import successor_in
from index.reading.standing.stated import status_said

_KEY = re.compile(
    r"[\s>*+-]*(?:\*\*|__)?(?P<key>dato|date|status|(?:erstattet|afløst) af|superseded by)"
    r"(?:\*\*|__)?\s*:(?:\*\*|__)?\s*(?P<value>.{2,400})",
    re.IGNORECASE,
)
_NAMES: Mapping[str, Literal["date", "status"]] = {
    "dato": "date",
    "date": "date",
    "status": "status",
}
_DAY_AT_END = re.compile(r"\((?P<day>[^()]{6,40})\)\s*$")


@dataclass(slots=True)
class Decided:
    """One decision of several on a page.

    Attributes:
        line: 0-based, where it begins.
        status: None where it states none.
        date: ISO 8601; empty where it states none.
        successor: what took its place, as it names it.
    """

    line: int
    status: Status | None = None
    date: str = ""
    successor: str = ""


class _Key(NamedTuple):
    """A key that stands on a line, and its value; the line is that of its block."""

    line: int
    name: Literal["date", "status", "successor"]
    value: str


def decisions_on(blocks: Sequence[Block], lines: Sequence[str]) -> tuple[Decided, ...]:
    """The decisions of a page in their order; none where it holds one, or nobody can tell.

    Each has a date: in its heading, or on a line of its own.
    """
    found: list[Decided] = []
    for headings, body in _sections(blocks):
        dated = [(one.first, day) for one in headings if (day := _day_of(one.title))]
        if dated:
            found.append(Decided(dated[-1][0], date=dated[-1][1]))
        for number, keys in enumerate(_split(_keys(body, lines))):
            begins = any(key.name == "date" for key in keys) and not (dated and number == 0)
            if begins:
                above = number == 0 and headings
                found.append(Decided(headings[0].first if above else keys[0].line))
            for key in keys:
                if found:
                    _take(found[-1], key)
    return tuple(found) if sum(bool(one.date) for one in found) > 1 else ()


def at(decided: Sequence[Decided], line: int) -> Decided | None:
    """The decision that a line (0-based) belongs to; None above the first."""
    return next((one for one in reversed(decided) if one.line <= line), None)


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], list[Block]]]:
    """Headings that stand together, and what stands below them."""
    headings: list[Block] = []
    body: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and body:
            yield headings, body
            headings, body = [], []
        (headings if block.kind == "heading" else body).append(block)
    yield headings, body


def _day_of(heading: str) -> str:
    at_end = _DAY_AT_END.search(heading)
    return date_in(at_end["day"]) if at_end else ""


def _keys(body: Sequence[Block], lines: Sequence[str]) -> Iterator[_Key]:
    for block in body:
        if block.kind not in ("item", "paragraph"):
            continue
        for line in lines[block.first : block.end]:
            if match := _KEY.match(line):
                written = match["key"].lower()
                yield _Key(block.first, _NAMES.get(written, "successor"), match["value"])


def _split(keys: Iterable[_Key]) -> Iterator[list[_Key]]:
    """The keys of one decision after the other: one that comes again is the next one's."""
    held: list[_Key] = []
    for key in keys:
        if key.name in {one.name for one in held}:
            yield held
            held = []
        held.append(key)
    yield held


def _take(one: Decided, key: _Key) -> None:
    if key.name == "date":
        one.date = date_in(key.value) or one.date
    elif key.name == "successor":
        one.status = "superseded"
        one.successor = successor_in(f"superseded by {key.value}") or one.successor
    elif one.status is None:
        one.status = status_said(key.value)
        one.successor = one.successor or successor_in(key.value)

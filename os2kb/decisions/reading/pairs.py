"""Keys and their values: the metadata of a decision, in a list, a table or lines of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from os2kb.decisions.guard import MARK, REPLACES, fences_in
from os2kb.decisions.reading.blocks import Blocks
from os2kb.decisions.reading.texts import value_of
from os2kb.decisions.words import KEYS_BY_NAME, name_of

_ITEM = re.compile(r"^ {0,3}[-*+][ ]+")
_PAIRS = (
    re.compile(r"\*\*(?P<key>[^*:]{1,80})\*\*: ?(?P<value>.*)"),
    re.compile(r"(?:\*\*|__)(?P<key>[^*_:]{1,80}?)\s*:?\s*(?:\*\*|__)\s*:?\s*(?P<value>.*)"),
    re.compile(r"(?P<key>[^*:|\[\]()]{1,40}?)\s*:(?!//)\s*(?P<value>.*)"),
)
_ROW = re.compile(r"\s*\|\s*(?P<key>[^|]{1,60}?)\s*\|\s*(?P<value>[^|]*?)\s*\|\s*")
_BOX = re.compile(r"\[(?P<mark>[ xX])\]\s")
_FEWEST_KEYS = 2  # of a list that is taken for the metadata where it does not come first


@dataclass(frozen=True, slots=True)
class Pair:
    """`- **Dato**: 2026-05-02`: a key, its value as written, and its 1-based line."""

    key: str
    value: str
    line: int

    @property
    def name(self) -> str:
        """The key as it is compared; empty where it is marked as nobody's."""
        return "" if self.key.endswith(MARK) else name_of(self.key)


def pair_of(written: str, line: int) -> Pair | None:
    """A line as key and value; None where it is none."""
    for form in _PAIRS:
        if match := form.fullmatch(written):
            return Pair(match["key"].strip(), value_of(match["value"]), line)
    return None


def take_pairs(
    lines: list[str], blocks: Blocks, first: int, end: int, *, whole: bool
) -> list[Pair]:
    """The pairs between two lines, which are blanked: a list, a table, or lines of their own."""
    found: list[Pair] = []
    for kind, start, after in blocks.between(first, end):
        if kind == "bullet_list_open":
            taken = list(_items(lines, blocks.items(start, after)))
            known = {one.name for one in taken} & KEYS_BY_NAME.keys()
            if len(known) < _FEWEST_KEYS and not (whole and taken and (known or not found)):
                continue
        elif kind == "paragraph_open":
            taken = list(_lines(lines, start, after))
            if not whole and len({one.name for one in taken}) < _FEWEST_KEYS:
                continue
        else:
            continue
        for one in taken:
            lines[one.line - 1] = ""
        found += taken
        if not whole and found:
            break
    return found


def _items(lines: list[str], items: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Of a list, the items that are pairs on a line; an item of more lines is text."""
    for number, end in items:
        if not _continues(lines, number, end):
            pair = pair_of(_ITEM.sub("", lines[number], count=1), number + 1)
            if pair and not _BOX.match(pair.key):
                yield pair


def _continues(lines: list[str], number: int, end: int) -> bool:
    return any(line.strip() for line in lines[number + 1 : end])


def _lines(lines: list[str], first: int, end: int) -> Iterator[Pair]:
    """Lines with a key that is known: `Date: 2026-05-02`, or a row of a table."""
    for number in range(first, min(end, len(lines))):
        row = _ROW.fullmatch(lines[number])
        pair = (
            Pair(row["key"].strip("* "), value_of(row["value"]), number + 1)
            if row
            else pair_of(lines[number].strip(), number + 1)
        )
        # `| Status | Dato |` is the head of a table.
        if pair and pair.name in KEYS_BY_NAME and not (row and name_of(pair.value) in KEYS_BY_NAME):
            yield pair


def replaced_in(lines: Sequence[str], first: int, end: int) -> Pair | None:
    """The first line that says which entries it replaces, outside blocks of code."""
    found = ((n, REPLACES.fullmatch(lines[n])) for n in range(first, end) if ":" in lines[n])
    told = [Pair(match["key"], match["named"], n + 1) for n, match in found if match]
    fences = fences_in(list(lines[first:end]))[0] if told else ()
    coded = {first + n for one in fences for n in range(one.first, one.last + 1)}
    return next((one for one in told if one.line - 1 not in coded), None)

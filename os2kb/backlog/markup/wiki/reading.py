"""Jira's wiki text as a document."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from os2kb.backlog.markup.document import (
    Block,
    Document,
    Heading,
    Item,
    Line,
    List,
    Paragraph,
    Quote,
    Rule,
)
from os2kb.backlog.markup.lines import one_line
from os2kb.backlog.markup.normal import normal
from os2kb.backlog.markup.seen import seen
from os2kb.backlog.markup.wiki.inline import InlineReader
from os2kb.backlog.markup.wiki.macros import Taken
from os2kb.backlog.markup.wiki.tables import ends_row, is_row, read_table

_HEADING = re.compile(r"h([1-6])\.\s+(.*)")
_QUOTED_LINE = re.compile(r"bq\.\s+(.*)")
_RULE = re.compile(r"-{4,5}\s*")
_POINT = re.compile(r"(?!--)([*#-]{1,60})\s+(\S.*)")
_MARK = re.compile(r"\0(\d+)\0")
_DEEPEST = 10


def read_wiki(text: str, people: Mapping[str, str] | None = None) -> Document:
    """A text of Jira in its normal form.

    Args:
        text: anything.
        people: user of Jira, as `[~…]` names them, to login on GitHub; others become `@…`.
    """
    taken = Taken()
    inline = InlineReader(people or {}, taken.shown)

    def quoted(inside: str) -> tuple[Block, ...]:
        return (Quote(tuple(_Reader(inline, taken).read(inside))),)

    marked = taken.take(seen(text), quoted)
    blocks = tuple(_Reader(inline, taken).read(marked))
    if taken.stripped:
        inline.losses.add("macro")
    return normal(Document(blocks, frozenset(inline.losses)))


@dataclass(slots=True)
class _Points:
    """A list that is still being read."""

    sign: str
    items: "list[list[Block | _Points]]" = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    inline: InlineReader
    taken: Taken
    found: list[Block] = field(default_factory=list)
    text: list[Line] = field(default_factory=list)
    points: list[_Points] = field(default_factory=list)

    def read(self, text: str) -> list[Block]:
        lines = text.split("\n")
        at = 0
        while at < len(lines):
            line = lines[at].strip()
            if is_row(line):
                at = self._table(lines, at)
                continue
            self._line(line)
            at += 1
        self._close()
        return self.found

    def _line(self, line: str) -> None:
        if not line:
            self._close()
        elif match := _POINT.fullmatch(line):
            self._point(match[1][:_DEEPEST], match[2])
        elif match := _HEADING.fullmatch(line):
            self._block(Heading(int(match[1]), one_line(tuple(self.inline.lines(match[2])))))
        elif match := _QUOTED_LINE.fullmatch(line):
            self._block(Quote((Paragraph(tuple(self.inline.lines(match[1]))),)))
        elif _RULE.fullmatch(line):
            self._block(Rule())
        else:
            self._words(line)

    def _words(self, line: str) -> None:
        """Lines go on with what is open: a paragraph, or the last point of a list."""
        pieces = _MARK.split(line)
        for place, piece in enumerate(pieces):
            if place % 2:
                self._flush()
                self._inside().extend(self.taken.blocks[int(piece)])
            elif piece.strip():
                self.text += self.inline.lines(piece)

    def _block(self, block: Block) -> None:
        self._close()
        self.found.append(block)

    def _point(self, signs: str, text: str) -> None:
        self._flush()
        open_signs = "".join(one.sign for one in self.points)
        kept = next(
            (at for at, (a, b) in enumerate(zip(signs, open_signs, strict=False)) if a != b),
            min(len(signs), len(open_signs)),
        )
        if kept == 0:
            self._close()
        del self.points[max(kept, 0) :]
        for sign in signs[kept:]:
            opened = _Points(sign)
            if self.points:
                parent = self.points[-1]
                if not parent.items:
                    parent.items.append([])
                parent.items[-1].append(opened)
            self.points.append(opened)
        self.points[-1].items.append([])
        self._words(text)

    def _inside(self) -> "list[Block] | list[Block | _Points]":
        return self.points[-1].items[-1] if self.points else self.found

    def _flush(self) -> None:
        if self.text:
            self._inside().append(Paragraph(tuple(self.text)))
            self.text = []

    def _close(self) -> None:
        self._flush()
        if self.points:
            self.found.append(_list(self.points[0]))
            self.points = []

    def _table(self, lines: list[str], at: int) -> int:
        """Reads rows from a line on; the line after them."""
        self._close()
        rows: list[str] = []
        while at < len(lines) and is_row(lines[at].strip()):
            row = [lines[at].strip()]
            at += 1
            while not ends_row(row[-1]) and at < len(lines) and _goes_on(lines[at]):
                row.append(lines[at].strip())
                at += 1
            rows.append("\n".join(row))
        self.found.append(read_table(rows, self.inline))
        return at


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not is_row(line.strip())


def _list(points: _Points) -> List:
    return List(tuple(Item(tuple(_blocks(item))) for item in points.items), points.sign == "#")


def _blocks(item: "list[Block | _Points]") -> Iterator[Block]:
    for one in item:
        yield _list(one) if isinstance(one, _Points) else one

"""reStructuredText into blocks with their lines.

docutils keeps no reliable line ranges for tables, list items and directives, and it runs or
refuses directives it does not know; passages need the lines and nothing run. So this reads the
block structure only: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
"""

import re
from collections.abc import Sequence

from index.plain import plain
from index.reading.anchors import RstAnchors
from index.reading.blocks import Block

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_DIRECTIVE = re.compile(
    r"(?P<indent>\s*)\.\.\s+(?:\|[^|]+\|\s+)?(?P<name>[\w:.+-]+)::\s*(?P<argument>.*)"
)
_EXPLICIT = re.compile(r"\s*\.\.(?:\s+[_\[|].*|\s+.*|\s*)")
_OPTION = re.compile(r"\s+:[\w-]+:.*")
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+•]|\(?(?:\d+|#|[A-Za-z])[.)])\s+\S")
_GRID = re.compile(r"\s*\+[-=+]+\+\s*")
_SIMPLE_RULE = re.compile(r"\s*=+(?:\s+=+)+\s*")
_CODE = frozenset({"code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "math"})
_MACHINERY = frozenset(
    {"toctree", "image", "figure", "include", "contents", "raw", "index", "highlight", "only"}
)


def rst_blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks of a reStructuredText document, in order."""
    reader = _Reader(lines)
    while reader.at < len(lines):
        reader.step()
    return reader.blocks


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._levels: list[str] = []
        self._anchors = RstAnchors()
        self.at = 0
        self.blocks: list[Block] = []

    def step(self) -> None:
        """Read one block, or skip one blank line."""
        line = self._lines[self.at]
        if not line.strip():
            self.at += 1
        elif self._heading():
            pass
        elif match := _DIRECTIVE.match(line):
            self._directive(match)
        elif line.lstrip().startswith("..") and _EXPLICIT.fullmatch(line):
            self.at = self._indented_end(self.at, line)  # a comment, a target or a footnote
        elif _GRID.fullmatch(line) or _SIMPLE_RULE.fullmatch(line):
            self._table()
        elif _ITEM.match(line):
            self._item()
        else:
            self._paragraph()

    def _line(self, number: int) -> str:
        return self._lines[number] if 0 <= number < len(self._lines) else ""

    def _heading(self) -> bool:
        line, under = self._line(self.at), self._line(self.at + 1)
        overlined = (
            bool(_ADORNMENT.fullmatch(line)) and self._line(self.at + 2).strip() == line.strip()
        )
        if overlined and under.strip():
            self._add_heading(f"{line[0]}{line[0]}", under, self.at, self.at + 3)
            return True
        if _ADORNMENT.fullmatch(line):
            self.at += 1  # a transition
            return True
        if line.startswith((" ", "\t")) or not _ADORNMENT.fullmatch(under):
            return False
        if len(under.strip()) < min(len(line.strip()), 4):
            return False
        self._add_heading(under[0], line, self.at, self.at + 2)
        return True

    def _add_heading(self, style: str, text: str, first: int, end: int) -> None:
        if style not in self._levels:
            self._levels.append(style)
        title = plain(text)
        level = self._levels.index(style) + 1
        anchor = self._anchors.anchor(title)
        self.blocks.append(Block("heading", first, end, level=level, title=title, anchor=anchor))
        self.at = end

    def _directive(self, match: re.Match[str]) -> None:
        end = self._indented_end(self.at, match["indent"])
        name = match["name"].lower()
        if name in _CODE:
            self._add("code", self.at, end)
            self.at = end
        elif name in _MACHINERY:
            self.at = end
        elif name in {"list-table", "csv-table"}:
            self._add("row", self.at, end)
            self.at = end
        else:
            # A note, a warning, a glossary: what it holds is read as if it stood on its own.
            if match["argument"].strip():
                self._add("paragraph", self.at, self.at + 1)
            self.at += 1
            while self.at < end and _OPTION.fullmatch(self._line(self.at)):
                self.at += 1

    def _indented_end(self, first: int, indent: str) -> int:
        """The end of what is indented deeper than a line, without trailing blank lines."""
        depth = len(indent) - len(indent.lstrip()) if indent.strip() else len(indent)
        end = at = first + 1
        while at < len(self._lines):
            line = self._lines[at]
            if line.strip():
                if len(line) - len(line.lstrip()) <= depth:
                    break
                end = at + 1
            at += 1
        return end

    def _table(self) -> None:
        grid = bool(_GRID.fullmatch(self._line(self.at)))
        first = self.at
        end = self._grid_end(first) if grid else self._simple_end(first)
        rule = _GRID if grid else _SIMPLE_RULE
        rules = [n for n in range(first, end) if rule.fullmatch(self._line(n))]
        if grid or len(rules) < 3:
            cuts = rules
        else:
            cuts = [rules[0], rules[1], *range(rules[1] + 2, rules[-1])]
        self._add_rows(first, end, cuts)
        self.at = end

    def _add_rows(self, first: int, end: int, cuts: Sequence[int]) -> None:
        if len(cuts) < 3:
            self._add("row", first, end)
            return
        header = plain("\n".join(self._lines[first + 1 : cuts[1]]).replace("|", " "))
        self._add("row", first, cuts[2])
        for start, stop in zip(cuts[2:], [*cuts[3:], end], strict=True):
            if stop > start + 1 or not _GRID.fullmatch(self._line(start)):
                block = Block("row", start, stop, context=header, context_line=first + 1)
                self.blocks.append(block)

    def _grid_end(self, first: int) -> int:
        at = first
        while self._line(at).lstrip().startswith(("+", "|")):
            at += 1
        return at

    def _simple_end(self, first: int) -> int:
        """A simple table ends with its last rule; without one, with the next blank line."""
        last, at = first, first + 1
        while at < len(self._lines):
            if _SIMPLE_RULE.fullmatch(self._line(at)):
                last = at
                if not self._line(at + 1).strip():
                    break
            elif not self._line(at).strip() and last > first and not self._line(at + 1).strip():
                break
            at += 1
        return last + 1

    def _item(self) -> None:
        line = self._lines[self.at]
        end = self._indented_end(self.at, line)
        lead = self.blocks[-1] if self.blocks else None
        self._add("item", self.at, end)
        if lead and lead.kind == "paragraph" and self._leads(lead):
            context = plain("\n".join(self._lines[lead.first : lead.end]))
            last = self.blocks[-1]
            self.blocks[-1] = Block(
                "item", last.first, last.end, joined=True, context=context, context_line=lead.first
            )
        elif lead and lead.kind == "item" and lead.context:
            last = self.blocks[-1]
            self.blocks[-1] = Block(
                "item", last.first, last.end, context=lead.context, context_line=lead.context_line
            )
        self.at = end

    def _leads(self, block: Block) -> bool:
        return self._line(block.end - 1).rstrip(" *").endswith(":")

    def _paragraph(self) -> None:
        first = self.at
        while self._line(self.at).strip():
            if self.at > first and _ADORNMENT.fullmatch(self._line(self.at + 1)):
                break
            self.at += 1
        if self._line(self.at - 1).rstrip().endswith("::"):
            literal = self._indented_end(self.at - 1, self._line(self.at - 1))
            self._add("paragraph", first, self.at)
            if literal > self.at:
                start = next(n for n in range(self.at, literal) if self._line(n).strip())
                self._add("code", start, literal, joined=True)
                self.at = literal
            return
        self._add("paragraph", first, self.at)

    def _add(self, kind: str, first: int, end: int, *, joined: bool = False) -> None:
        self.blocks.append(Block(kind, first, end, joined=joined))  # type: ignore[arg-type]

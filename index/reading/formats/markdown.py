"""Markdown into blocks with their lines (CommonMark with tables and front matter)."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.plain import plain
from index.reading.anchors import Anchors, StatedAnchors, attributes_id
from index.reading.blocks import Block
from index.reading.formats.navigation import is_link_list, is_navigation
from index.reading.formats.questions import question_of, question_of_item

# Only the block structure is wanted. Indented code is left out: in the documents at hand an
# indented paragraph is the inside of a MkDocs admonition far more often than it is code.
_PARSER = MarkdownIt("commonmark").enable("table").disable("code")
_PARSER.core.ruler.enableOnly(["normalize", "block"])

_SUMMARY = re.compile(r"<summary\b[^>]*>(?P<text>.{3,300}?)</summary>", re.IGNORECASE | re.DOTALL)
_DETAILS_END = re.compile(r"</details\s*>", re.IGNORECASE)
_HTML_HEADING = re.compile(
    r"<h(?P<level>[1-6])\b(?P<attributes>[^>]{0,300})>(?P<text>.{1,500}?)</h(?P=level)>",
    re.IGNORECASE | re.DOTALL,
)
# Coloured tags that just-the-docs puts beside a heading are no part of its name.
_TAGS_BESIDE = re.compile(r"<span\s[^>]{0,200}\blabel\b[^>]{0,200}>[^<]{0,200}</span>")
_ID = re.compile(r"\bid\s*=\s*[\"']?(?P<id>[^\"'\s>]+)", re.IGNORECASE)
_ATX = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+|$)|(?:(?<=[ \t])|^)#+[ \t]*$")
_DEEPEST = 6


def markdown_blocks(
    lines: Sequence[str], written: Sequence[str], anchors: Anchors | StatedAnchors
) -> list[Block]:
    """The blocks of a Markdown document, in order, with the front matter already blanked.

    Args:
        lines: without noise.
        written: the same lines with it: anchors are computed from what the author wrote.
        anchors: who computes them.

    A bold line that ends in a question mark, a line after `Spørgsmål:`, list items that ask and
    answer, and the summary of a `<details>` count as headings: that is how question–answer pages
    without headings are written.
    """
    tokens = _PARSER.parse("\n".join(lines))
    return list(_Reader(lines, written, anchors).blocks(tokens))


class _Reader:
    def __init__(
        self, lines: Sequence[str], written: Sequence[str], anchors: Anchors | StatedAnchors
    ) -> None:
        self._lines, self._written = lines, written
        self._anchors = anchors
        self._level = 0  # of the nearest true heading above
        self._anchor = ""
        self._asking = False  # whether what is read stands under a question

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Turn top-level tokens into blocks; what is inside a list or table stays together."""
        lead: Block | None = None
        at = 0
        while at < len(tokens):
            token = tokens[at]
            inside = _end_of(tokens, at)
            made = self._block(token, tokens[at : inside + 1], lead)
            self._count_headings(tokens[at + 1 : inside])
            yield from made
            lead = made[-1] if made and made[-1].kind == "paragraph" else None
            at = inside + 1

    def _block(self, token: Token, group: Sequence[Token], lead: Block | None) -> list[Block]:
        if token.map is None:
            return []
        first, end = token.map[0], self._trimmed(token.map[0], token.map[1])
        if end <= first:
            return []
        match token.type:
            case "heading_open":
                return [self._heading(token, first, end, group[1].content)]
            case "bullet_list_open" | "ordered_list_open":
                return self._items(group, lead)
            case "table_open":
                return self._rows(first, end)
            case "fence" | "code_block":
                return [Block("code", first, end, joined=self._leads(lead))]
            case "paragraph_open":
                return self._paragraph(first, end)
            case "html_block":
                return self._html(first, end)
            case "hr":
                return self._close(end)
        return [Block("paragraph", first, end)]

    def _heading(self, token: Token, first: int, end: int, content: str) -> Block:
        title = plain(_TAGS_BESIDE.sub("", content))
        level = int(token.tag[1:])
        self._level, self._asking = level, False
        self._anchor = self._anchor_of(token, first, end)
        return Block("heading", first, end, level=level, title=title, anchor=self._anchor)

    def _anchor_of(self, token: Token, first: int, end: int) -> str:
        below = self._written[end] if end < len(self._written) else ""
        above = self._written[first - 1] if first else ""
        explicit = attributes_id(below) or attributes_id(above)
        if token.markup.startswith("#"):
            return self._anchors.anchor(_ATX.sub("", self._written[first]), explicit)
        return self._anchors.anchor(" ".join(self._written[first : end - 1]), explicit)

    def _count_headings(self, inside: Sequence[Token]) -> None:
        """Let headings in quotes and lists take their anchors, so that later ones get theirs."""
        for position, token in enumerate(inside):
            if token.type == "heading_open":
                self._anchors.anchor(inside[position + 1].content)

    def _question(self, first: int, end: int, title: str) -> Block:
        self._asking = True
        return Block(
            "heading", first, end, level=self._question_level(), title=title, anchor=self._anchor
        )

    def _question_level(self) -> int:
        return min(self._level, _DEEPEST) + 1

    def _close(self, line: int) -> list[Block]:
        """The end of what stands under a question: what follows belongs to the heading above."""
        if not self._asking:
            return []
        self._asking = False
        level = self._question_level()
        return [Block("heading", line, line, level=level, anchor=self._anchor)]

    def _paragraph(self, first: int, end: int) -> list[Block]:
        if is_navigation("\n".join(self._lines[first:end])):
            return []
        question = question_of(self._lines[first])
        if not question:
            return [Block("paragraph", first, end)]
        blocks = [self._question(first, first + 1, question)]
        if end > first + 1:
            blocks.append(Block("paragraph", first + 1, end))
        return blocks

    def _html(self, first: int, end: int) -> list[Block]:
        written = "\n".join(self._lines[first:end])
        blocks: list[Block] = []
        if (match := _HTML_HEADING.search(written)) and plain(match["text"]) == plain(written):
            return [self._html_heading(match, first, end)]
        if (match := _SUMMARY.search(written)) and (title := plain(match["text"])):
            start, first = first, first + written.count("\n", 0, match.end()) + 1
            blocks = [self._question(start, first, title)]
        if first < end and plain("\n".join(self._lines[first:end])):
            blocks.append(Block("paragraph", first, end))
        if _DETAILS_END.search(written):
            blocks += self._close(end)
        return blocks

    def _html_heading(self, match: re.Match[str], first: int, end: int) -> Block:
        stated = _ID.search(match["attributes"])
        self._level, self._asking = int(match["level"]), False
        self._anchor = stated["id"] if stated else self._anchors.html_anchor(match["text"])
        return Block(
            "heading",
            first,
            end,
            level=self._level,
            title=plain(match["text"]),
            anchor=self._anchor,
        )

    def _items(self, group: Sequence[Token], lead: Block | None) -> list[Block]:
        depth = group[0].level + 1
        spans = [
            (token.map[0], self._trimmed(*token.map))
            for token in group
            if token.type == "list_item_open" and token.level == depth and token.map
        ]
        if is_link_list([line for first, end in spans for line in self._lines[first:end]]):
            return []
        if questions := self._asked_items(spans):
            return questions
        leads = self._leads(lead)
        context = plain("\n".join(self._lines[lead.first : lead.end])) if leads and lead else ""
        line = lead.first if leads and lead else -1
        return [
            Block(
                "item", first, end, joined=leads and number == 0, context=context, context_line=line
            )
            for number, (first, end) in enumerate(spans)
            if end > first
        ]

    def _asked_items(self, spans: Sequence[tuple[int, int]]) -> list[Block]:
        """The items of a list in which each asks a question and answers it below; else none."""
        asked = [question_of_item(self._lines[first]) for first, _ in spans]
        if len(spans) < 2 or not all(asked) or any(end - first < 2 for first, end in spans):
            return []
        return [
            block
            for (first, end), title in zip(spans, asked, strict=True)
            for block in (
                self._question(first, first + 1, title),
                Block("paragraph", first + 1, end),
            )
        ]

    def _rows(self, first: int, end: int) -> list[Block]:
        header = plain(self._lines[first])
        blocks = [Block("row", first, min(first + 3, end), joined=True)]
        blocks += [
            Block("row", row, row + 1, context=header, context_line=first)
            for row in range(first + 3, end)
        ]
        return blocks

    def _leads(self, lead: Block | None) -> bool:
        return lead is not None and self._lines[lead.end - 1].rstrip(" *_").endswith(":")

    def _trimmed(self, first: int, end: int) -> int:
        """The end without blank lines: markdown-it lets lists and items run into them."""
        end = min(end, len(self._lines))
        while end > first and not self._lines[end - 1].strip():
            end -= 1
        return end


def _end_of(tokens: Sequence[Token], at: int) -> int:
    """The position of the token that closes the one at a position."""
    if tokens[at].nesting != 1:
        return at
    level = tokens[at].level
    for position in range(at + 1, len(tokens)):
        if tokens[position].nesting == -1 and tokens[position].level == level:
            return position
    return len(tokens) - 1

"""A document as GitHub's Markdown."""

import re
from collections.abc import Iterable, Mapping, Sequence

from os2kb.backlog.markup.document import (
    Block,
    Code,
    Document,
    Heading,
    Item,
    Line,
    List,
    Mark,
    Paragraph,
    Quote,
    Row,
    Rule,
    Run,
    Table,
    Text,
)
from os2kb.backlog.markup.github.escaping import at_start, code_span, escaped, fence
from os2kb.backlog.markup.nesting import Piece, Span, nested
from os2kb.backlog.markup.normal import normal

_SIGNS: Mapping[Mark, str] = {"strong": "**", "emphasis": "*", "deleted": "~~"}
_TAGS: Mapping[Mark, str] = {
    "strong": "strong",
    "emphasis": "em",
    "deleted": "del",
    "inserted": "ins",
    "superscript": "sup",
    "subscript": "sub",
}
_AROUND = ".,;:!?()\"'"
# An address that GitHub makes a link of by itself, and ends where it ends.
_BARE = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9./?=%#:-]*[A-Za-z0-9/])?")


def write_markdown(document: Document) -> str:
    """The document's normal form; what it says mentions nobody and refers to nothing."""
    return _blocks(normal(document).blocks)


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n\n".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return "\n".join(map(_line, block.text))
        case Heading():
            return f"{'#' * block.level} {_heading(block.line)}"
        case Code():
            signs = fence(block.text)
            return f"{signs}{block.language}\n{block.text}\n{signs}"
        case Quote():
            return _prefixed(_blocks(block.blocks), "> ", "> ")
        case List():
            return "\n".join(_items(block))
        case Table():
            return _table(block)
        case Rule():
            return "---"


def _items(block: List) -> Iterable[str]:
    for number, item in enumerate(block.items, 1):
        sign = f"{number}. " if block.ordered else "- "
        yield _prefixed(_item(item), sign, " " * len(sign))


def _item(item: Item) -> str:
    """A list stands right below the item's own lines; other blocks are parted by a blank line."""
    text = {None: "", True: "[x] ", False: "[ ] "}[item.done]
    for place, block in enumerate(item.blocks):
        gap = "" if not place else "\n" if isinstance(block, List) else "\n\n"
        text += gap + _block(block)
    return text


def _prefixed(text: str, first: str, rest: str) -> str:
    prefixes = (first, *[rest] * text.count("\n"))
    lines = zip(prefixes, text.split("\n"), strict=True)
    return "\n".join(f"{prefix}{line}" if line else prefix.rstrip() for prefix, line in lines)


def _heading(line: Line) -> str:
    written = _line(line)
    closes = written.endswith("#") and not written.endswith("\\#")
    return f"{written[:-1]}\\#" if closes else written


def _table(block: Table) -> str:
    width = len(block.header or block.rows[0])
    rows: Sequence[Row] = (block.header or ((),) * width, *block.rows)
    head, *body = (_row(row) for row in rows)
    return "\n".join([head, "|" + " --- |" * width, *body])


def _row(row: Iterable[Text]) -> str:
    cells = (" <br> ".join(_pieces(line, cell=True) for line in cell) for cell in row)
    return "|" + "|".join(f" {cell} " for cell in cells) + "|"


def _line(line: Line) -> str:
    return at_start(_pieces(line, cell=False))


def _pieces(line: Line, *, cell: bool) -> str:
    return _joined(_piece(one, cell=cell) for one in nested(line))


def _joined(pieces: Iterable[str]) -> str:
    """One after the other; an exclamation mark would make an image of a link behind it."""
    shown: list[str] = []
    for piece in pieces:
        if shown and shown[-1].endswith("!") and piece.startswith("["):
            shown[-1] = f"{shown[-1][:-1]}\\!"
        shown.append(piece)
    return "".join(shown)


def _piece(piece: Piece, *, cell: bool) -> str:
    if isinstance(piece, Run):
        text = code_span(piece.text) if piece.code else escaped(piece.text)
        if not cell:
            return text.replace("\\|", "|") if not piece.code else text
        # In a cell a bar is escaped in code, too; in text it already is.
        return text.replace("|", "\\|") if piece.code else text
    if piece.mark is None:
        return _link(piece, cell=cell)
    inside = _inside(piece, cell=cell)
    sign = _SIGNS.get(piece.mark, "")
    if sign and _may_stand(piece):
        return f"{sign}{inside}{sign}"
    return f"<{_TAGS[piece.mark]}>{inside}</{_TAGS[piece.mark]}>"


def _may_stand(span: Span) -> bool:
    """Whether the sign opens and closes here, by the rules for runs of delimiters.

    https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run
    """
    if not span.outermost:
        return False
    if not span.before.strip() and not span.after.strip():
        return True
    words = span.first.isalnum() and span.last.isalnum() and len(span.inside) == 1
    apart = all(not one.strip() or one in _AROUND for one in (span.before, span.after))
    return words and apart and isinstance(span.inside[0], Run) and not span.inside[0].code


def _inside(span: Span, *, cell: bool) -> str:
    return _joined(_piece(one, cell=cell) for one in span.inside)


def _link(span: Span, *, cell: bool) -> str:
    if span.inside == (Run(span.link),):
        apart = span.outermost and not span.before.strip() and not span.after.strip()
        return span.link if apart and _BARE.fullmatch(span.link) else f"<{span.link}>"
    target = re.sub(r"&(?=#?\w{1,32};)", r"\\&", span.link)
    target = f"<{target}>" if re.search(r"[()]", target) else target
    return f"[{_inside(span, cell=cell)}]({target})"

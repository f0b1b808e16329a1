"""A document as Jira's wiki text."""

import re
from collections.abc import Iterable, Mapping

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
    Rule,
    Run,
    Table,
    Text,
)
from os2kb.backlog.markup.nesting import Piece, Span, nested
from os2kb.backlog.markup.normal import normal
from os2kb.backlog.markup.wiki.emoticons import PATTERN
from os2kb.backlog.markup.wiki.escaping import at_start, escaped

_SIGNS: Mapping[Mark, str] = {
    "strong": "*",
    "emphasis": "_",
    "deleted": "-",
    "inserted": "+",
    "superscript": "^",
    "subscript": "~",
}
_EMOTICON = re.compile(PATTERN)
_LANGUAGES = {"csharp": "c#", "cpp": "c++", "objective-c": "objc"}
# An address that may stand by itself: nothing in it acts, and where it ends is plain.
_BARE = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9./?=&%#:-]*[A-Za-z0-9/])?")


def write_wiki(document: Document) -> str:
    """The document's normal form; what it says mentions nobody and runs no macro."""
    return _blocks(normal(document).blocks)


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n\n".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return "\n".join(map(_line, block.text))
        case Heading():
            return f"h{block.level}. {_line(block.line)}"
        case Code():
            return _code(block)
        case Quote():
            return f"{{quote}}\n{_blocks(block.blocks)}\n{{quote}}"
        case List():
            return "\n".join(_points(block, ""))
        case Table():
            return _table(block)
        case Rule():
            return "----"


def _code(block: Code) -> str:
    if block.language:
        name = _LANGUAGES.get(block.language, block.language)
        return f"{{code:{name}}}\n{block.text}\n{{code}}"
    if "{noformat}" in block.text:
        return f"{{code:none}}\n{block.text}\n{{code}}"
    return f"{{noformat}}\n{block.text}\n{{noformat}}"


def _points(block: List, signs: str) -> Iterable[str]:
    """The lines of a list; its points may hold no blank line."""
    signs += "#" if block.ordered else "*"
    for item in block.items:
        own = [one for one in item.blocks if not isinstance(one, List)]
        yield f"{signs} {_box(item)}" + "\n".join(map(_block, own))
        for one in item.blocks:
            if isinstance(one, List):
                yield from _points(one, signs)


def _box(item: Item) -> str:
    return {None: "", True: "\\[x\\] ", False: "\\[ \\] "}[item.done]


def _table(block: Table) -> str:
    rows = [_row(block.header, "||")] if block.header else []
    return "\n".join([*rows, *(_row(row, "|") for row in block.rows)])


def _row(row: Iterable[Text], bar: str) -> str:
    cells = (" \\\\ ".join(map(_line, cell)) for cell in row)
    return bar + bar.join(f" {cell} " if cell else " " for cell in cells) + bar


def _line(line: Line) -> str:
    pieces = nested(line)
    return at_start(_joined(_piece(one, ends=one is pieces[-1]) for one in pieces))


def _joined(pieces: Iterable[str]) -> str:
    """One after the other; a bracket before a sign would make a picture of it: `(*)`."""
    shown: list[str] = []
    for piece in pieces:
        last = shown[-1] if shown else ""
        if last and last[-2:-1] != "\\" and _EMOTICON.match(last[-1] + piece):
            shown[-1] = f"{last[:-1]}\\{last[-1]}"
        shown.append(piece)
    return "".join(shown)


def _piece(piece: Piece, *, ends: bool = False, braced: bool = False) -> str:
    """One piece of a line.

    Args:
        piece: a run or a span.
        ends: nothing follows in the line.
        braced: signs stand in braces, as within a word: `{*}`.
    """
    if isinstance(piece, Run):
        text = escaped(piece.text, ends=ends)
        return f"{{{{{text}}}}}" if piece.code else text
    if piece.mark is None:
        return _link(piece)
    sign = _SIGNS[piece.mark]
    if braced or piece.before.isalnum() or piece.after.isalnum():
        sign = f"{{{sign}}}"
    return f"{sign}{_inside(piece, braced=braced)}{sign}"


def _inside(span: Span, *, braced: bool) -> str:
    return _joined(_piece(one, braced=braced) for one in span.inside)


def _link(span: Span) -> str:
    if span.inside == (Run(span.link),):
        apart = span.outermost and not span.before.strip() and not span.after.strip()
        return span.link if apart and _BARE.fullmatch(span.link) else f"[{span.link}]"
    inside = _inside(span, braced=False)
    if "://" in inside:  # a bare address goes on over a sign
        inside = _inside(span, braced=True)
    return f"[{inside}|{span.link}]"

"""Text from documents and models as Markdown that shows exactly those words and does nothing."""

import re
from collections.abc import Sequence
from itertools import takewhile, zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.sentences import Unit, units

_READER = MarkdownIt("commonmark")
_BLOCK_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]?)*(?:(?:[-*+•]|#{1,6})[ \t]+(?:\[[ xX]\][ \t]+)?"
    r"|\d{1,3}[.)][ \t]+(?=[A-ZÆØÅ*_`\[]))?",
    re.M,
)
_CODE_BLOCK = re.compile(r"(`{3,}|~{3,})(.*)\n((?:.*\n)*?)[ \t]*\1[`~]*", re.M)
_ROW = re.compile(r"\|(.*)\|", re.S)
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_ROLE = re.compile(r":[a-z][\w:+-]{0,30}:(?=`)")  # of reStructuredText, before the text it marks

_SPECIAL = re.compile(r"([\\`*\[\]~])|(?<!\w)_|_(?!\w)")
_AT_START = re.compile(r"^([#+\-=>])|^(\d{1,9})([.)])(?=\s|$)")
# What steers a terminal, or turns round what a reader sees; line breaks and tabs stay.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")


def shown(quote: str, head: str = "") -> str:
    """A quote without its markup, as Markdown; only code without `<` keeps being code.

    Args:
        quote: Markdown or reStructuredText: sentences, list items, table rows, code blocks. Several
            items or rows become lines of a list, which the first sentences introduce.
        head: of the table that the quote is a row of; each cell then says what it is.
    """
    quote, head = _UNSEEN.sub("", quote), _UNSEEN.sub("", head)
    pieces = units(quote)
    if len(pieces) > 1 and any(piece.kind != "sentence" for piece in pieces):
        return _list(quote, pieces, head)
    code = _CODE_BLOCK.fullmatch(quote.strip())
    if code and "<" not in code[3]:
        # Deeper than the list item it may stand in, and longer than any fence inside.
        fence = "`" * (max(map(len, re.findall(r"`+", code[3])), default=2) + 1)
        lines = f"{fence}\n{code[3]}{fence}".split("\n")
        return "\n  ".join(["", *lines, ""])
    row = _ROW.fullmatch(quote.strip())
    if row:
        return _row(row[1], head)
    return _inline(_BLOCK_MARKS.sub("", quote))


def _list(quote: str, pieces: Sequence[Unit], head: str) -> str:
    """A line for each piece, below the sentences that introduce them where there are any."""
    led_by = [*takewhile(lambda piece: piece.kind == "sentence", pieces)]
    lines = [shown(quote[piece.start : piece.end], head) for piece in pieces[len(led_by) :]]
    bullet = "\n  - " if led_by else "\n- "
    opening = " ".join(shown(quote[piece.start : piece.end]) for piece in led_by)
    said = [line if line.startswith("\n") else bullet + line for line in lines]
    return opening + "".join(said) if led_by else "".join(said).removeprefix(bullet)


def _row(row: str, head: str) -> str:
    matched = _ROW.fullmatch(head.strip())
    names = [_inline(cell) for cell in _CELL_EDGE.split(matched[1])] if matched else []
    cells = [_inline(cell) for cell in _CELL_EDGE.split(row)]
    named = zip_longest(names[: len(cells)], cells, fillvalue="")
    return " · ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


def _inline(text: str) -> str:
    (token,) = _READER.parseInline(_ROLE.sub("", text.strip())) or [Token("inline", "", 0)]
    pieces = [_piece(child) for child in token.children or ()]
    return _safe_start(" ".join("".join(pieces).split()))


def _piece(token: Token) -> str:
    match token.type:
        # Code cannot be escaped, and not everyone who shows an answer reads Markdown.
        case "code_inline" if "<" not in token.content:
            ticks = "`" * (max(map(len, re.findall(r"`+", token.content)), default=0) + 1)
            pad = " " if token.content.startswith("`") or token.content.endswith("`") else ""
            return f"{ticks}{pad}{token.content}{pad}{ticks}"
        case "softbreak" | "hardbreak":
            return " "
        case "html_inline":
            return " " if token.content.lower().startswith("<br") else ""
        case _:
            return _escaped(token.content)


def escaped(text: str) -> str:
    """Plain text on one line, with everything that Markdown or HTML would act on escaped."""
    return _safe_start(_escaped(" ".join(_UNSEEN.sub("", text).split())))


def _escaped(text: str) -> str:
    text = _ENTITY.sub("&amp;", text)
    text = _SPECIAL.sub(lambda match: "\\" + match[0], text)
    return text.replace("<", "&lt;")


def _safe_start(text: str) -> str:
    """What would begin a heading, list or quote at the start of a line, escaped."""
    return _AT_START.sub(
        lambda match: rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}", text
    )


def link(text: str, url: str) -> str:
    """A link where the address is one of the web; else the text alone."""
    if not url.startswith(("https://", "http://")):
        return escaped(text)
    address = re.sub(r"[\s<>()\\\"'`\[\]]", lambda match: f"%{ord(match[0]):02X}", url)
    return f"[{escaped(text)}]({address})"

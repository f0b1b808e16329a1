"""The prose of a Markdown text: what its writer says, not what they quote, paste or hide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.danish import words

MAX_CHARS = 65_536
"""What GitHub keeps of a body; nothing beyond is read."""

_UNREAD = re.compile(r"<!--.*?(?:-->|\Z)|(`+)(?!`)[^`]{1,1000}\1(?!`)", re.DOTALL)
_PARSER = MarkdownIt("commonmark")


def prose(markdown: str) -> str:
    """Paragraphs, headings and list items, one line for each line written.

    Left out: code blocks and code spans, quotes, HTML and HTML comments, and where links lead.
    """
    return "\n".join(line for block in prose_blocks(markdown) for line in block)


def prose_blocks(markdown: str) -> Iterator[tuple[str, ...]]:
    """The lines of each block of prose, in order."""
    for token in unquoted(markdown):
        if token.type == "inline":
            yield tuple(lines_of(token, code=False))


def without_code(markdown: str) -> str:
    """The text as written, but for code blocks, code spans and HTML comments; lines stay lines."""
    text = markdown[:MAX_CHARS].replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for token in tokens(markdown):
        if token.type in ("fence", "code_block") and token.map:
            start, end = token.map
            lines[start:end] = [""] * (end - start)
    return _UNREAD.sub(lambda found: "\n" * found[0].count("\n") or " ", "\n".join(lines))


def top_paragraphs(markdown: str) -> Iterator[tuple[str, ...]]:
    """The lines of each paragraph that stands in no list, quote or heading.

    A line keeps its code spans, between backticks; a line that lies inside a code span is no line
    of its own.
    """
    before = ""
    for token in tokens(markdown):
        if token.type == "inline" and token.level == 1 and before == "paragraph_open":
            yield tuple(lines_of(token, code=True))
        before = token.type


def visible_lines(markdown: str) -> list[str]:
    """Headings as `### title` and prose lines between them, in order; for forms and templates."""
    lines: list[str] = []
    heading = ""
    for token in unquoted(markdown):
        if token.type == "heading_open":
            heading = token.markup if token.markup.startswith("#") else "##"
        elif token.type == "inline":
            found = list(lines_of(token, code=True))
            lines += [f"{heading} {' '.join(found)}"] if heading else found
            heading = ""
    return lines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands in no list or quote.

    Attributes:
        rank: 1 for the highest.
        start: its line, from 0.
        end: the first line after it.
    """

    text: str
    rank: int
    start: int
    end: int


def headings(markdown: str) -> Iterator[Heading]:
    """The headings written with `#`, in order.

    Those written with a line below are left out: mostly that is a rule someone drew.
    """
    for opened, token in pairwise(tokens(markdown)):
        if opened.type == "heading_open" and opened.markup.startswith("#") and not opened.level:
            start, end = opened.map or (0, 0)
            text = " ".join(lines_of(token, code=True)).strip()
            yield Heading(text, len(opened.markup), start, end)


def folded(line: str) -> str:
    """A line as lines are compared: its words, with or without accents, or it where it has none."""
    return " ".join(words(line)) or line.strip()


def link_targets(markdown: str) -> Iterator[str]:
    """Where the links of the prose lead, in order."""
    for token in unquoted(markdown):
        if token.type == "inline":
            for child in token.children or ():
                if child.type == "link_open":
                    yield str(child.attrGet("href") or "")


@lru_cache(maxsize=64)
def tokens(markdown: str) -> tuple[Token, ...]:
    """The text as the parser has it."""
    return tuple(_PARSER.parse(markdown[:MAX_CHARS].replace("\0", " ")))


def unquoted(markdown: str) -> Iterator[Token]:
    """The tokens that stand in no quote, in order."""
    quotes = 0
    for token in tokens(markdown):
        if token.type == "blockquote_open":
            quotes += 1
        elif token.type == "blockquote_close":
            quotes -= 1
        elif not quotes:
            yield token


def lines_of(token: Token, *, code: bool) -> Iterator[str]:
    """The written lines of an inline token, with or without its code spans."""
    line = ""
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            yield line
            line = ""
        elif child.type == "code_inline":
            line += f"`{child.content}`" if code else " "
        elif child.type in ("text", "text_special"):
            line += child.content
    yield line

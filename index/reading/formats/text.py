"""Plain text into blocks with their lines: paragraphs, lists, and headings as people type them."""

import re
from collections.abc import Sequence

from index.reading.blocks import Block

_UNDERLINE = re.compile(r"(?P<mark>[=\-~*_])(?P=mark){2,}\s*")
_LEVELS = "=-~*_"
_ITEM = re.compile(r"\s*(?:[-*+•]|\(?(?:\d{1,3}|[a-zæøå])[.)])\s+\S", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(r"#{1,6} \S")
_LONGEST_HEADING = 80  # characters


def is_plain(lines: Sequence[str]) -> bool:
    """Whether a text file is no Markdown under another name."""
    return not any(_MARKDOWN_HEADING.match(line) for line in lines)


def text_blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks of a plain text, in order.

    A line that is underlined, and one in capitals with nothing beside it, are headings; they have
    no anchors, since nothing shows a text file with any.
    """
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if lines[at].strip():
            blocks.append(_block(lines, at, end, blocks))
        at = end
    return blocks


def _end(lines: Sequence[str], at: int) -> int:
    """Where the block that begins at a line ends: before an empty line, a heading or an item."""
    if not lines[at].strip():
        return at + 1
    if _is_underlined(lines, at):
        return at + 2
    end = at + 1
    while end < len(lines) and lines[end].strip():
        if _ITEM.match(lines[end]) or _is_underlined(lines, end):
            break
        end += 1
    return end


def _block(lines: Sequence[str], at: int, end: int, before: Sequence[Block]) -> Block:
    title = " ".join(lines[at].split())
    if _is_underlined(lines, at):
        level = _LEVELS.index(lines[at + 1].strip()[0]) + 1
        return Block("heading", at, end, level=level, title=title)
    if end == at + 1 and _is_shouted(title):
        return Block("heading", at, end, level=1, title=title)
    if not _ITEM.match(lines[at]):
        return Block("paragraph", at, end)
    last = before[-1] if before else None
    if last and last.kind == "paragraph" and lines[last.end - 1].rstrip().endswith(":"):
        context = " ".join(" ".join(lines[last.first : last.end]).split())
        return Block("item", at, end, joined=True, context=context, context_line=last.first)
    if last and last.kind == "item":
        return Block("item", at, end, context=last.context, context_line=last.context_line)
    return Block("item", at, end)


def _is_underlined(lines: Sequence[str], at: int) -> bool:
    above, below = lines[at].strip(), lines[at + 1].strip() if at + 1 < len(lines) else ""
    return bool(
        _UNDERLINE.fullmatch(below)
        and 0 < len(above) <= _LONGEST_HEADING
        and not _UNDERLINE.fullmatch(above)
        and len(below) >= len(above) - 3
    )


def _is_shouted(text: str) -> bool:
    """Whether a line is a heading in capitals: some words, no sentence, no abbreviation alone."""
    letters = [character for character in text if character.isalpha()]
    return (
        len(letters) >= 4
        and len(text) <= _LONGEST_HEADING
        and not text.endswith((".", ",", ";"))
        and text == text.upper()
    )

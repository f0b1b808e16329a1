"""Snippets: the stretch of a passage where the question's words stand, as safe HTML."""

import re
from collections.abc import Sequence
from html import escape

from index.retrieval.words.word_order import Span

_WIDTH = 260  # characters
_SEARCHED = 4_000  # characters of a passage that are looked through
_ESCAPED = re.compile("[&<>\"']")


def snippet(text: str, marked: Sequence[Span]) -> str:
    """The best stretch of a passage without markup, matches in `<mark>`, all else escaped.

    Args:
        text: of the passage, as a reader sees it.
        marked: where the words of the question stand in it, in order.
    """
    if len(text) > _SEARCHED:
        text, marked = text[:_SEARCHED], [span for span in marked if span[1] <= _SEARCHED]
    start, end = _window(text, marked)
    safe = escape if _ESCAPED.search(text, start, end) else str  # most have nothing to escape
    pieces = ["… " if start else ""]
    at = start
    for first, last in marked:
        if start <= first < last <= end:
            pieces += (safe(text[at:first]), "<mark>", safe(text[first:last]), "</mark>")
            at = last
    pieces += (safe(text[at:end]), " …" if end < len(text) else "")
    return "".join(pieces)


def _window(text: str, marked: Sequence[Span]) -> Span:
    """The first window that holds most different matching words, with a little before it."""
    if len(text) <= _WIDTH:
        return 0, len(text)
    found = [text[first:last].lower() for first, last in marked]
    best, start, after = 0, 0, 0
    for number, (first, _) in enumerate(marked):
        while after < len(marked) and marked[after][1] <= first + _WIDTH:
            after += 1
        different = len(set(found[number:after]))
        if different > best:
            best, start = different, max(0, first - 40)
        if after == len(marked):  # the windows that follow hold less of the same
            break
    start = _sentence_start(text, start)
    end = min(len(text), start + _WIDTH)
    space = text.rfind(" ", start, end + 1) if end < len(text) else -1
    return start, (space if space > start else end)


def _sentence_start(text: str, at: int) -> int:
    """Back to the sentence's start where it is near, else forward to the next word."""
    if at == 0:
        return 0
    for stop in (". ", "? ", "! ", " · "):
        found = text.rfind(stop, max(0, at - 60), at + 40)
        if found >= 0:
            return found + len(stop)
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + 40 else at

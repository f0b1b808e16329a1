"""Snippets: the stretch of a passage where the question's words stand, as safe HTML."""

import html
from collections.abc import Callable, Iterable, Iterator

_WIDTH = 260  # characters
_SEARCHED = 4_000  # characters of a passage that are looked through


def snippet(text: str, matching: Callable[[str], Iterable[str]]) -> str:
    """The best stretch of plain text, matches in `<mark>`, all else escaped.

    Args:
        text: a passage without markup.
        matching: the words of a text, as written, that answer to a word of the question.
    """
    text = text[:_SEARCHED]
    marked = sorted(place for word in matching(text) for place in _places(text, word))
    start, end = _window(text, marked)
    pieces = ["… " if start else ""]
    at = start
    for first, last in marked:
        if start <= first and last <= end:
            pieces += (
                html.escape(text[at:first]),
                "<mark>",
                html.escape(text[first:last]),
                "</mark>",
            )
            at = last
    pieces += (html.escape(text[at:end]), " …" if end < len(text) else "")
    return "".join(pieces)


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands by itself."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            yield at, end
        at = text.find(word, end)


def _window(text: str, marked: list[tuple[int, int]]) -> tuple[int, int]:
    """The first window that holds most different matching words, with a little before it."""
    if len(text) <= _WIDTH:
        return 0, len(text)
    best, start = 0, 0
    for number, (first, _) in enumerate(marked):
        inside = {text[a:b].lower() for a, b in marked[number : number + 40] if b <= first + _WIDTH}
        if len(inside) > best:
            best, start = len(inside), max(0, first - 40)
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

"""Texts as they are meant: without marks that act, guards and comments of a template."""

from collections.abc import Sequence

from os2kb.decisions.guard import MARK, fences_in, unguarded
from os2kb.decisions.tidy import seen


def lines_of(text: str) -> list[str]:
    """The lines of a text from outside, in which a NUL or a mark of direction is nothing."""
    return seen(text).split("\n")


def value_of(written: str) -> str:
    """A value without comments, and without what its writer guarded it by."""
    return unguarded(_without_comments(written)[0]).strip()


def text_of(lines: Sequence[str]) -> tuple[str, int]:
    """A section's text as it was before it was guarded; how many comments were dropped."""
    fences, _ = fences_in(list(lines))
    made: list[str] = []
    at = dropped = 0
    for first, end in [*((one.first, one.last + 1) for one in fences), (len(lines),) * 2]:
        prose, count = _without_comments("\n".join(lines[at:first]))
        made += [prose] if first > at else []
        made += lines[first:end]
        dropped += count
        at = end
    return unguarded("\n".join(made)).strip(), dropped


def _without_comments(text: str) -> tuple[str, int]:
    """Comments that are more than a mark are a template's, and no part of a decision."""
    kept: list[str] = []
    at = dropped = 0
    while (start := text.find("<!--", at)) >= 0:
        if text.startswith(MARK, start):
            kept.append(text[at : start + len(MARK)])
            at = start + len(MARK)
            continue
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[at:start])
        at, dropped = end + 3, dropped + 1
    return "".join(kept) + text[at:], dropped

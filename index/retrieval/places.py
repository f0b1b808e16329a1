"""Where the words of a question stand in a text."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.danish import fold
from index.retrieval.question import Question

Span = tuple[int, int]
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def places(text: str, question: Question) -> list[Span]:
    """The words of a text that share a stem with the question: where each starts and ends.

    Args:
        text: composed (NFC).
        question: what was asked.

    Nothing is kept for the next question: to fold a passage and look for a few stems in it costs
    .02 ms, a list of its words more than that in time and a kilobyte or more in memory.
    """
    folded = _fold(text)
    found: dict[int, int] = {}
    for core in question.cores:
        at = folded.text.find(core)
        while at >= 0:
            start, end = _word(folded.text, at, at + len(core))
            if start not in found and question.asks(folded.text[start:end]):
                found[start] = end
            at = folded.text.find(core, end)
    return [(folded.origin(start), folded.origin(end)) for start, end in sorted(found.items())]


def _word(text: str, start: int, end: int) -> Span:
    """The whole word around a part of it."""
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Folded:
    """A folded text that knows where its letters come from.

    Attributes:
        after: the places in `text` behind each letter that became two, or none.
        shifts: how far all that follows has moved, for each of them; and 0 for what is before.
    """

    text: str
    after: Sequence[int]
    shifts: Sequence[int]

    def origin(self, at: int) -> int:
        """The place in the text that was folded."""
        return at - self.shifts[bisect_right(self.after, at)]


def _fold(text: str) -> _Folded:
    after: list[int] = []
    shifts = [0]

    def letter(match: re.Match[str]) -> str:
        folded = _letter(match[0])
        if len(folded) != 1:
            shifts.append(shifts[-1] + len(folded) - 1)
            after.append(match.end() + shifts[-1])
        return folded

    return _Folded(_NOT_ASCII.sub(letter, text).lower(), after, shifts)


_letter = lru_cache(maxsize=5_000)(fold)

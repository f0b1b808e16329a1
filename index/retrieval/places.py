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
_WORDS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(0x80)}
_REMEMBERED = 10_000  # texts, of 1 to 2 KB each: those that are found again and again


def places(text: str, question: Question) -> list[Span]:
    """The words of a text that share a stem with the question: where each starts and ends.

    Args:
        text: composed (NFC).
        question: what was asked.
    """
    folded = _fold(text)
    words = folded.words
    found: dict[int, int] = {}
    for core in question.cores:
        at = words.find(core)
        while at >= 0:
            start, end = words.rfind(" ", 0, at) + 1, words.find(" ", at)
            if start not in found and question.asks(words[start:end]):
                found[start] = end
            at = words.find(core, end)
    return [(folded.origin(start), folded.origin(end)) for start, end in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class _Folded:
    """A folded text that knows where its letters come from.

    Attributes:
        words: a space after each word, and in the place of all that is no letter or digit.
        after: the places in `words` behind each letter that became two, or none.
        shifts: how far all that follows has moved, for each of them; and 0 for what is before.
    """

    words: str
    after: Sequence[int]
    shifts: Sequence[int]

    def origin(self, at: int) -> int:
        """The place in the text that was folded."""
        return at - self.shifts[bisect_right(self.after, at)]


@lru_cache(maxsize=_REMEMBERED)
def _fold(text: str) -> _Folded:
    after: list[int] = []
    shifts = [0]

    def letter(match: re.Match[str]) -> str:
        folded = _letter(match[0])
        if len(folded) != 1:
            shifts.append(shifts[-1] + len(folded) - 1)
            after.append(match.end() + shifts[-1])
        return folded

    # Once all is ASCII, as it mostly is, `translate` takes a microsecond.
    return _Folded(_NOT_ASCII.sub(letter, text).translate(_WORDS) + " ", after, shifts)


@lru_cache(maxsize=5_000)
def _letter(letter: str) -> str:
    return "".join(folded if folded.isalnum() else " " for folded in fold(letter))

"""Words in a text that speak for a class of faults. They only ever suggest one to a person."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.danish import words
from os2kb.governance.reading.prose import prose

_SENTENCE = re.compile(r"[.!?;:\n]+")
_NOT = frozenset({"ikke", "ej", "aldrig", "ingen", "not", "never", "no", "isnt", "doesnt"})
_APART = 2  # other words between two of an entry: `login har været nede`


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A class, and the Policy's own words for what in the text speaks for it."""

    severity: str
    words: str


def suggested(title: str, body: str, lists: Mapping[str, tuple[str, ...]]) -> Suggestion | None:
    """The first class of which a text has the words; None where it has none.

    The words of an entry stand in one sentence, in order, with two others between them at most, and
    none that denies them. Code, quotes and headings' markup are not read.

    Args:
        title: of the issue.
        body: its Markdown.
        lists: class to entries, worst class first.
    """
    text = f"{title}\n{prose(body)}"
    sentences = [found for part in _SENTENCE.split(text) if (found := words(part))]
    return next(
        (
            Suggestion(severity, entry)
            for severity, entries in lists.items()
            for entry in entries
            if (wanted := words(entry)) and any(_holds(one, wanted) for one in sentences)
        ),
        None,
    )


def _holds(sentence: list[str], wanted: list[str]) -> bool:
    return any(_follows(sentence, start, wanted) for start in _starts(sentence, wanted[0]))


def _starts(sentence: list[str], first: str) -> Iterator[int]:
    """Where a word stands that is not denied by the one before it."""
    for at, word in enumerate(sentence):
        if word == first and not (at and sentence[at - 1] in _NOT):
            yield at


def _follows(sentence: list[str], start: int, wanted: list[str]) -> bool:
    """Whether the other words come after it, each soon after the one before."""
    at = start
    for word in wanted[1:]:
        near = sentence[at + 1 : at + 2 + _APART]
        if word not in near or _NOT & set(near[: near.index(word)]):
            return False
        at += 1 + near.index(word)
    return True

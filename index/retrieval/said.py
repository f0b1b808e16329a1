"""What a passage itself says: what it is asked for by helps to find it, and proves nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from index.passages import Language, Parsed
from index.retrieval.question import Question
from index.retrieval.words.analysis import gram_terms, stem_terms, weighted_words
from index.retrieval.words.compounds import Compounds
from index.retrieval.words.lexicon import Lexicon


class Said(NamedTuple):
    """What speaks for a passage that was found.

    Attributes:
        text: its title, heading path, path and words.
        gram_score: by 4-grams.
        holds: whether a stem is one of its words'.
    """

    text: str
    gram_score: float
    holds: Callable[[str], bool]


def said(
    parsed: Parsed,
    at: int,
    gram_score: float,
    *,
    question: Question,
    known: Lexicon,
    compounds: Compounds,
) -> Said:
    """What the passage at a position says, of which the legs know `asked` too.

    Args:
        parsed: the passage; its `asked` is left out, at the cost of reading its words anew.
        at: its position in the legs.
        gram_score: by which it was found.
        question: what was asked.
        known: the legs.
        compounds: what its words were divided by.
    """
    passage = parsed.passage
    text = "\n".join((passage.title, *passage.heading, passage.path, parsed.plain))
    if not parsed.asked:
        return Said(text, gram_score, partial(known.stems.holds, at=at))
    own = _words(replace(parsed, asked=""))
    stems = {term for word in own for term in stem_terms(word, passage.lang, compounds)}
    before, after = _grams(_words(parsed), passage.lang), _grams(own, passage.lang)
    score = sum(
        weight * known.grams.impact(term, at, counted=before[term], instead=after[term])
        for term, weight in {**question.synonym_grams, **question.grams}.items()
        if term in after
    )
    return Said(text, score, stems.__contains__)


def _words(parsed: Parsed) -> dict[str, float]:
    counted: dict[str, float] = {}
    for weight, found in weighted_words(parsed):
        for word in found:
            counted[word] = counted.get(word, 0.0) + weight
    return counted


def _grams(counted: Mapping[str, float], lang: Language) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, weight in counted.items():
        for term, count in gram_terms(word, lang).items():
            found[term] = found.get(term, 0.0) + weight * count
    return found

"""How much of a question a short text speaks to, with the index's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from index.danish import grams, stem, words
from index.language import STOP_WORDS
from index.passages import Language
from index.plain import plain

LONGEST_QUESTION = 60  # words; more would only blur what is asked
LEAST_CONTAINED = 0.6  # of a word's 4-grams, for a compound or a misspelling to count
SYNONYM = 0.8  # of a word that the text says otherwise
# What people ask with, and what rules are written with.
_SAID_OTHERWISE: Mapping[Language, tuple[tuple[str, ...], ...]] = {
    "da": (
        tuple(words("sidder medlemmer medlem")),
        tuple(words("anmelder anmeldes melder meldes indberetter indberettes rapporterer")),
        tuple(words("koster betaler pris priser")),
    ),
    "en": (
        tuple(words("sits members member")),
        tuple(words("costs pays price fee")),
    ),
}


@dataclass(frozen=True, slots=True)
class _Term:
    stem: str
    grams: frozenset[str]
    synonyms: frozenset[str] = frozenset()


class Relevance:
    """A question's words, weighed by how few of the candidate texts hold them.

    Args:
        question: as asked.
        language: of the question, for stems and stop words.
        texts: the candidates; the weights are those of this set, so that a word all of them
            share (the topic) tells them apart no more.
    """

    def __init__(self, question: str, language: Language, texts: Sequence[str]) -> None:
        self._language = language
        self._terms = _terms(question, language)
        self._matches = [self._match(text) for text in texts]
        self._weights = [self._weight(at) for at in range(len(self._terms))]

    def of(self, text: int, *contexts: tuple[float, "Sequence[float]"]) -> float:
        """0 to 1: the weighed share of the question that candidate number `text` speaks to.

        `contexts` are (factor, matches) of what stands around it (heading, lead-in); a word that
        is found only there counts by the factor.
        """
        whole = sum(self._weights)
        if not whole:
            return 0.0
        said = self.said(text, *contexts)
        return sum(w * m for w, m in zip(self._weights, said, strict=True)) / whole

    def said(self, text: int, *contexts: tuple[float, "Sequence[float]"]) -> tuple[float, ...]:
        """0 to 1 for each word of the question: how well candidate number `text` says it."""
        best = tuple(self._matches[text])
        for factor, matches in contexts:
            best = tuple(max(one, factor * other) for one, other in zip(best, matches, strict=True))
        return best

    def matches(self, text: str) -> Sequence[float]:
        """How well each word of the question stands in a text, as a context for `of`."""
        return self._match(text)

    def _match(self, text: str) -> list[float]:
        found = words(plain(text))
        stems = {stem(word, self._language) for word in found}
        pieces = {gram for word in found for gram in grams(word)}
        return [_matched(term, stems, pieces) for term in self._terms]

    def _weight(self, term: int) -> float:
        holding = sum(match[term] >= LEAST_CONTAINED**2 for match in self._matches)
        return log(1 + (len(self._matches) - holding + 0.5) / (holding + 0.5))


def _terms(question: str, language: Language) -> tuple[_Term, ...]:
    asked = words(question)[:LONGEST_QUESTION]
    content = [word for word in asked if word not in STOP_WORDS[language]] or asked
    return tuple(
        _Term(stem(word, language), frozenset(grams(word)), _synonyms(word, language))
        for word in dict.fromkeys(content)
    )


def _synonyms(word: str, language: Language) -> frozenset[str]:
    own = stem(word, language)
    groups = ({stem(each, language) for each in group} for group in _SAID_OTHERWISE[language])
    return frozenset(each for group in groups if own in group for each in group - {own})


def _matched(term: _Term, stems: set[str], pieces: set[str]) -> float:
    if term.stem in stems:
        return 1.0
    if term.synonyms & stems:
        return SYNONYM
    contained = len(term.grams & pieces) / len(term.grams)
    return contained**2 if contained >= LEAST_CONTAINED else 0.0

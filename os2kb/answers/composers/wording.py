"""How well a text says the words of a question, with the index's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.danish import grams, stem, words
from index.language import STOP_WORDS
from index.passages import AskedWord, Language
from index.plain import plain

Shares = NDArray[np.float64]  # for each word of the question, 0 to 1

LONGEST_QUESTION = 60  # words; more would only blur what is asked
LEAST_CONTAINED = 0.6  # of a word's 4-grams, for a compound or a misspelling to count
SYNONYM = 0.8  # of a word that the text says otherwise
FILLER = 0.12  # the rarity of a word that the index takes for one that says nothing
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
    synonyms: frozenset[str]


class Wording:
    """The meaningful words of a question.

    Args:
        question: as asked.
        language: of the question, for stems and stop words.
        asked: what the index knows of its words; without it every word weighs the same.

    Attributes:
        words: folded, each once.
        rarity: 0 to 1 for each of them.
        weights: their shares of the question, by rarity; the sum is 1.
        is_name: for each of them, whether it is a name or a number.
    """

    def __init__(self, question: str, language: Language, asked: Sequence[AskedWord] = ()) -> None:
        found = words(question)[:LONGEST_QUESTION]
        said = [word for word in found if word not in STOP_WORDS[language]] or found
        self.words = tuple(dict.fromkeys(said))
        known = {each.word: each for each in asked}
        self.rarity = np.array(
            [known[word].rarity if word in known else FILLER for word in self.words], np.float64
        )
        self.is_name = np.array([word in known and known[word].is_name for word in self.words])
        self.weights = self.rarity / (self.rarity.sum() or 1.0)
        self._language = language
        self._terms = [_term(word, language) for word in self.words]

    def held(self, text: str) -> Shares:
        """How well a text says each word: 1 in another form, less in a compound or misspelt."""
        stems, pieces = _vocabulary(text, self._language)
        return np.array([_match(term, stems, pieces) for term in self._terms], np.float64)

    def share(self, held: Shares) -> float:
        """0 to 1: how much of the question's weight these words carry."""
        return float(held @ self.weights)


def _term(word: str, language: Language) -> _Term:
    own = stem(word, language)
    groups = ({stem(each, language) for each in group} for group in _SAID_OTHERWISE[language])
    synonyms = frozenset(each for group in groups if own in group for each in group - {own})
    return _Term(own, frozenset(grams(word)), synonyms)


@lru_cache(maxsize=4_000)
def _vocabulary(text: str, language: Language) -> tuple[frozenset[str], frozenset[str]]:
    found = set(words(plain(text)))
    stems = frozenset(stem(word, language) for word in found)
    return stems | found, frozenset(gram for word in found for gram in grams(word))


def _match(term: _Term, stems: frozenset[str], pieces: frozenset[str]) -> float:
    if term.stem in stems:
        return 1.0
    if term.synonyms & stems:
        return SYNONYM
    contained = len(term.grams & pieces) / len(term.grams)
    return contained**2 if contained >= LEAST_CONTAINED else 0.0

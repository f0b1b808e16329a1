"""A question as the legs of a search see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from index.danish import fold
from index.language import detect
from index.passages import Language
from index.retrieval.analysis import Terms, gram_terms, question_stems, question_words
from index.retrieval.compounds import Compounds

_LONGEST = 20_000  # characters that are read


@dataclass(frozen=True, slots=True)
class Question:
    """The terms of a question.

    Attributes:
        groups: for each meaningful word, the stem terms that would be a match.
        stems: all of them, each with its weight.
        grams: 4-grams with their counts.
    """

    text: str
    lang: Language
    groups: tuple[Terms, ...]
    stems: Mapping[str, float]
    grams: Mapping[str, float]
    _compounds: Compounds
    _cores: tuple[str, ...] = ()
    _known: dict[str, bool] = field(default_factory=dict)

    def terms_of(self, word: str) -> frozenset[str]:
        """The stem terms of a folded word in a text, as of one of the question's own."""
        groups = question_stems([word], self.lang, self._compounds)
        return frozenset(term for terms in groups for term in terms)

    def matches(self, word: str) -> bool:
        """Whether a word, as written in a passage, shares a stem with the question."""
        found = self._known.get(word)
        if found is None:
            folded = _folded(word)
            # A stem is its word without an ending, so most words need not be stemmed at all.
            found = any(core in folded for core in self._cores) and not (
                self.stems.keys().isdisjoint(self.terms_of(folded))
            )
            self._known[word] = found
        return found


def understand(query: str, compounds: Compounds) -> Question:
    """Take a question apart; its language decides which words say nothing."""
    text = query[:_LONGEST]
    found = question_words(text)
    lang = detect(text)
    groups = tuple(question_stems(found, lang, compounds))
    stems: dict[str, float] = {}
    for terms in groups:
        for term, weight in terms.items():
            stems[term] = max(weight, stems.get(term, 0.0))
    grams: dict[str, float] = {}
    for word in found:
        for term, weight in gram_terms(word, lang).items():
            grams[term] = grams.get(term, 0.0) + weight
    # The English stemmer may change a last letter too (happy, happi).
    cores = tuple({stem[:-1] if len(stem) > 3 else stem for stem in stems})
    return Question(text, lang, groups, stems, grams, compounds, cores)


_folded = lru_cache(maxsize=200_000)(fold)

"""A question as the legs of a search see it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from index.danish import LONGEST_WORD, fold, grams
from index.language import detect
from index.passages import AskedWord, Language
from index.retrieval.lexical import Postings
from index.retrieval.nearness import Asked
from index.retrieval.words.analysis import (
    Terms,
    gram_terms,
    means_one_of,
    question_terms,
    question_words,
)
from index.retrieval.words.compounds import Compounds
from index.retrieval.words.vocabulary import Reading, Vocabulary
from index.synonyms import NO_SYNONYMS, SYNONYM_WEIGHT, Synonyms

_LONGEST = 20_000  # characters that are read
# Of a 4-gram of a name or a number, which nobody writes in other words: names are short, and say
# little in 4-grams beside a long everyday word. nDCG@10 on Danish XQuAD +.0011 (.0001 to .0027),
# with two typos +.0009, asked in English +.0025; recall at one and at five stays on OS2's documents
# and on the sample handbook. With 1.25 it falls on OS2's documents, and the gain is less.
_NAME_WEIGHT = 1.15
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:–—]\s)\W*\Z")


@dataclass(frozen=True, slots=True)
class Question:
    """The terms of a question.

    Attributes:
        words: the meaningful words, folded, each once.
        groups: for each of them, the stem terms that would be a match.
        keys: those of them that are names or numbers, which nobody writes in other words.
        stems: all terms, each with its weight.
        grams: 4-grams with their counts; those of names and numbers count for a little more.
        synonym_grams: 4-grams of what means the same as a word of it, with lesser weights.
        reading: how its misspelt words were read; `text` and all else is of what was read.
    """

    text: str
    lang: Language
    words: tuple[str, ...]
    groups: tuple[Terms, ...]
    keys: frozenset[str]
    stems: Mapping[str, float]
    grams: Mapping[str, float]
    synonym_grams: Mapping[str, float]
    reading: Reading
    _compounds: Compounds
    _known: dict[str, bool] = field(default_factory=dict)

    def terms_of(self, word: str) -> frozenset[str]:
        """The stem terms of a folded word in a text, as of one of the question's own."""
        return frozenset(question_terms(word, self.lang, self._compounds))

    def asks(self, word: str) -> bool:
        """Whether a folded word shares a stem with the question."""
        known = self._known.get(word)
        if known is None:
            known = means_one_of(self.stems, word, self.lang, self._compounds)
            self._known[word] = known
        return known


def understand(
    query: str,
    compounds: Compounds,
    synonyms: Synonyms = NO_SYNONYMS,
    product: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> Question:
    """Take a question apart; its language decides which words say nothing."""
    text = unicodedata.normalize("NFC", query[:_LONGEST])
    keys = _keys(text)
    reading = vocabulary.read(text, keys) if vocabulary else Reading(text)
    text = reading.text
    found = question_words(text)
    lang = detect(text)
    meant = {
        word: dict(terms) for word in found if (terms := question_terms(word, lang, compounds))
    }
    synonym_grams: dict[str, float] = {}
    for stretch, other in chain(synonyms.of(found, product), reading.otherwise()):
        for word in other:
            for term, weight in question_terms(word, lang, compounds).items():
                for asked in stretch:
                    held = meant.get(asked, {})
                    held[term] = max(held.get(term, 0.0), weight * SYNONYM_WEIGHT)
            for term in gram_terms(word, lang):
                synonym_grams[term] = SYNONYM_WEIGHT
    stems: dict[str, float] = {}
    for terms in meant.values():
        for term, weight in terms.items():
            stems[term] = max(weight, stems.get(term, 0.0))
    grams: dict[str, float] = {}
    for word in found:
        for term, weight in gram_terms(word, lang).items():
            grams[term] = grams.get(term, 0.0) + weight * (_NAME_WEIGHT if word in keys else 1.0)
    return Question(
        text=text,
        lang=lang,
        words=tuple(meant),
        groups=tuple(meant.values()),
        keys=keys,
        stems=stems,
        grams=grams,
        synonym_grams=synonym_grams,
        reading=reading,
        _compounds=compounds,
    )


def known_share(question: Question, stems: Postings) -> float:
    """How much of a question the leg of stems can speak to, from 0 to 1, by how rare its words are.

    A misspelt or foreign word is no stem of the corpus: what the leg says of the others is then
    worth less than what the 4-grams say of all.
    """
    known = whole = 0.0
    for terms in question.groups:
        held = [(weight, stems.idf_of(term)) for term, weight in terms.items() if stems.has(term)]
        share, idf = max(held, default=(0.0, stems.unseen_idf))
        known += share * idf
        whole += idf
    return known / whole if whole else 0.0


def asked_words(question: Question, leg: Postings) -> list[Asked]:
    """A question's words by the 4-grams that the corpus has, weighed by how rare those are."""
    asked = []
    for word in question.words:
        held = {*grams(word)}
        weight = sum(leg.idf_of(gram) for gram in held) / len(held)
        rows = tuple(leg.terms[gram] for gram in held if leg.has(gram))
        asked.append(Asked(rows, len(held), weight))
    return asked


def words_by_rarity(question: Question, stems: Postings) -> tuple[AskedWord, ...]:
    """A question's words, each with how rare it is in the corpus."""
    unseen = stems.unseen_idf or 1.0
    return tuple(
        AskedWord(word, min(1.0, max(map(stems.idf_of, terms)) / unseen), word in question.keys)
        for word, terms in zip(question.words, question.groups, strict=True)
    )


def _keys(text: str) -> frozenset[str]:
    """Names and numbers, folded: digits, and capitals where no sentence begins."""
    if text.isupper():
        return frozenset()
    keys = []
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) > LONGEST_WORD:  # none of the question's words
            continue
        is_name = len(word) > 1 and not word.islower()
        begins = is_name and _SENTENCE_START.search(text, max(0, match.start() - 8), match.start())
        if any(c.isdigit() for c in word) or (is_name and not begins):
            keys.append(_folded(word))
    return frozenset(keys)


_folded = lru_cache(maxsize=200_000)(fold)

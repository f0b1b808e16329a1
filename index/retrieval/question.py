"""A question as the legs of a search see it."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from index.danish import fold
from index.language import detect
from index.passages import Language
from index.retrieval.analysis import Terms, gram_terms, question_terms, question_words
from index.retrieval.compounds import Compounds

_LONGEST = 20_000  # characters that are read
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
        grams: 4-grams with their counts.
    """

    text: str
    lang: Language
    words: tuple[str, ...]
    groups: tuple[Terms, ...]
    keys: frozenset[str]
    stems: Mapping[str, float]
    grams: Mapping[str, float]
    _compounds: Compounds
    _cores: tuple[str, ...] = ()
    _known: dict[str, bool] = field(default_factory=dict)

    def terms_of(self, word: str) -> frozenset[str]:
        """The stem terms of a folded word in a text, as of one of the question's own."""
        return frozenset(question_terms(word, self.lang, self._compounds))

    def matching(self, text: str) -> list[str]:
        """The words of a text, as written and each once, that share a stem with the question."""
        known = _vocabulary(text)
        found: set[int] = set()
        # A stem is its word without an ending, so most words need not be stemmed at all.
        for core in self._cores:
            at = known.folded.find(core)
            while at >= 0:
                number = bisect_right(known.starts, at)
                found.add(number - 1)
                at = known.folded.find(core, known.starts[number])
        return [known.written[number] for number in sorted(found) if self._asks(known, number)]

    def _asks(self, known: "_Vocabulary", number: int) -> bool:
        word = known.folded[known.starts[number] : known.starts[number + 1] - 1]
        if word not in self._known:
            self._known[word] = not self.stems.keys().isdisjoint(self.terms_of(word))
        return self._known[word]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The distinct words of a text: as written, and folded on a line each.

    Attributes:
        starts: where each folded word begins, and the end.
    """

    written: tuple[str, ...]
    folded: str
    starts: tuple[int, ...]


@lru_cache(maxsize=5_000)
def _vocabulary(text: str) -> _Vocabulary:
    written = tuple(dict.fromkeys(_WORD.findall(text)))
    folded = [_folded(word) for word in written]
    starts = tuple(accumulate((len(word) + 1 for word in folded), initial=0))
    return _Vocabulary(written, "".join(f"{word}\n" for word in folded), starts)


def understand(query: str, compounds: Compounds) -> Question:
    """Take a question apart; its language decides which words say nothing."""
    text = query[:_LONGEST]
    found = question_words(text)
    lang = detect(text)
    meant = {word: terms for word in found if (terms := question_terms(word, lang, compounds))}
    stems: dict[str, float] = {}
    for terms in meant.values():
        for term, weight in terms.items():
            stems[term] = max(weight, stems.get(term, 0.0))
    grams: dict[str, float] = {}
    for word in found:
        for term, weight in gram_terms(word, lang).items():
            grams[term] = grams.get(term, 0.0) + weight
    return Question(
        text=text,
        lang=lang,
        words=tuple(meant),
        groups=tuple(meant.values()),
        keys=_keys(text),
        stems=stems,
        grams=grams,
        _compounds=compounds,
        # The English stemmer may change a last letter too (happy, happi).
        _cores=tuple({stem[:-1] if len(stem) > 3 else stem for stem in stems}),
    )


def _keys(text: str) -> frozenset[str]:
    """Names and numbers, folded: digits, and capitals where no sentence begins."""
    if text.isupper():
        return frozenset()
    keys = []
    for match in _WORD.finditer(text):
        word = match[0]
        is_name = len(word) > 1 and not word.islower()
        begins = is_name and _SENTENCE_START.search(text, max(0, match.start() - 8), match.start())
        if any(c.isdigit() for c in word) or (is_name and not begins):
            keys.append(_folded(word))
    return frozenset(keys)


_folded = lru_cache(maxsize=200_000)(fold)

"""How likely a hit holds the answer: what abstention rests on."""

from collections.abc import Callable
from functools import lru_cache
from math import exp
from typing import NamedTuple

from index.danish import grams as grams_of
from index.danish import spelling, words
from index.retrieval.lexical import K1, Postings
from index.retrieval.question import Question
from index.retrieval.said import Said
from index.retrieval.words.analysis import Terms
from index.retrieval.words.lexicon import Lexicon

# Fitted by logistic regression on five sets of questions at once (benchmarks/abstention.py has them
# and prints the weights); the bias is 1.1 lower, so that an answer is rather withheld than wrong.
# AUROC of each set, judged by weights fitted on the others: OS2's documents .92, the sample
# handbook .75 (most of the questions it does not answer are very near to what it says), each of
# its folders alone .94, Danish XQuAD without half of its articles .97, without half of its
# paragraphs .92; of 25 questions about anything else beside OS2's documents, 1.00. At one half 83,
# 50, 42, 62 and 63 % of what is answerable is answered, and 0 of 7, 2 of 14, 1 %, 0 % and 6 % of
# the rest. Tried, and no better on sets they were not fitted on: the stem score, idf coverage, the
# cosine, the share of the question that the corpus knows, the rarest word alone.
_BIAS, _GRAM, _WORDS, _KEY, _NEAR, _LENGTH = -6.77, 5.35, 2.13, -2.7, 2.58, 2.55
_LONG = 6  # words
_READ = 0.9  # of a word that was read in the place of a misspelt one
_LEAST_SHARED = 0.5  # of a word's 4-grams, for a compound or a misspelling to count


class Evidence(NamedTuple):
    """What speaks for a hit, each from 0 to 1, and none of it grows with the corpus.

    Attributes:
        gram: its 4-gram score, of the highest the question could give.
        words: the share of the question's words that it holds; a part of a compound and a
            misspelling count in part.
        key: how wholly a name or number of the question is missing, by how rare it is. Other
            words may be said otherwise; a name that is not there does tell.
        near: the share of the question that its best stretch of a dozen words says.
        length: of the question, up to six words that mean something: to hold all of a few is
            easily chance.
    """

    gram: float
    words: float
    key: float
    near: float
    length: float


def evidence(question: Question, known: Lexicon, passage: Said, near: float) -> Evidence:
    """What speaks for a passage.

    Args:
        question: what was asked.
        known: the words of the index.
        passage: what it says.
        near: how near to one another it says the question's words.
    """
    most_grams = sum(known.grams.idf_of(gram) * count for gram, count in question.grams.items())
    spelled, read = _spelled(passage.text), question.reading.meant
    found = [
        _Word(word, *_match(word, terms, known.stems, passage.holds, spelled), word in read)
        for word, terms in zip(question.words, question.groups, strict=True)
    ]
    missing = (word.idf * (1 - word.held) for word in found if word.word in question.keys)
    return Evidence(
        gram=_share(passage.gram_score, most_grams * (K1 + 1)),
        words=_share(sum(word.held for word in found), len(found)),
        key=_share(max(missing, default=0.0), known.stems.unseen_idf),
        near=near,
        length=_share(len(question.words), _LONG),
    )


@lru_cache(maxsize=1_000)  # the passages that answer are few, and asked for again and again
def _spelled(text: str) -> str:
    return f" {' '.join(map(spelling, words(text)))} "


class _Word(NamedTuple):
    word: str
    idf: float
    matched: float
    is_read: bool

    @property
    def held(self) -> float:
        """How far the passage holds it; less where it stands for a misspelling of it."""
        return self.matched * (_READ if self.is_read else 1.0)


def _match(
    word: str, terms: Terms, stems: Postings, holds: Callable[[str], bool], spelled: str
) -> tuple[float, float]:
    """A word's idf, and how far the passage holds it: by its stem, its parts or its 4-grams."""
    weighed = [(stems.idf_of(term) * weight, term) for term, weight in terms.items()]
    idf = max(weighed)[0]
    by_stem = max((weight for weight, term in weighed if holds(term)), default=0.0)
    pieces = set(grams_of(word))
    shared = sum(piece in spelled for piece in pieces) / len(pieces)
    return idf, max(_share(by_stem, idf), shared**2 if shared >= _LEAST_SHARED else 0.0)


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


def confidence(found: Evidence) -> float:
    """0 to 1."""
    total = _BIAS + _GRAM * found.gram + _WORDS * found.words + _KEY * found.key
    total += _NEAR * found.near + _LENGTH * found.length
    return 1 / (1 + exp(-total))

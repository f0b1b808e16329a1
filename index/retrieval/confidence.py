"""How likely a hit holds the answer: what abstention rests on."""

from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.retrieval.lexical import K1, Postings
from index.retrieval.question import Question

# Measured on 31 questions about OS2's documents, 66 about the sample handbook, and Danish XQuAD
# with and without the paragraph that answers. The 4-gram share tells most by far. Questions about
# other things are told apart almost always (AUROC .99), questions that the documents only come
# near to are the hard part: at a confidence of one half, 75 % of the answerable questions about
# OS2's documents are answered and none of the 7 others, half of those about the handbook and 2 of
# the 14 others, and 1 % of XQuAD's questions whose paragraph was taken out.
_BIAS, _STEM, _GRAM, _COVERAGE = -5.9, 1.0, 10.0, 1.0
DEFAULT_FLOOR = 0.5


class Evidence(NamedTuple):
    """What speaks for a hit, each from 0 to 1.

    Attributes:
        stem: its stem score, of the highest the question's words could give.
        gram: its 4-gram score, likewise.
        coverage: how much of the question's meaning (by idf) its words hold.
    """

    stem: float
    gram: float
    coverage: float


def evidence(
    question: Question,
    stems: Postings,
    grams: Postings,
    at: int,
    stem_scores: NDArray[np.float32],
    gram_scores: NDArray[np.float32],
) -> Evidence:
    """What speaks for the passage at a position."""
    held, asked = 0.0, 0.0
    for terms in question.groups:
        weighed = [(stems.idf_of(term) * weight, term) for term, weight in terms.items()]
        heaviest = max(weighed)[0]
        asked += heaviest
        held += max((w for w, term in weighed if stems.holds(term, at)), default=0.0)
    most_grams = sum(grams.idf_of(term) * weight for term, weight in question.grams.items())
    return Evidence(
        stem=_share(float(stem_scores[at]), asked * (K1 + 1)),
        gram=_share(float(gram_scores[at]), most_grams * (K1 + 1)),
        coverage=_share(held, asked),
    )


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


def confidence(found: Evidence) -> float:
    """0 to 1."""
    total = _BIAS + _STEM * found.stem + _GRAM * found.gram + _COVERAGE * found.coverage
    return 1 / (1 + exp(-total))

"""Which passages answer a question best: three legs fused, then nearness and the prior."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedders.serving import ServedEmbedder
from index.retrieval.best import best
from index.retrieval.fusion import Scores, fuse, normalised, spread
from index.retrieval.named import Names
from index.retrieval.nearness import NEARNESS, Nearness
from index.retrieval.question import Question, asked_words, known_share
from index.retrieval.twins import Twins
from index.retrieval.vectors import VectorIndex
from index.retrieval.words.lexicon import Lexicon

WEIGHED = 3  # hits whose evidence makes the confidence
_NEIGHBOURS = 200  # of the dense leg
_GRAM_MATCH = 0.5  # of the best 4-gram score: below it, shared letters are chance
_LOOKED_AT = 30  # of the best by their legs, for how near to one another they say the words

Mask = NDArray[np.bool_]


class Found(NamedTuple):
    """What the evidence for a hit is drawn from: its position, 4-gram score and nearness."""

    at: int
    gram: float
    near: float


class Ranked(NamedTuple):
    """Every passage's place for one question.

    Attributes:
        scores: of every passage; 0 where it does not match.
        matched: which of them match at all.
        legs: each leg's scores, of which `scores` are made.
        best: positions, the best first, twins folded into the best of them.
        found: of the first few, what makes the confidence.
    """

    scores: Scores
    matched: Mask
    legs: Mapping[str, Scores]
    best: list[int]
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the passages of a version are ranked by, besides their words.

    Attributes:
        prior: of every passage, whatever is asked.
    """

    vectors: VectorIndex
    dense: ServedEmbedder
    nearness: Nearness
    names: Names
    prior: Scores
    twins: Twins

    def rank(
        self,
        question: Question,
        known: Lexicon,
        allowed: Mask | None,
        weights: Mapping[str, float],
        count: int,
    ) -> Ranked:
        """Rank the passages.

        Args:
            question: what is asked.
            known: the words, as far as whoever asks may know of them.
            allowed: which passages may be found; None for all.
            weights: of each leg.
            count: how many of the best are wanted.
        """
        legs, gram, matched = self._legs(question, known, allowed)
        scores = fuse(legs, weights)
        scores *= matched.astype(np.float32)
        looked_at = best(scores, _LOOKED_AT)
        near = np.zeros_like(scores)
        near[looked_at] = self.nearness.of(asked_words(question, known.grams), looked_at)
        legs["near"] = near
        scores *= np.float32(1 - NEARNESS)
        scores[looked_at] += np.float32(NEARNESS) * near[looked_at] ** 2
        scores *= self.prior
        named = self.names.factor(question.text, allowed)
        if named is not None:
            scores *= named
        order = self._folded(scores, max(count, WEIGHED))
        found = tuple(Found(at, float(gram[at]), float(near[at])) for at in order[:WEIGHED])
        return Ranked(scores, matched, legs, order, found)

    def _legs(
        self, question: Question, known: Lexicon, allowed: Mask | None
    ) -> tuple[dict[str, Scores], Scores, Mask]:
        """Each leg's scores, normalised; the 4-grams' as they were; and which passages match."""
        stem = known.stems.scores(question.stems)
        gram = known.grams.scores({**question.synonym_grams, **question.grams})
        if allowed is not None:
            stem *= allowed
            gram *= allowed
        near = self.vectors.nearest(self.dense.question(question.text), _NEIGHBOURS, allowed)
        legs = {
            "stem": normalised(stem, known_share(question, known.stems)),
            "gram": normalised(gram),
            "dense": spread(*near, len(self.prior)),
        }
        matched = legs["gram"] >= _GRAM_MATCH
        matched |= stem > 0
        return legs, gram, matched

    def _folded(self, scores: Scores, count: int) -> list[int]:
        """The positions of the best, twins folded into the best of them."""
        taken = count
        while True:
            order = best(scores, taken)
            kept = list(islice(self.twins.folded(map(int, order)), count))
            if len(kept) == count or len(order) < taken:
                return kept
            taken *= 2

"""Several legs' scores into one: a min–max convex sum.

Bruch, Gai & Ingber, An Analysis of Fusion Functions for Hybrid Retrieval (2023): unlike reciprocal
ranks, it is not spoiled by a weak leg.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.retrieval.defaults import WEIGHTS

Scores = NDArray[np.float32]


def normalised(scores: Scores, highest: float = 1.0) -> Scores:
    """Scores from 0 to 1: nothing found is 0 and the best is `highest`."""
    best = float(scores.max(initial=0.0))
    return scores * np.float32(highest / best) if best > 0 else np.zeros_like(scores)


def spread(positions: NDArray[np.int64], scores: Scores, size: int) -> Scores:
    """A short list of nearest neighbours as scores from 0 (the last, or not listed) to 1."""
    full = np.zeros(size, np.float32)
    if len(scores):
        low, high = float(scores.min()), float(scores.max())
        full[positions] = (scores - low) / (high - low) if high > low else 1.0
    return full


def fuse(legs: Mapping[str, Scores], weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """The weighted mean of normalised legs, 0 to 1."""
    total = sum(weights[name] for name in legs)
    first, *others = (np.float32(weights[name] / total) * scores for name, scores in legs.items())
    for scores in others:
        first += scores
    return first

"""How sure a score is, and from where on it is sure enough.

Both are fitted on scores of issues that were not learned from.
"""

from dataclasses import dataclass

import numpy as np

from os2kb.triage.ridge import Doubles, Ints

PRECISION = 0.9
NEVER = 1.01  # a floor that no confidence reaches
_LEAST = 20  # sure guesses that a floor must rest on
_STEEPNESS = np.geomspace(0.5, 20, 60)


@dataclass(frozen=True, slots=True)
class Calibration:
    """From scores to a confidence, and the floor below which it is not known.

    Attributes:
        steepness: of the softmax.
        floor: a share; NEVER where no floor keeps the precision.
        precision: of the guesses at or above the floor, where it was fitted.
        coverage: their share of all.
    """

    steepness: float
    floor: float
    precision: float
    coverage: float

    def confidence(self, scores: Doubles) -> Doubles:
        """Of the likeliest type: issues × types to issues."""
        powers = np.exp(self.steepness * (scores - scores.max(axis=1, keepdims=True)))
        sure: Doubles = 1 / powers.sum(axis=1)
        return sure


def calibrate(scores: Doubles, types: Ints, precision: float = PRECISION) -> Calibration:
    """Fit on issues × types that were not learned from, and the types they are.

    The floor keeps the precision by a standard error: chosen as the lowest that kept it, it would
    keep less than that on the next issues.
    """
    steepness = min(_STEEPNESS, key=lambda steep: _surprise(scores, types, float(steep)))
    plain = Calibration(float(steepness), NEVER, 0.0, 0.0)
    sure = plain.confidence(scores)
    right = scores.argmax(axis=1) == types
    order = np.argsort(-sure, kind="stable")
    taken = np.arange(1, len(order) + 1)
    reached = np.cumsum(right[order]) / taken
    kept = reached - np.sqrt(reached * (1 - reached) / taken) >= precision
    # Equal confidences stand or fall together.
    last = np.append(np.diff(sure[order]) != 0, True)
    enough = np.flatnonzero(kept & last & (taken >= _LEAST))
    if not len(enough):
        return plain
    end = int(enough[-1])
    return Calibration(
        plain.steepness, float(sure[order][end]), float(reached[end]), (end + 1) / len(order)
    )


def _surprise(scores: Doubles, types: Ints, steepness: float) -> float:
    """The mean negative log-likelihood of what the issues are."""
    sharp = steepness * (scores - scores.max(axis=1, keepdims=True))
    chances = sharp[np.arange(len(types)), types] - np.log(np.exp(sharp).sum(axis=1))
    return float(-chances.mean())

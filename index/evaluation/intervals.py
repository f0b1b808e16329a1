"""How far a figure measured on few questions can be trusted: 95 % intervals."""

from collections.abc import Callable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]

_RESAMPLES = 1_000
_SEED = 1  # any; the same questions give the same interval
_Z = 1.96


def interval(share: float, count: int) -> Interval:
    """Wilson's interval of a share (https://doi.org/10.2307/2276774)."""
    if count == 0:
        return 0.0, 1.0
    z = _Z
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def interval_of_mean(values: Sequence[float]) -> Interval:
    """The interval of a mean, by drawing the questions again (Efron's percentile bootstrap)."""
    drawn = np.asarray(values, np.float64)[_draws(len(values))].mean(axis=1)
    return _middle(drawn)


def interval_of_pair(
    yes: Sequence[float],
    no: Sequence[float],
    measure: Callable[[Sequence[float], Sequence[float]], float],
) -> Interval:
    """The interval of a measure on answerable and unanswerable questions, each drawn again."""
    yeses, noes = np.asarray(yes, np.float64), np.asarray(no, np.float64)
    pairs = zip(_draws(len(yes)), _draws(len(no)), strict=True)
    return _middle(np.array([measure(list(yeses[y]), list(noes[n])) for y, n in pairs]))


def _draws(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(_SEED + count).integers(0, count, (_RESAMPLES, count))


def _middle(drawn: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)

"""The measures: how high the right places rank, and how well confidence tells."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import log2

DEPTH = 10
FALSE_ANSWERS = 0.05


def ndcg(ranks: Sequence[int | None]) -> float:
    """nDCG@10 with a gain of one for each relevant place (Järvelin & Kekäläinen, 2002).

    Places that one hit covers share its gain, so that the best order scores one.
    """
    distinct = {rank for rank in ranks if rank}
    missing = sum(rank is None for rank in ranks)
    ideal = sum(1 / log2(place + 1) for place in range(1, min(len(distinct) + missing, DEPTH) + 1))
    return sum(1 / log2(rank + 1) for rank in distinct) / ideal if ideal else 0.0


def answer_rate(yes: Sequence[float], no: Sequence[float]) -> float:
    """The share of answerable questions answered where at most 5 % of the others are."""
    allowed = int(len(no) * FALSE_ANSWERS)
    threshold = sorted(no, reverse=True)[allowed]
    return rounded(sum(confidence > threshold for confidence in yes) / len(yes))


def auroc(yes: Sequence[float], no: Sequence[float]) -> float:
    """How often an answerable question has the higher confidence of a pair; ties count half."""
    others = sorted(no)
    wins = sum(bisect_left(others, y) + bisect_right(others, y) for y in yes) / 2
    return rounded(wins / (len(yes) * len(no)))


def mean(values: Sequence[float]) -> float | None:
    """The mean, to four decimals; None of nothing."""
    return rounded(sum(values) / len(values)) if values else None


def rounded(value: float) -> float:
    """To the four decimals that are printed."""
    return round(float(value), 4)

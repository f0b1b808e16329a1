"""Weights of the fusion that suit a corpus, fitted on a file of questions without believing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import log2

import numpy as np
from numpy.typing import NDArray

from index.evaluation.intervals import Interval, interval_of_mean
from index.evaluation.measures import DEPTH, ndcg
from index.evaluation.outcomes import rank_of
from index.evaluation.questions import Question, Span
from index.retrieval.defaults import WEIGHTS
from index.search import Index

Weights = Mapping[str, float]
Gains = NDArray[np.float64]  # nDCG@10, a row for each candidate and a column for each question

FEWEST = 10  # answerable questions, below which nothing is concluded
_GRAMS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 8.0)  # for a stem leg of one: only ratios matter
_DENSES = (0.0, 0.1, 0.2, 0.35, 0.5, 1.0)
_FOLDS, _REPEATS, _SEED = 5, 40, 1


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was found out.

    Attributes:
        best: the weights to prefer on all questions; see `preferred`.
        gain: mean nDCG@10 over the default, on questions that the weights were not chosen by.
        interval: its 95 % interval.
        chosen: the best, where the gain is beyond chance; else the default.
        why: in a sentence.
    """

    n: int
    best: Weights
    gain: float
    interval: Interval
    chosen: Weights
    why: str


def tune(
    index: Index,
    questions: Sequence[Question],
    places: Mapping[str, Sequence[Span]],
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Tuning:
    """Try a coarse grid of weights on the answerable questions.

    One search for each of some forty candidates and each question. A best of forty is always
    better on the questions it was chosen by, so what it is worth is measured on others: the
    questions are parted in five, many times over; the weights are chosen on four parts and judged
    on the fifth.

    Args:
        index: whose weights are to be tuned.
        questions: only those that can be answered count.
        places: the relevant places of each question, by its id.
        tell: called with how many candidates are done, and how many there are.
    """
    asked = [question for question in questions if question.answerable]
    tried = candidates()
    rows = []
    for number, weights in enumerate(tried):
        tell(number, len(tried))
        rows.append(_gains(index.tuned(weights=weights), asked, places))
    tell(len(tried), len(tried))
    return conclude(tried, np.array(rows, np.float64).reshape(len(tried), len(asked)))


def candidates() -> tuple[Weights, ...]:
    """The grid; the default first, and then by how far they are from it."""
    grid = [{"stem": 1.0, "gram": g, "dense": d} for g, d in product(_GRAMS, _DENSES)]
    return (dict(WEIGHTS), *sorted((w for w in grid if w != WEIGHTS), key=_distance))


def _distance(weights: Weights) -> float:
    ratio = abs(log2(weights["gram"] / WEIGHTS["gram"]))
    return ratio + abs(weights["dense"] - WEIGHTS["dense"])


def _gains(
    index: Index, questions: Sequence[Question], places: Mapping[str, Sequence[Span]]
) -> list[float]:
    gains = []
    for question in questions:
        results = index.search(question.question, product=question.product, limit=DEPTH)
        gains.append(ndcg([rank_of(results, span) for span in places[question.id]]))
    return gains


def conclude(tried: Sequence[Weights], gains: Gains) -> Tuning:
    """Choose by what each candidate gained.

    Args:
        tried: the candidates, the default first; of equals, the earlier is chosen.
        gains: (candidates, questions).
    """
    default, count = tried[0], gains.shape[1]
    if count < FEWEST:
        why = f"{count} answerable questions are too few to choose by; {FEWEST} is the least"
        return Tuning(count, default, 0.0, (0.0, 0.0), default, why)
    best = tried[preferred(gains)]
    held_out = _held_out(gains)
    low, high = interval_of_mean(list(held_out))
    gain = float(held_out.mean())
    if best == default:
        why = "no weights of the grid do clearly better than the default"
    elif low <= 0:
        why = "what other weights gain on questions they were not chosen by may be chance"
    else:
        return Tuning(count, best, gain, (low, high), best, "the gain is beyond chance")
    return Tuning(count, best, gain, (low, high), default, why)


def preferred(gains: Gains) -> int:
    """The earliest candidate within one standard error of the best, by paired differences.

    Breiman's rule (Classification and Regression Trees, 1984, 3.4.3): of what is about as good,
    take what is least out of the ordinary.
    """
    behind = gains[int(gains.mean(axis=1).argmax())] - gains
    error = behind.std(axis=1) / np.sqrt(gains.shape[1])
    return int(np.flatnonzero(behind.mean(axis=1) <= error)[0])


def _held_out(gains: Gains) -> NDArray[np.float64]:
    """Each question's gain over the default by weights that were chosen without it; the mean."""
    count = gains.shape[1]
    random = np.random.default_rng(_SEED)
    total = np.zeros(count)
    for _ in range(_REPEATS):
        for part in np.array_split(random.permutation(count), _FOLDS):
            others = np.setdiff1d(np.arange(count), part)
            chosen = preferred(gains[:, others])
            total[part] += gains[chosen, part] - gains[0, part]
    return total / _REPEATS

"""The figures `os2kb index eval --json` prints."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from index.evaluation.intervals import Interval, interval, interval_of_mean, interval_of_pair
from index.evaluation.measures import answer_rate, auroc, mean, ndcg, rounded
from index.evaluation.outcomes import Outcome

RANKS = (1, 5, 10)


def figures(outcomes: Sequence[Outcome], floor: float) -> dict[str, Any]:
    """The figures of an index on a file of questions.

    Recall at k is the share of answerable questions with a relevant passage among the first k
    hits. `abstention.precision` and `.recall` are of abstaining at the index's floor, and its
    counts say how many questions of either sort have the confidence to be answered there. Every
    `intervals` holds the 95 % intervals of the figures it stands beside.
    """
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    ms = [outcome.ms for outcome in outcomes]
    return {
        "n": len(outcomes),
        **_quality(answerable),
        "abstention": _abstention(outcomes, floor),
        "by": {
            "lang": _by(answerable, lambda outcome: (outcome.question.lang,)),
            "tag": _by(answerable, lambda outcome: outcome.question.tags),
            "product": _by(answerable, _product),
        },
        "ms": {
            "p50": rounded(np.percentile(ms, 50)),
            "p90": rounded(np.percentile(ms, 90)),
            "p99": rounded(np.percentile(ms, 99)),
        },
    }


def _product(outcome: Outcome) -> tuple[str, ...]:
    return (outcome.question.product,) if outcome.question.product else ()


def _quality(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    firsts = [outcome.first for outcome in outcomes]
    found = {k: [first is not None and first <= k for first in firsts] for k in RANKS}
    reciprocal = [1 / first if first else 0.0 for first in firsts]
    gains = [ndcg(outcome.ranks) for outcome in outcomes]
    held = {
        "recall": {str(k): mean(found[k]) for k in RANKS},
        "mrr": mean(reciprocal),
        "ndcg10": mean(gains),
    }
    if not outcomes:
        return {**held, "intervals": None}
    return {
        **held,
        "intervals": {
            "recall": {
                str(k): _pair(interval(sum(found[k]) / len(found[k]), len(found[k]))) for k in RANKS
            },
            "mrr": _pair(interval_of_mean(reciprocal)),
            "ndcg10": _pair(interval_of_mean(gains)),
        },
    }


def _by(
    outcomes: Sequence[Outcome], groups_of: Callable[[Outcome], Iterable[str]]
) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for name in groups_of(outcome):
            groups.setdefault(name, []).append(outcome)
    return {name: {"n": len(held), **_quality(held)} for name, held in sorted(groups.items())}


def _abstention(outcomes: Sequence[Outcome], floor: float) -> dict[str, Any]:
    yes = [outcome.confidence for outcome in outcomes if outcome.question.answerable]
    no = [outcome.confidence for outcome in outcomes if not outcome.question.answerable]
    abstained = [outcome for outcome in outcomes if outcome.confidence < floor]
    rightly = sum(not outcome.question.answerable for outcome in abstained)
    both = bool(yes and no)
    return {
        "answer_rate_at_5pct_false": answer_rate(yes, no) if both else None,
        "auroc": auroc(yes, no) if both else None,
        "floor": floor,
        "answerable": len(yes),
        "answerable_answered": sum(confidence >= floor for confidence in yes),
        "unanswerable": len(no),
        "unanswerable_answered": sum(confidence >= floor for confidence in no),
        "precision": rounded(rightly / len(abstained)) if abstained else None,
        "recall": rounded(rightly / len(no)) if no else None,
        "intervals": {
            "answer_rate_at_5pct_false": _pair(interval_of_pair(yes, no, answer_rate)),
            "auroc": _pair(interval_of_pair(yes, no, auroc)),
        }
        if both
        else None,
    }


def _pair(found: Interval) -> list[float]:
    return [rounded(found[0]), rounded(found[1])]

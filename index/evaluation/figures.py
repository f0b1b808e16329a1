"""The figures `os2kb index eval --json` prints."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from index.evaluation.measures import answer_rate, auroc, mean, ndcg, rounded
from index.evaluation.outcomes import Outcome


def figures(outcomes: Sequence[Outcome], floor: float) -> dict[str, Any]:
    """The figures `os2kb index eval --json` prints.

    Recall at k is the share of answerable questions with a relevant passage among the first k
    hits. `abstention.precision` and `.recall` are of abstaining at the index's floor, and its
    counts say how many questions of either sort have the confidence to be answered there.
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
        },
        "ms": {"p50": rounded(np.percentile(ms, 50)), "p99": rounded(np.percentile(ms, 99))},
    }


def _quality(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    firsts = [outcome.first for outcome in outcomes]
    return {
        "recall": {str(k): mean([f is not None and f <= k for f in firsts]) for k in (1, 5, 10)},
        "mrr": mean([1 / first if first else 0.0 for first in firsts]),
        "ndcg10": mean([ndcg(outcome.ranks) for outcome in outcomes]),
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
    return {
        "answer_rate_at_5pct_false": answer_rate(yes, no) if yes and no else None,
        "auroc": auroc(yes, no) if yes and no else None,
        "floor": floor,
        "answerable": len(yes),
        "answerable_answered": sum(confidence >= floor for confidence in yes),
        "unanswerable": len(no),
        "unanswerable_answered": sum(confidence >= floor for confidence in no),
        "precision": rounded(rightly / len(abstained)) if abstained else None,
        "recall": rounded(rightly / len(no)) if no else None,
    }

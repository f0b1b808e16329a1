"""An evaluation against one before it: which questions are found better now, and which worse."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.evaluation.intervals import interval_of_mean
from index.evaluation.measures import mean, rounded

Row = Mapping[str, Any]


class BadEvaluation(ValueError):
    """A file that is no earlier evaluation. The message names the cure."""


def read_evaluation(path: Path) -> dict[str, Any]:
    """What `os2kb index eval --json` wrote.

    Raises:
        BadEvaluation: the file cannot be read, or holds something else.
    """
    try:
        held: Any = json.loads(path.read_text("utf-8"))
        rows = {row["id"]: (row["first"], row["ndcg10"]) for row in held["questions"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadEvaluation(
            f"{path} is no earlier evaluation; write one with: "
            f"os2kb index eval FILE --json > {path.name}"
        ) from error
    if not rows:
        raise BadEvaluation(f"{path} holds no questions")
    return dict(held)


def compare(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Wins and losses, question by question, over the answerable ones that both have.

    Args:
        before: the rows (`questions`) of the evaluation before.
        now: those of this one.

    Returns:
        `difference` is the mean difference of nDCG@10 with its 95 % interval; zero inside it
        means that the two cannot be told apart on so few questions.
    """
    then = {row["id"]: row for row in before if row["answerable"]}
    pairs = [(then[row["id"]], row) for row in now if row["answerable"] and row["id"] in then]
    gains = [new["ndcg10"] - old["ndcg10"] for old, new in pairs]
    better = [_change(old, new) for old, new in pairs if new["ndcg10"] > old["ndcg10"]]
    worse = [_change(old, new) for old, new in pairs if new["ndcg10"] < old["ndcg10"]]
    low, high = interval_of_mean(gains) if gains else (0.0, 0.0)
    return {
        "n": len(pairs),
        "better": better,
        "worse": worse,
        "same": len(pairs) - len(better) - len(worse),
        "difference": mean(gains),
        "interval": [rounded(low), rounded(high)],
        "answers": _answers({row["id"]: row for row in before}, now),
        "only_before": sorted(then.keys() - {row["id"] for row in now}),
        "only_now": sorted({row["id"] for row in now if row["answerable"]} - then.keys()),
    }


def _change(old: Row, new: Row) -> dict[str, Any]:
    return {
        "id": new["id"],
        "question": new["question"],
        "before": old["first"],
        "now": new["first"],
    }


def _answers(then: Mapping[str, Row], now: Sequence[Row]) -> dict[str, list[dict[str, Any]]] | None:
    """Questions whose answers went from right to wrong, or the other way; None if none was given.

    An abstention is right where nothing answers the question.
    """
    pairs = [(then[row["id"]], row) for row in now if row["id"] in then]
    verdicts = [
        (new, old["answer"]["verdict"], new["answer"]["verdict"])
        for old, new in pairs
        if "answer" in old and "answer" in new
    ]
    if not verdicts:
        return None
    changed: dict[str, list[dict[str, Any]]] = {"better": [], "worse": []}
    for row, was, is_ in verdicts:
        if was.endswith("rightly") != is_.endswith("rightly"):
            way = "better" if is_.endswith("rightly") else "worse"
            said = {"id": row["id"], "question": row["question"], "before": was, "now": is_}
            changed[way].append(said)
    return changed

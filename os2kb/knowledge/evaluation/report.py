"""The HTML report of an evaluation: one file that needs nothing beside it, and no script."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from index.evaluation.intervals import interval
from index.evaluation.measures import DEPTH
from index.passages import Language
from os2kb.reports import charts
from os2kb.reports.page import pages, spoken_in

_FALSE_SHARES = (0.0, 0.05, 0.1, 0.2, 0.5)
_PERCENT = (50, 90, 99, 100)
_BARS_LEFT = 190

_PAGES = pages("os2kb.knowledge.evaluation")


def report(measured: Mapping[str, Any], lang: Language = "da") -> str:
    """A page that tells what `os2kb index eval --json` measured.

    Args:
        measured: that JSON, with `questions`; `answers` and `compare` where it has them.
        lang: of the page's own words.
    """
    spoken = spoken_in(lang)
    say = spoken["say"]
    rows = measured["questions"]
    answerable = [row for row in rows if row["answerable"]]
    recall = _recall(answerable)
    steps = _steps(rows)
    columns, ticks = charts.histogram([row["ms"] for row in rows])
    groups = list(_groups(measured["by"]))
    return _PAGES.get_template("report.html.j2").render(
        spoken,
        m=measured,
        answerable=len(answerable),
        recall=recall,
        recall_curve=charts.recall_curve(recall) if recall else None,
        abstention_curve=_abstention(measured, steps, say("tærskel", "floor")) if steps else None,
        today=_today(measured) if steps else None,
        told=measured.get("answers", measured)["abstention"],
        at_false=[(share, *_reached(steps, share)) for share in _FALSE_SHARES] if steps else [],
        columns=columns,
        ticks=ticks,
        percentiles=[(p, float(np.percentile([row["ms"] for row in rows], p))) for p in _PERCENT],
        groups=groups,
        bars=charts.bars(groups, _BARS_LEFT),
        bars_left=_BARS_LEFT,
        failures=[row for row in answerable if row["first"] is None or row["first"] > 5],
        beside=[row for row in rows if _went_wrong(row)],
    )


def _recall(answerable: Sequence[Mapping[str, Any]]) -> list[tuple[int, float, float, float]]:
    count = len(answerable)
    rows = []
    for k in range(1, DEPTH + 1) if count else ():
        share = sum(row["first"] is not None and row["first"] <= k for row in answerable) / count
        rows.append((k, share, *interval(share, count)))
    return rows


def _steps(rows: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """Falsely and rightly answered shares as the floor falls; empty without both sorts."""
    yes = sum(row["answerable"] for row in rows)
    no = len(rows) - yes
    if not yes or not no:
        return []
    steps = [(0.0, 0.0)]
    for floor in sorted({sure for row in rows if (sure := _sureness(row)) > 0}, reverse=True):
        above = [row["answerable"] for row in rows if _sureness(row) >= floor]
        steps.append(((len(above) - sum(above)) / no, sum(above) / yes))
    return steps


def _sureness(row: Mapping[str, Any]) -> float:
    """The highest floor at which it is answered; by the search's confidence if nobody asked."""
    return float(row["answer"]["highest_floor"] if "answer" in row else row["confidence"])


def _reached(steps: Sequence[tuple[float, float]], share: float) -> tuple[float, float]:
    """The furthest step at which at most a share is answered falsely."""
    return [step for step in steps if step[0] <= share][-1]


def _abstention(
    measured: Mapping[str, Any], steps: Sequence[tuple[float, float]], name: str
) -> charts.Curve:
    return charts.abstention_curve(steps, {name: _today(measured)})


def _today(measured: Mapping[str, Any]) -> tuple[float, float]:
    """The shares that are answered today, falsely and of what can be answered."""
    if (answers := measured.get("answers")) is not None:
        rightly = answers["answered_rightly"] + answers["answered_beside"]
        return answers["answered_falsely"] / answers["unanswerable"], rightly / answers[
            "answerable"
        ]
    held = measured["abstention"]
    return (
        held["unanswerable_answered"] / held["unanswerable"],
        held["answerable_answered"] / held["answerable"],
    )


def _groups(by: Mapping[str, Any]) -> Iterator[tuple[str, int, float, float, float]]:
    for held in by.values():
        for name, group in held.items():
            low, high = group["intervals"]["recall"]["5"]
            yield name, group["n"], group["recall"]["5"], low, high


def _went_wrong(row: Mapping[str, Any]) -> bool:
    verdict = row.get("answer", {}).get("verdict")
    return verdict in ("answered-beside", "answered-falsely")

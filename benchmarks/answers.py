"""Answers: how many questions are answered, how many of those rightly, and how many falsely.

An answer is right where one of its citations overlaps a place that answers the question, and false
where the documents do not answer it at all:

    python -m benchmarks.answers [--show] [FILE…]

FILE holds further questions over OS2's documents; `--show` prints every answer.
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.answer_sets import Case, sets
from index.evaluation.intervals import interval
from os2kb.answers.answer import Answer
from os2kb.answers.ask import Answerer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it was answered, and how long that took."""

    case: Case
    answer: Answer
    ms: float

    @property
    def verdict(self) -> str:
        """One of right, wrong, silent, false, rightly silent."""
        if self.answer.abstained:
            return "silent" if self.case.answerable else "rightly silent"
        if not self.case.answerable:
            return "false"
        return "right" if any(map(self.case.is_right, self.answer.citations)) else "wrong"


def main() -> None:
    """Print a table and a machine-readable line after it."""
    files = [Path(each) for each in sys.argv[1:] if not each.startswith("-")]
    table = Table("", "answerable", "answered", "rightly", "others", "falsely", "quotes", "ms p50")
    rows = {}
    with tempfile.TemporaryDirectory() as place:
        for one in sets(Path(place), files):
            answerer = Answerer(one.versions)
            asked = [_ask(answerer, case) for case in one.cases]
            if "--show" in sys.argv[1:]:
                _show(asked)
            row = rows[one.name] = _counts(asked)
            table.add_row(
                one.name,
                f"{row['answerable']:g}",
                f"{row['answered']:g}",
                _share(row["right"], row["answerable"]),
                f"{row['others']:g}",
                _share(row["false"], row["others"]),
                f"{row['quotes']:.1f}",
                f"{row['ms_p50']:.1f}",
            )
    Console(width=120).print(table)
    print(json.dumps({"benchmark": "answers", **rows}, ensure_ascii=False))


def _ask(answerer: Answerer, case: Case) -> Asked:
    started = perf_counter()
    answer = answerer.ask(case.question)
    return Asked(case, answer, (perf_counter() - started) * 1000)


def _counts(asked: Sequence[Asked]) -> dict[str, float]:
    verdicts = [one.verdict for one in asked]
    answerable = sum(one.case.answerable for one in asked)
    quotes = [len(one.answer.citations) for one in asked if not one.answer.abstained]
    return {
        "answerable": answerable,
        "answered": verdicts.count("right") + verdicts.count("wrong"),
        "right": verdicts.count("right"),
        "others": len(asked) - answerable,
        "false": verdicts.count("false"),
        "quotes": round(float(np.mean(quotes or [0])), 2),
        "ms_p50": round(float(np.median([one.ms for one in asked])), 2),
    }


def _share(count: float, whole: float) -> str:
    low, high = interval(count / whole if whole else 0.0, int(whole))
    return f"{count:g} ({count / whole if whole else 0:.0%}; {low:.0%} to {high:.0%})"


def _show(asked: Iterable[Asked]) -> None:
    for one in asked:
        print(f"{one.verdict:15}{one.case.id:6}{one.case.question}")
        for cited in one.answer.citations:
            quote = " ".join(cited.quote.split())[:150]
            print(f"{'':17}{'*' if one.case.is_right(cited) else ' '} {cited.path}: {quote}")


if __name__ == "__main__":
    main()

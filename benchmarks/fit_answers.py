"""The weights of os2kb/answers/composers/support.py: how they are fitted, and what they are worth.

A question picks one of its candidates or none of them, each with a probability that grows with its
support (a softmax with a “none”). The weights make the right ones likeliest on all sets of
questions at once, each set and each of answerable and not weighing the same. Each set is then also
judged by weights that were fitted on the others:

    python -m benchmarks.fit_answers [FILE…]

FILE holds questions over OS2's documents to judge by, and not to fit on.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize

from benchmarks.answer_sets import Case, Set, sets
from index.evaluation.measures import answer_rate, auroc
from index.language import detect
from os2kb.answers.ask import HITS
from os2kb.answers.composers.candidates import candidates
from os2kb.answers.composers.support import Evidence, margin, weighed
from os2kb.answers.draft import Found
from os2kb.answers.question import clean

Array = NDArray[np.float64]
PENALTY = 0.003  # on the square of the weights


@dataclass(frozen=True, slots=True)
class Seen:
    """A question's candidates: the evidence for each (a row), and which of them are right."""

    answerable: bool
    rows: Array
    right: NDArray[np.bool_]


def main() -> None:
    """Print what weights fitted on the other sets are worth on each, and those fitted on all."""
    files = [Path(each) for each in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as place:
        seen = {
            one.name: [_see(one, case) for case in one.cases] for one in sets(Path(place), files)
        }
    fitted_on = [name for name in seen if name not in {file.stem for file in files}]
    table = Table("judged by the others", "best is right", "of best 3", "AUROC", "at 5 % false",
                  "at 0")  # fmt: skip
    for name, questions in seen.items():
        weights = _fit([seen[other] for other in fitted_on if other != name])
        table.add_row(name, *_figures(questions, weights))
    weights = _fit([seen[name] for name in fitted_on])
    for name, questions in seen.items():
        table.add_row(f"{name} (all)", *_figures(questions, weights))
    Console(width=120).print(table)
    for field, weight in zip((*Evidence._fields, "BIAS"), weights, strict=True):
        print(f"    {field}={weight:.2f},")


def _see(one: Set, case: Case) -> Seen:
    question = clean(case.question)
    language = detect(question)
    results = one.index.search(question, limit=HITS)
    found = Found(results.hits, results.asked, margin(results.confidence, one.index.floor))
    every = weighed(question, language, found, candidates(question, language, results.hits))
    rows = np.array([each.evidence for each in every], np.float64)
    right = np.array([case.is_right(each.candidate.quote.citation()) for each in every], bool)
    return Seen(case.answerable, rows.reshape(-1, len(Evidence._fields)), right)


def _fit(sets_: Sequence[Sequence[Seen]]) -> Array:
    """Weights, and the bias last."""
    asked: list[tuple[Seen, float]] = []
    for questions in sets_:
        for answerable in (True, False):
            alike = [q for q in questions if q.answerable == answerable]
            usable = [q for q in alike if len(q.rows) and (q.right.any() or not answerable)]
            asked += [(each, 1 / len(alike)) for each in usable]

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = PENALTY * float(weights[:-1] @ weights[:-1]), np.zeros_like(weights)
        slope[:-1] = 2 * PENALTY * weights[:-1]
        for seen, weight in asked:
            support = seen.rows @ weights[:-1] + weights[-1]
            most = max(float(support.max()), 0.0)
            likely, none = np.exp(support - most), np.exp(-most)
            picked = likely / (likely.sum() + none)
            wanted = np.zeros_like(picked)
            if seen.answerable:
                wanted[seen.right] = likely[seen.right] / likely[seen.right].sum()
                total -= weight * float(np.log(picked[seen.right].sum()))
            else:
                total -= weight * float(np.log(none / (likely.sum() + none)))
            slope[:-1] += weight * (picked - wanted) @ seen.rows
            slope[-1] += weight * float((picked - wanted).sum())
        return total / len(sets_), slope / len(sets_)

    start = np.zeros(len(Evidence._fields) + 1)
    result: Array = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return result


def _figures(questions: Sequence[Seen], weights: Array) -> list[str]:
    best, of_three, yes, no = [], [], [], []
    for seen in questions:
        support = seen.rows @ weights[:-1] + weights[-1] if len(seen.rows) else np.array([-9.0])
        (yes if seen.answerable else no).append(float(support.max()))
        if seen.answerable:
            right = seen.right[np.argsort(-support)[:3]] if len(seen.rows) else np.array([False])
            best.append(bool(right[0]))
            of_three.append(bool(right.any()))
    answered = np.mean(np.array(yes) > 0)
    falsely = np.mean(np.array(no) > 0)
    return [
        f"{np.mean(best):.2f}",
        f"{np.mean(of_three):.2f}",
        f"{auroc(yes, no):.3f}",
        f"{answer_rate(yes, no):.2f}",
        f"{answered:.2f} answered, {falsely:.2f} falsely",
    ]


if __name__ == "__main__":
    main()

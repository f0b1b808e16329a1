"""The weights of os2kb/answers/composers/support.py: how they are fitted, and what they are worth.

A question picks one of its candidates or none of them, each with a probability that grows with its
support (a softmax with a “none”). The weights make the right ones likeliest on all documents at
once; those of each collection, answerable and not, weigh the same. What the weights are worth is
told by questions they were not fitted on: a fifth of them is left out at a time, and all of that
is done again with other fifths. The bias is then lowered until so few are answered falsely:

    python -m benchmarks.fit_answers [FILE…]

FILE holds further questions over OS2's documents to fit on.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
FALSE_RATE = 0.05  # of the questions that the documents do not answer
FOLDS, REPEATS = 5, 10
NOTHING = -99.0  # the support of a question without candidates


@dataclass(frozen=True, slots=True)
class Seen:
    """A question's candidates: the evidence for each (a row), and which of them are right."""

    answerable: bool
    rows: Array
    reserved: Array
    right: NDArray[np.bool_]

    @property
    def teaches(self) -> bool:
        """Whether there is something to choose, and it matters which."""
        return bool(len(self.rows)) and bool(self.right.any() or not self.answerable)


@dataclass(frozen=True, slots=True)
class Judged:
    """What weights make of a question: the best support, and whether the best are right."""

    answerable: bool
    support: float
    best: bool
    of_three: bool


def main() -> None:
    """Print what weights are worth on questions they were not fitted on, and those to take."""
    documents: dict[int, list[Seen]] = defaultdict(list)
    names: dict[int, list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        for one in sets(Path(place), [Path(each) for each in sys.argv[1:]]):
            documents[id(one.versions)] += [_see(one, case) for case in one.cases]
            names[id(one.versions)].append(one.name)
    every = {" + ".join(names[each]): seen for each, seen in documents.items()}
    judged = _left_out(every)
    least = _least(judged.values())
    table = Table("not fitted on", "answerable", "best is right", "of best 3", "others", "AUROC",
                  "answered at 5 % false", "answered", "rightly (best 3)", "falsely")  # fmt: skip
    for name, ones in judged.items():
        table.add_row(name, *_figures(ones, least))
    Console(width=140).print(table)
    weights = _fit(every)
    for field, weight in zip(Evidence._fields, weights, strict=False):
        print(f"    {field}={weight:.2f},")
    print(f"BIAS = {weights[-1]:.2f} - {least:.2f}")


def _see(one: Set, case: Case) -> Seen:
    question = clean(case.question)
    results = one.index.search(question, limit=HITS)
    language, read = detect(question), results.read_as or question
    found = Found(results.hits, results.asked, margin(results.confidence, one.index.floor), read)
    quotable = candidates(read, detect(read, language), results.hits)
    every = weighed(read, language, found, quotable)
    rows = np.array([each.evidence for each in every], np.float64)
    return Seen(
        case.answerable,
        rows.reshape(-1, len(Evidence._fields)),
        np.array([each.reserved for each in every], np.float64),
        np.array([case.is_right(each.candidate.quote.citation()) for each in every], bool),
    )


def _fit(documents: Mapping[str, Sequence[Seen]]) -> Array:
    """Weights, and the bias last."""
    asked: list[tuple[Seen, float]] = []
    for questions in documents.values():
        for answerable in (True, False):
            alike = [seen for seen in questions if seen.answerable == answerable]
            share = 1 / len(alike) / len(documents)
            asked += [(seen, share) for seen in alike if seen.teaches]
    rows = np.vstack([seen.rows for seen, _ in asked])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    reserved = np.concatenate([seen.reserved for seen, _ in asked])
    right = np.concatenate([seen.right & seen.answerable for seen, _ in asked])
    sizes = [len(seen.rows) for seen, _ in asked]
    starts, of = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(asked)), sizes)
    answerable = np.array([seen.answerable for seen, _ in asked])
    shares = np.array([share for _, share in asked])

    def loss(weights: Array) -> tuple[float, Array]:
        support = rows @ weights + reserved
        most = np.maximum(np.maximum.reduceat(support, starts), 0.0)
        likely, none = np.exp(support - most[of]), np.exp(-most)
        whole = np.add.reduceat(likely, starts) + none
        rightly = np.where(answerable, np.add.reduceat(likely * right, starts), none)
        wanted = np.where(right, likely / rightly[of], 0.0)
        slope = rows.T @ (shares[of] * (likely / whole[of] - wanted))
        fitted = np.append(weights[:-1], 0.0)
        missed = -float(shares @ np.log(rightly / whole))
        return missed + PENALTY * float(fitted @ fitted), slope + 2 * PENALTY * fitted

    start = np.zeros(len(Evidence._fields) + 1)
    result: Array = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return result


def _left_out(documents: Mapping[str, Sequence[Seen]]) -> Mapping[str, Sequence[Judged]]:
    """Each question judged by weights that were fitted on others, again and again."""
    judged: dict[str, list[Judged]] = {name: [] for name in documents}
    for repeat in range(REPEATS):
        rng = np.random.default_rng(repeat)
        folds = {name: rng.permutation(len(seen)) % FOLDS for name, seen in documents.items()}
        for fold in range(FOLDS):
            weights = _fit(
                {
                    name: [one for one, its in zip(seen, folds[name], strict=True) if its != fold]
                    for name, seen in documents.items()
                }
            )
            for name, seen in documents.items():
                left_out = (one for one, its in zip(seen, folds[name], strict=True) if its == fold)
                judged[name] += [_judge(one, weights) for one in left_out]
    return judged


def _judge(seen: Seen, weights: Array) -> Judged:
    if not len(seen.rows):
        return Judged(seen.answerable, NOTHING, best=False, of_three=False)
    support = seen.rows @ weights[:-1] + weights[-1] + seen.reserved
    right = seen.right[np.argsort(-support, kind="stable")]
    return Judged(seen.answerable, float(support.max()), bool(right[0]), bool(right[:3].any()))


def _least(documents: Iterable[Sequence[Judged]]) -> float:
    """The least support at which few enough are answered falsely, on average over documents."""
    others = [np.array([one.support for one in ones if not one.answerable]) for ones in documents]
    tried = np.arange(0.0, 5.0, 0.05)
    falsely = [np.mean([np.mean(each >= least) for each in others]) for least in tried]
    return float(tried[np.argmax(np.array(falsely) <= FALSE_RATE)])


def _figures(ones: Sequence[Judged], least: float) -> list[str]:
    yes = [one for one in ones if one.answerable]
    no = [one.support for one in ones if not one.answerable]
    supports = [one.support for one in yes]
    return [
        f"{len(yes) // REPEATS}",
        f"{np.mean([one.best for one in yes]):.2f}",
        f"{np.mean([one.of_three for one in yes]):.2f}",
        f"{len(no) // REPEATS}",
        f"{auroc(supports, no):.3f}",
        f"{answer_rate(supports, no):.2f}",
        f"{np.mean([one.support >= least for one in yes]):.2f}",
        f"{np.mean([one.support >= least and one.of_three for one in yes]):.2f}",
        f"{np.mean([support >= least for support in no]):.3f}",
    ]


if __name__ == "__main__":
    main()

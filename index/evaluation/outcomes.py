"""What a version of the index finds for each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from index.evaluation.measures import DEPTH
from index.evaluation.questions import Question, Span
from index.passages import Results
from index.search import Index


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search did with one question.

    Attributes:
        ranks: for each relevant place, the rank of the first hit on it (1 the best); None beyond
            the tenth.
    """

    question: Question
    ranks: tuple[int | None, ...]
    confidence: float
    ms: float

    @property
    def first(self) -> int | None:
        """The rank of the first hit on any relevant place."""
        return min((rank for rank in self.ranks if rank), default=None)


def run(
    index: Index, questions: Sequence[Question], places: Mapping[str, Sequence[Span]]
) -> list[Outcome]:
    """Ask the index every question."""
    index.search("opvarmning", limit=DEPTH)  # page the postings in, as a serving process has
    outcomes = []
    for question in questions:
        started = perf_counter()
        results = index.search(question.question, product=question.product, limit=DEPTH)
        ms = (perf_counter() - started) * 1000
        ranks = tuple(rank_of(results, span) for span in places[question.id])
        outcomes.append(Outcome(question, ranks, results.confidence, ms))
    return outcomes


def rank_of(results: Results, span: Span) -> int | None:
    """The rank of the first hit with the same path and overlapping lines."""
    path, first, last = span
    for rank, hit in enumerate(results.hits, 1):
        begins, ends = hit.passage.lines
        if hit.passage.path == path and begins <= last and first <= ends:
            return rank
    return None

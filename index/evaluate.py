"""How good a version of the index is on a file of questions."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log2, sqrt
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from index.passages import Language, Results
from index.reading.documents import decode, split_lines
from index.search import Index

DEPTH = 10
_FALSE_ANSWERS = 0.05

Span = tuple[str, int, int]  # path, first and last line


class BadQuestions(ValueError):
    """A question file that cannot be used. The message says which line, and the cure."""


class Relevant(BaseModel):
    """A place that answers a question, by a quote that stands in the document."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    path: str
    quote: str = Field(min_length=1)


class Question(BaseModel):
    """One line of a question file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str
    lang: Language = "da"
    relevant: tuple[Relevant, ...] = ()
    answerable: bool = True
    tags: tuple[str, ...] = ()
    product: str | None = None

    @model_validator(mode="after")
    def _answered_somewhere(self) -> Self:
        if self.answerable and not self.relevant:
            raise ValueError("an answerable question names at least one `relevant` place")
        return self


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


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read a file with one JSON object per line.

    Raises:
        BadQuestions: the file cannot be read, or a line is no question.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestions(f"cannot read {path}: {error}") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(Question.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadQuestions(f"{path}, line {number}: {where} {first['msg']}".strip()) from error
    if not questions:
        raise BadQuestions(f"{path} holds no questions")
    return tuple(questions)


def locate(
    questions: Iterable[Question], read: Callable[[str], str | None]
) -> dict[str, list[Span]]:
    """The lines of every relevant place, by question id; quotes are found with white space folded.

    Args:
        questions: with their relevant places.
        read: a document's text by path; None where there is no such document.

    Raises:
        BadQuestions: a quote does not stand in its document.
    """
    texts: dict[str, str | None] = {}
    found: dict[str, list[Span]] = {}
    for question in questions:
        spans = []
        for place in question.relevant:
            if place.path not in texts:
                texts[place.path] = read(place.path)
            text = texts[place.path]
            if text is None:
                raise BadQuestions(f"question {question.id}: no document {place.path} in the index")
            lines = lines_of(text, place.quote)
            if lines is None:
                raise BadQuestions(
                    f"question {question.id}: the quote “{place.quote[:60]}” "
                    f"does not stand in {place.path}"
                )
            spans.append((place.path, *lines))
        found[question.id] = spans
    return found


def lines_of(text: str, quote: str) -> tuple[int, int] | None:
    """First and last line (1-based) of a quote in a text, white space folded."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    text = "\n".join(split_lines(text))
    match = re.search(pattern, text)
    if match is None:
        return None
    first = text.count("\n", 0, match.start()) + 1
    return first, first + text.count("\n", match.start(), match.end())


def reader(folders: Sequence[Path]) -> Callable[[str], str | None]:
    """Reads documents by their path within any of the sources' folders."""

    def read(path: str) -> str | None:
        for folder in folders:
            file = (folder / path).resolve()
            if file.is_relative_to(folder.resolve()) and file.is_file():
                return decode(file.read_bytes())
        return None

    return read


def run(
    index: Index, questions: Sequence[Question], places: dict[str, list[Span]]
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


def figures(outcomes: Sequence[Outcome], floor: float) -> dict[str, Any]:
    """The figures `os2kb index eval --json` prints.

    Recall at k is the share of answerable questions with a relevant passage among the first k
    hits. `abstention.precision` and `.recall` are of abstaining at the index's floor, and its
    counts say how many questions of either sort have the confidence to be answered there.
    """
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    ms = [outcome.ms for outcome in outcomes]
    return {
        "n": len(outcomes),
        **_quality(answerable),
        "abstention": _abstention(outcomes, floor),
        "by": {
            "lang": _by(answerable, lambda outcome: (outcome.question.lang,)),
            "tag": _by(answerable, lambda outcome: outcome.question.tags),
        },
        "ms": {"p50": _rounded(np.percentile(ms, 50)), "p99": _rounded(np.percentile(ms, 99))},
    }


def _quality(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    firsts = [outcome.first for outcome in outcomes]
    return {
        "recall": {str(k): _mean([f is not None and f <= k for f in firsts]) for k in (1, 5, 10)},
        "mrr": _mean([1 / first if first else 0.0 for first in firsts]),
        "ndcg10": _mean([ndcg(outcome.ranks) for outcome in outcomes]),
    }


def ndcg(ranks: Sequence[int | None]) -> float:
    """nDCG@10 with a gain of one for each relevant place (Järvelin & Kekäläinen, 2002).

    Places that one hit covers share its gain, so that the best order scores one.
    """
    distinct = {rank for rank in ranks if rank}
    missing = sum(rank is None for rank in ranks)
    ideal = sum(1 / log2(place + 1) for place in range(1, min(len(distinct) + missing, DEPTH) + 1))
    return sum(1 / log2(rank + 1) for rank in distinct) / ideal if ideal else 0.0


def _by(
    outcomes: Sequence[Outcome], groups_of: Callable[[Outcome], Iterable[str]]
) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for name in groups_of(outcome):
            groups.setdefault(name, []).append(outcome)
    return {name: {"n": len(held), **_quality(held)} for name, held in sorted(groups.items())}


def _abstention(outcomes: Sequence[Outcome], floor: float) -> dict[str, Any]:
    yes = [outcome.confidence for outcome in outcomes if outcome.question.answerable]
    no = [outcome.confidence for outcome in outcomes if not outcome.question.answerable]
    abstained = [outcome for outcome in outcomes if outcome.confidence < floor]
    rightly = sum(not outcome.question.answerable for outcome in abstained)
    return {
        "answer_rate_at_5pct_false": answer_rate(yes, no) if yes and no else None,
        "auroc": auroc(yes, no) if yes and no else None,
        "floor": floor,
        "answerable": len(yes),
        "answerable_answered": sum(confidence >= floor for confidence in yes),
        "unanswerable": len(no),
        "unanswerable_answered": sum(confidence >= floor for confidence in no),
        "precision": _rounded(rightly / len(abstained)) if abstained else None,
        "recall": _rounded(rightly / len(no)) if no else None,
    }


def answer_rate(yes: Sequence[float], no: Sequence[float]) -> float:
    """The share of answerable questions answered where at most 5 % of the others are."""
    allowed = int(len(no) * _FALSE_ANSWERS)
    threshold = sorted(no, reverse=True)[allowed]
    return _mean([confidence > threshold for confidence in yes]) or 0.0


def auroc(yes: Sequence[float], no: Sequence[float]) -> float:
    """How often an answerable question has the higher confidence of a pair; ties count half."""
    wins = sum((y > n) + 0.5 * (y == n) for y in yes for n in no)
    return _rounded(wins / (len(yes) * len(no)))


def interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (https://doi.org/10.2307/2276774)."""
    z = 1.96
    if count == 0:
        return 0.0, 1.0
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _mean(values: Sequence[float]) -> float | None:
    return _rounded(sum(values) / len(values)) if values else None


def _rounded(value: float) -> float:
    return round(float(value), 4)

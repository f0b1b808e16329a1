"""What people get when they ask: right and false answers, abstentions, and good or bad quotes.

`index.evaluation` measures the search. An answer is more: the composer may find nothing worth
quoting in good hits, or quote beside the point.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Literal

import numpy as np

from index.evaluation.intervals import interval, interval_of_pair
from index.evaluation.measures import answer_rate, auroc, rounded
from index.evaluation.outcomes import overlaps
from index.evaluation.questions import Question, Span
from index.masking import mask
from index.passages import Citation, Visibility
from index.reading.decoding import split_lines
from os2kb.answers.answer import Answer
from os2kb.answers.ask import PUBLIC, Answerer
from os2kb.knowledge.evaluation.floors import NEVER

Verdict = Literal[
    "answered-rightly", "answered-beside", "answered-falsely", "abstained-rightly", "missed"
]
Read = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A quote that was given.

    Attributes:
        relevant: it comes from a place that the question file names.
        in_document: it comes from a document that the question file names.
        verbatim: it stands in those lines of the file, white space folded.
    """

    citation: Citation
    relevant: bool
    in_document: bool
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to one question. `ms` is the time to answer it.

    Attributes:
        highest_floor: at which it is answered; see `os2kb.knowledge.evaluation.floors`.
    """

    question: Question
    answer: Answer
    quotes: tuple[Judged, ...]
    ms: float
    highest_floor: float = NEVER

    @property
    def verdict(self) -> Verdict:
        """How it went. A right answer quotes at least one of the relevant places."""
        if self.answer.abstained:
            return "missed" if self.question.answerable else "abstained-rightly"
        if not self.question.answerable:
            return "answered-falsely"
        right = any(quote.relevant for quote in self.quotes)
        return "answered-rightly" if right else "answered-beside"


def ask_all(
    answerer: Answerer,
    questions: Iterable[Question],
    places: Mapping[str, Sequence[Span]],
    read: Read,
    highest_floor: Callable[[Question], float],
    visibility: frozenset[Visibility] = PUBLIC,
) -> list[Given]:
    """Ask every question, as a member of the public would unless told otherwise.

    Args:
        answerer: with the composer that is to be measured.
        questions: from a question file.
        places: the relevant places of each, by its id.
        read: a document's text by its path.
        highest_floor: at which a question is answered.
        visibility: which passages may be quoted.
    """
    texts: dict[str, str | None] = {}

    def text_of(path: str) -> str | None:
        if path not in texts:
            texts[path] = read(path)
        return texts[path]

    given = []
    for question in questions:
        started = perf_counter()
        answer = answerer.ask(question.question, product=question.product, visibility=visibility)
        ms = (perf_counter() - started) * 1000
        spans = places[question.id]
        quotes = tuple(_judged(citation, spans, text_of) for citation in answer.citations)
        given.append(Given(question, answer, quotes, ms, highest_floor(question)))
    return given


def _judged(citation: Citation, spans: Sequence[Span], text_of: Read) -> Judged:
    return Judged(
        citation=citation,
        relevant=any(overlaps(citation.path, citation.lines, span) for span in spans),
        in_document=any(citation.path == path for path, _, _ in spans),
        verbatim=_stands(citation, text_of(citation.path)),
    )


def _stands(citation: Citation, text: str | None) -> bool:
    if text is None:
        return False
    first, last = citation.lines
    lines = split_lines(mask(text))[first - 1 : last]
    return " ".join(citation.quote.split()) in " ".join(" ".join(lines).split())


def answer_figures(given: Sequence[Given]) -> dict[str, Any]:
    """The figures that stand under `answers` in `os2kb index eval --json`.

    `quote_precision` is the share of all quotes given that come from a relevant place, and so a
    lower bound: a quote may answer from a place that the question file does not name.
    """
    quotes = [quote for one in given for quote in one.quotes]
    ms = [one.ms for one in given]
    return {
        **_counts(given),
        "quotes": len(quotes),
        "quote_precision": _share(quote.relevant for quote in quotes),
        "quotes_in_document": _share(quote.in_document for quote in quotes),
        "quotes_verbatim": _share(quote.verbatim for quote in quotes),
        "abstention": _abstention(given),
        "composers": sorted({one.answer.composer for one in given}),
        "by": {
            "lang": _by(given, lambda one: (one.question.lang,)),
            "tag": _by(given, lambda one: one.question.tags),
            "product": _by(
                given, lambda one: (one.question.product,) if one.question.product else ()
            ),
        },
        "ms": {f"p{p}": rounded(np.percentile(ms, p)) for p in (50, 99)},
        "intervals": _intervals(given, quotes),
    }


def _counts(given: Sequence[Given]) -> dict[str, int]:
    verdicts = [one.verdict for one in given]
    answerable = sum(one.question.answerable for one in given)
    return {
        "n": len(given),
        "answered": sum(not one.answer.abstained for one in given),
        "abstained": sum(one.answer.abstained for one in given),
        "answerable": answerable,
        "answered_rightly": verdicts.count("answered-rightly"),
        "answered_beside": verdicts.count("answered-beside"),
        "missed": verdicts.count("missed"),
        "unanswerable": len(given) - answerable,
        "answered_falsely": verdicts.count("answered-falsely"),
        "abstained_rightly": verdicts.count("abstained-rightly"),
    }


def _by(
    given: Sequence[Given], groups_of: Callable[[Given], Iterable[str]]
) -> dict[str, dict[str, int]]:
    groups: dict[str, list[Given]] = {}
    for one in given:
        for name in groups_of(one):
            groups.setdefault(name, []).append(one)
    return {name: _counts(held) for name, held in sorted(groups.items())}


def _share(held: Iterable[bool]) -> float | None:
    values = list(held)
    return rounded(sum(values) / len(values)) if values else None


def _abstention(given: Sequence[Given]) -> dict[str, Any] | None:
    """How well answering tells what can be answered, whatever the floor; quotes alone."""
    yes = [one.highest_floor for one in given if one.question.answerable]
    no = [one.highest_floor for one in given if not one.question.answerable]
    if not yes or not no:
        return None
    measures = {"answer_rate_at_5pct_false": answer_rate, "auroc": auroc}
    return {
        **{name: measure(yes, no) for name, measure in measures.items()},
        "intervals": {
            name: [rounded(end) for end in interval_of_pair(yes, no, measure)]
            for name, measure in measures.items()
        },
    }


def _intervals(given: Sequence[Given], quotes: Sequence[Judged]) -> dict[str, list[float]]:
    counts = _counts(given)
    shares = {
        "answered_rightly": (counts["answered_rightly"], counts["answerable"]),
        "answered_falsely": (counts["answered_falsely"], counts["unanswerable"]),
        "quote_precision": (sum(quote.relevant for quote in quotes), len(quotes)),
    }
    return {name: _wilson(part, whole) for name, (part, whole) in shares.items()}


def _wilson(part: int, whole: int) -> list[float]:
    low, high = interval(part / whole if whole else 0.0, whole)
    return [rounded(low), rounded(high)]


def given_json(given: Given) -> dict[str, Any]:
    """What one question's row says of its answer."""
    return {
        "verdict": given.verdict,
        "reason": given.answer.reason,
        "ms": rounded(given.ms),
        "highest_floor": rounded(given.highest_floor),
        "quotes": [
            {
                "quote": quote.citation.quote,
                "path": quote.citation.path,
                "lines": list(quote.citation.lines),
                "relevant": quote.relevant,
                "verbatim": quote.verbatim,
            }
            for quote in given.quotes
        ],
    }

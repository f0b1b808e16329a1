"""Whether documents still answer the questions that they say they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.evaluation.promised import Promised
from index.passages import Passage, Visibility
from index.search import Index
from os2kb.answers.answer import Answer
from os2kb.answers.ask import Answerer

Level = Literal["answered", "found", "lost"]

_FIRST = 5  # hits


@dataclass(frozen=True, slots=True)
class Checked:
    """How it went with one question.

    Attributes:
        level: `answered` with a quote from its own document; else `found`, where its document is
            among the first five hits; else `lost`.
        instead: what stood first in the answer or, without one, in the search: (heading, path).
    """

    promised: Promised
    level: Level
    instead: tuple[tuple[str, str], ...]

    def holds(self, required: Level) -> bool:
        """Whether that is good enough."""
        return self.level == "answered" or self.level == required


def check(index: Index, answerer: Answerer, questions: Iterable[Promised]) -> list[Checked]:
    """Ask each question, within its document's product and for those who may read it."""
    return [_checked(index, answerer, question) for question in questions]


def _checked(index: Index, answerer: Answerer, promised: Promised) -> Checked:
    visibility: frozenset[Visibility] = frozenset({"public", promised.visibility})
    answer = answerer.ask(
        promised.question, product=promised.product, lang=promised.lang, visibility=visibility
    )
    if any(citation.path == promised.path for citation in answer.citations):
        return Checked(promised, "answered", ())
    hits = index.search(
        promised.question, product=promised.product, visibility=visibility, limit=_FIRST
    ).hits
    found = [hit.passage for hit in hits]
    level: Level = "found" if any(one.path == promised.path for one in found) else "lost"
    return Checked(promised, level, _instead(answer, found))


def _instead(answer: Answer, found: Sequence[Passage]) -> tuple[tuple[str, str], ...]:
    shown = answer.citations or found[:3]
    named = ((" › ".join((one.title, *one.heading)), one.path) for one in shown)
    return tuple(dict.fromkeys(named))

"""An answer: text that rests on citations, or an abstention."""

from dataclasses import dataclass
from typing import Literal, Protocol

from index.passages import Citation, Language, Visibility

Reason = Literal["no-evidence", "unclear", "private-topic", "language"]
Composer = Literal["extractive", "llm"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question.

    Attributes:
        text: Markdown; each sentence ends in the numbers of its citations, as in `[1]`. Of an
            abstention: what was searched and how to ask a person.
        reason: why it abstained; None of an answer.
        citations: numbered from 1 in this order; empty for an abstention.
        nearest: headings worth a look, shown with an abstention: (heading, url); none of what
            is archived or superseded, and none where the question is about something else.
        answer_id: stable for the same question, scope and index version.
        conflicts: pairs of citation numbers that disagree.
        note: what the reader should know of how it came about, such as that the language model
            could not answer; empty otherwise. It stands in the text too.
        confidence: how likely what was found holds the answer, 0 to 1.
        support: how well the best quote answers, in log-odds; None where that was not weighed.
        corrected: misspelt words of the question, each with what it was read as.
    """

    question: str
    text: str
    abstained: bool
    citations: tuple[Citation, ...]
    composer: Composer
    lang: Language
    answer_id: str
    reason: Reason | None = None
    nearest: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[tuple[int, int], ...] = ()
    note: str = ""
    corrected: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.0
    support: float | None = None


class Answers(Protocol):
    """Whatever answers questions: `os2kb.answers.ask.Answerer`, or what stands before it."""

    def ask(
        self,
        question: str,
        *,
        product: str | None = None,
        lang: Language | None = None,
        visibility: frozenset[Visibility] = ...,
    ) -> Answer:
        """Answer, or abstain."""

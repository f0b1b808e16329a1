"""Why a passage was found: what of the question it holds, and where."""

from index.danish import words
from index.passages import Parsed, Passage, Why
from index.retrieval.lexical import Postings
from index.retrieval.question import Question


def why(
    parsed: Parsed,
    at: int,
    question: Question,
    stems: Postings,
    legs: dict[str, float],
    prior: float,
) -> Why:
    """What a hit rests on.

    Args:
        parsed: the passage that was found.
        at: its position in the leg of stems.
        question: what was asked.
        stems: the leg of stems.
        legs: the hit's share of each leg.
        prior: what its score was multiplied by.
    """
    held = zip(question.words, question.groups, strict=True)
    return Why(
        words=tuple(word for word, terms in held if any(stems.holds(term, at) for term in terms)),
        fields=tuple(
            name
            for name, text in _fields(parsed.passage, parsed)
            if any(question.asks(word) for word in words(text))
        ),
        legs=legs,
        prior=prior,
    )


def _fields(passage: Passage, parsed: Parsed) -> tuple[tuple[str, str], ...]:
    return (
        ("title", passage.title),
        ("heading", " ".join((*passage.heading, parsed.headings))),
        ("path", passage.path),
        ("text", f"{parsed.plain} {parsed.context}"),
        ("asked", parsed.asked),
    )

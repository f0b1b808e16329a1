"""Which questions ask much the same, so that one answer settles them together. Pure."""

from collections.abc import Mapping, Sequence

from index.alike import alikeness, pairs
from os2kb.store.asked.questions import Question

# Of 4-grams, weighed by rarity. Paraphrases that share their rare words lie above, questions that
# share only a product's name or how they ask lie below: tests/unit/knowledge/test_alike_questions.
ALIKE = 0.45
# Characters of a question that are compared: what is asked stands there, and five hundred as long
# as may be would take six seconds for each look at the console.
_COMPARED = 300


def alike(questions: Sequence[Question]) -> Mapping[int, tuple[int, ...]]:
    """The number of each question to those of the others that ask much the same.

    Only questions about the same product are compared.
    """
    texts = [alikeness(one.text[:_COMPARED], ()) for one in questions]
    found: dict[int, list[int]] = {one.id: [] for one in questions}
    for first, second, _ in pairs(texts, ALIKE):
        one, other = questions[first], questions[second]
        if one.product == other.product:
            found[one.id].append(other.id)
            found[other.id].append(one.id)
    return {number: tuple(sorted(others)) for number, others in found.items()}

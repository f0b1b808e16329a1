"""Questions as people really type them: without the Danish letters, and with misspelt words."""

import re
from collections.abc import Sequence
from random import Random

from index.evaluation.questions import Question

_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter ones are mostly words that say nothing


def ascii_typed(question: Question) -> Question:
    """A Danish question as typed on a keyboard without æ, ø and å; others as they are."""
    if question.lang != "da":
        return question
    return question.model_copy(update={"question": question.question.translate(_ASCII)})


def with_typos(question: Question, count: int, seed: int) -> Question:
    """A question with mistakes in `count` of its words, or in all of them where it has fewer.

    The mistakes depend on the seed and the question's id alone, so they stay the same when other
    questions come or go.
    """
    random = Random(f"{seed} {question.id}")  # noqa: S311 - no secret hangs on it
    text = question.question
    words = list(_WORD.finditer(text))
    picked = random.sample(words, min(count, len(words)))
    for word in sorted(picked, key=lambda found: -found.start()):
        text = text[: word.start()] + _slip(word[0], random) + text[word.end() :]
    return question.model_copy(update={"question": text})


def _slip(word: str, random: Random) -> str:
    """Two letters swapped, one left out, or one struck twice; the first letter is mostly right."""
    at = random.randrange(1, len(word) - 1)
    slips: Sequence[str] = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    changed = [slip for slip in slips if slip != word]
    return random.choice(changed)

"""How sure an answer must be to be given to somebody who did not ask for it.

Measured by `python -m benchmarks.offers`: noise and wrong answers are what people complain about,
so each tier is right far more often than an answer that was asked for has to be.
"""

from typing import Literal

from os2kb.answers.answer import Answer

Tier = Literal["answer", "links", "nothing"]

SURE = 2.0
"""Log-odds of the best quote."""
WORTH_A_LOOK = 0.5
"""Confidence in what was found."""
MOST_LINKS = 3


def tier(answer: Answer) -> Tier:
    """What may be offered: the answer, links to the best places, or nothing."""
    if answer.confidence < WORTH_A_LOOK:
        return "nothing"
    if not answer.abstained and answer.support is not None and answer.support >= SURE:
        return "answer"
    return "links" if answer.nearest else "nothing"

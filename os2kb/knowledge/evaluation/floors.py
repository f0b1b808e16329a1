"""How high the floor may be before a question is no longer answered.

The floor is only one thing an answer depends on: a sentence that says all that is asked is quoted
although the search has doubts, and one that does not is left out although it has none. So what a
floor does is found out by asking.
"""

from dataclasses import dataclass
from math import exp

from index.evaluation.questions import Question
from index.passages import Visibility
from index.search import Index
from os2kb.answers.ask import PUBLIC, Answerer

NEVER = 0.0  # not answered at any floor
ALWAYS = 1.0
_FURTHEST = 7.0  # log-odds: floors from 0.0009 to 0.9991
_HALVINGS = 8  # of what is left: to a twentieth in log-odds


def highest_floor(
    index: Index, question: Question, visibility: frozenset[Visibility] = PUBLIC
) -> float:
    """The highest floor at which a question is answered, by quotes alone, 0 to 1.

    Asks some ten times. A higher floor never makes an answer of an abstention.
    """

    def is_answered(log_odds: float) -> bool:
        floored = index.tuned(floor=_share(log_odds))
        answer = Answerer(_Serving(floored)).ask(
            question.question, product=question.product, visibility=visibility
        )
        return not answer.abstained

    low, high = -_FURTHEST, _FURTHEST
    if not is_answered(low):
        return NEVER
    if is_answered(high):
        return ALWAYS
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_answered(middle) else (low, middle)
    return _share(low)


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


@dataclass(frozen=True, slots=True)
class _Serving:
    index: Index

    def current(self) -> Index:
        return self.index

"""Train on some labelled issues, judge by others."""

from collections.abc import Sequence
from dataclasses import dataclass

from os2kb.triage.issues import LabelledIssue
from os2kb.triage.measures import by_repository, mean_f1
from os2kb.triage.model import Guess, Measured, Model


@dataclass(frozen=True, slots=True)
class Level:
    """What is left of the guesses at one confidence and above."""

    confidence: float
    precision: float
    coverage: float


def evaluate(model: Model, issues: Sequence[LabelledIssue]) -> tuple[Measured, list[Guess]]:
    """How well the model does on issues it did not learn from, and each of its guesses.

    F1 counts the likeliest type also where it is not sure enough, as the published results do.
    """
    guesses = model.guesses(issues)
    pairs = list(zip(issues, guesses, strict=True))
    scores = by_repository((one.repository, one.label, guess.likeliest) for one, guess in pairs)
    known = [one.label == guess.label for one, guess in pairs if guess.label is not None]
    precision = sum(known) / len(known) if known else 0.0
    return Measured(mean_f1(scores), scores, precision, len(known) / max(1, len(pairs))), guesses


def levels(issues: Sequence[LabelledIssue], guesses: Sequence[Guess]) -> list[Level]:
    """Precision against coverage, in steps of a tenth of the issues, the surest first."""
    ranked = sorted(
        zip(issues, guesses, strict=True), key=lambda pair: pair[1].confidence, reverse=True
    )
    right = [one.label == guess.likeliest for one, guess in ranked]
    ends = sorted({len(ranked) * tenth // 10 for tenth in range(1, 11)} - {0})
    return [
        Level(ranked[end - 1][1].confidence, sum(right[:end]) / end, end / len(ranked))
        for end in ends
    ]

"""How well guesses fit, as the NLBSE'24 competition counts it.

Per repository the F1 of each type and their plain mean; over repositories the mean of those means.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

Judged = tuple[str, str, str]  # repository, what it is, what it was taken for


@dataclass(frozen=True, slots=True)
class Score:
    """Of one type in one repository."""

    precision: float
    recall: float
    f1: float


def by_repository(judged: Iterable[Judged]) -> Mapping[str, Mapping[str, Score]]:
    """The score of each type that a repository has."""
    grouped: dict[str, list[Judged]] = {}
    for one in judged:
        grouped.setdefault(one[0], []).append(one)
    return {
        repository: {
            label: _score(here, label) for label in sorted({label for _, label, _ in here})
        }
        for repository, here in sorted(grouped.items())
    }


def mean_f1(scores: Mapping[str, Mapping[str, Score]]) -> float:
    """The mean over repositories of the mean over types; 0 of nothing."""
    means = [fmean(score.f1 for score in types.values()) for types in scores.values()]
    return fmean(means) if means else 0.0


def _score(judged: Sequence[Judged], label: str) -> Score:
    right = sum(true == guess == label for _, true, guess in judged)
    guessed = sum(guess == label for *_, guess in judged)
    there = sum(true == label for _, true, _ in judged)
    return Score(
        right / guessed if guessed else 0.0,
        right / there if there else 0.0,
        2 * right / (guessed + there) if guessed + there else 0.0,
    )

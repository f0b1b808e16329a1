"""A classifier that knows when it does not know."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from index.embedders import Embedder
from os2kb.triage import encoder as encoders
from os2kb.triage.confidence import NEVER, PRECISION, Calibration, calibrate
from os2kb.triage.features import Space
from os2kb.triage.issues import BadIssues, LabelledIssue, data_hash
from os2kb.triage.measures import Score, by_repository, mean_f1
from os2kb.triage.ridge import Doubles, Ints, Weights, fit

MOST = 6_000  # issues: what is solved has a row and a column for each of them
TRUSTED = 50  # issues of a repository: what fewer teach is right less often than was measured
_LEAST = 5  # issues of each type
# Of an encoder's chances beside the scores. F1 over two divisions into folds is .823 to .825 from a
# half to a quarter, .816 at one.
_CHANCES = 1 / 3


@dataclass(frozen=True, slots=True)
class Guess:
    """What an issue is taken for.

    Attributes:
        label: None where it is not known.
        likeliest: also where that is not sure enough.
        confidence: that `likeliest` is right, 0 to 1.
        floor: the confidence it takes to be known.
    """

    label: str | None
    likeliest: str
    confidence: float
    floor: float


@dataclass(frozen=True, slots=True)
class Measured:
    """How well a model does on issues left out one at a time.

    Attributes:
        f1: the mean over repositories of the mean over types.
        scores: by repository and type.
        precision: of the guesses that are sure enough.
        coverage: the share of issues that get one.
    """

    f1: float
    scores: Mapping[str, Mapping[str, Score]]
    precision: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Model:
    """Learned from labelled issues, and never changed.

    Attributes:
        labels: the types it knows.
        trusted: the repositories that it learned enough from; elsewhere it knows nothing.
        calibration: how sure it is there.
        embedder: the id of what it was fitted with; empty for none.
        encoder: that embedder, trained further; its chances count beside the scores of `weights`.
        data: names the issues it was learned from.
        issues: how many those were.
    """

    labels: tuple[str, ...]
    space: Space
    weights: Weights
    trusted: frozenset[str]
    calibration: Calibration
    embedder: str
    data: str
    issues: int
    measured: Measured
    encoder: encoders.Trained | None = None

    def guess(self, repository: str, title: str, body: str) -> Guess:
        """What one issue is taken for. Some milliseconds.

        Raises:
            EmbedderUnavailable: its embedder did not answer.
        """
        return self.guesses([LabelledIssue(repository, "", title, body)])[0]

    def guesses(self, issues: Sequence[LabelledIssue]) -> list[Guess]:
        """As `guess`, of many at once; their labels are not looked at."""
        if not issues:
            return []
        features = self.space.features([(one.title, one.body) for one in issues])
        scores = np.array(
            [self.weights.scores(features[row], one.repository) for row, one in enumerate(issues)],
            np.float64,
        )
        if self.encoder:
            scores += _CHANCES * self.encoder.chances(issues)
        sure = self.calibration.confidence(scores).tolist()
        return [
            self._guess(self.labels[likeliest], confidence, one.repository)
            for likeliest, confidence, one in zip(
                scores.argmax(axis=1).tolist(), sure, issues, strict=True
            )
        ]

    def _guess(self, likeliest: str, confidence: float, repository: str) -> Guess:
        floor = self.calibration.floor if repository in self.trusted else NEVER
        return Guess(likeliest if confidence >= floor else None, likeliest, confidence, floor)


def train(
    issues: Sequence[LabelledIssue],
    embedder: Embedder | None = None,
    precision: float = PRECISION,
    further: encoders.Further | None = None,
) -> Model:
    """Learn from labelled issues; of more than MOST, from an even choice of them.

    Args:
        issues: to learn from.
        embedder: whose vectors are looked at beside the tokens.
        precision: how often what is known must be right.
        further: trains the embedder further, which takes long; None leaves it as it is.

    Raises:
        BadIssues: there are too few, or all are of one type.
        EmbedderUnavailable: the embedder did not answer.
    """
    issues = issues[:: max(1, -(-len(issues) // MOST))]
    labels = tuple(sorted({one.label for one in issues}))
    _check(issues, labels)
    texts = [(one.title, one.body) for one in issues]
    space = Space.fit(texts, embedder)
    repositories = np.array([one.repository for one in issues])
    types = np.array([labels.index(one.label) for one in issues], np.int64)
    fitted = fit(space.features(texts), repositories, types, len(labels))
    trained, left_out = None, fitted.left_out
    if further:
        trained, chances = further(issues, types, len(labels))
        left_out = left_out + _CHANCES * chances
    calibration = calibrate(left_out, types, precision)
    held = Counter(one.repository for one in issues)
    return Model(
        labels=labels,
        space=space,
        weights=fitted.weights,
        trusted=frozenset(name for name, count in held.items() if count >= TRUSTED),
        calibration=calibration,
        embedder=embedder.id if embedder else "",
        data=data_hash(issues),
        issues=len(issues),
        measured=_measured(issues, labels, left_out, calibration, types),
        encoder=trained,
    )


def _measured(
    issues: Sequence[LabelledIssue],
    labels: Sequence[str],
    left_out: Doubles,
    calibration: Calibration,
    types: Ints,
) -> Measured:
    taken = left_out.argmax(axis=1)
    scores = by_repository(
        (one.repository, one.label, labels[guess]) for one, guess in zip(issues, taken, strict=True)
    )
    sure = calibration.confidence(left_out) >= calibration.floor
    right = (taken == types)[sure].tolist()
    return Measured(
        mean_f1(scores), scores, fmean(right) if right else 0.0, len(right) / len(issues)
    )


def _check(issues: Sequence[LabelledIssue], labels: Sequence[str]) -> None:
    if len(labels) < 2:
        raise BadIssues("the issues need at least two types to be told apart")
    for label in labels:
        count = sum(one.label == label for one in issues)
        if count < _LEAST:
            raise BadIssues(
                f"only {count} issues are {label}: label at least {_LEAST}, or leave it out"
            )

"""Ridge regression of types over many repositories at once, each with weights of its own.

Two issues of one repository are twice as like as two of different ones: the kernel form of Daumé,
Frustratingly Easy Domain Adaptation (2007). Solved once, it also tells what each issue would have
been taken for had it not been learned from, without learning again: Rifkin and Lippert, Notes on
Regularized Least Squares (2007), eq. 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

from os2kb.triage.features import Floats

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

_PENALTY = 0.3


@dataclass(frozen=True, slots=True)
class Own:
    """What a repository adds to the shared weights: of some features (ascending), by type."""

    features: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Features × types, shared and by repository."""

    shared: Floats
    own: Mapping[str, Own]

    def scores(self, row: csr_matrix, repository: str) -> Floats:
        """One issue's score of each type; about 1 for what it is and 0 for what it is not."""
        scores = self.shared[row.indices].T @ row.data
        if own := self.own.get(repository):
            places = np.minimum(np.searchsorted(own.features, row.indices), len(own.features) - 1)
            there = own.features[places] == row.indices
            scores = scores + own.weights[places[there]].T @ row.data[there]
        found: Floats = scores.astype(np.float32)
        return found


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights, and the score of every issue by type as if it had been left out of them."""

    weights: Weights
    left_out: Doubles


def fit(features: csr_matrix, repositories: NDArray[np.str_], types: Ints, count: int) -> Fit:
    """Learn from issues × features. Time grows with the cube of the issues: 1,500 take a second.

    Args:
        features: as `Space.features` gives them.
        repositories: of each issue.
        types: of each issue, 0 to `count` - 1.
        count: of types.
    """
    alike = np.asarray((features @ features.T).toarray(), np.float64) / 2
    same = repositories[:, None] == repositories[None, :]
    wanted = np.eye(count)[types]
    factor = cho_factor(alike * (1 + same) + _PENALTY * np.eye(len(types)))
    dual = cho_solve(factor, wanted)
    inverse = np.diag(cho_solve(factor, np.eye(len(types))))
    left_out = wanted - dual / inverse[:, None]
    return Fit(_weights(features, repositories, dual / 2), left_out)


def _weights(features: csr_matrix, repositories: NDArray[np.str_], dual: Doubles) -> Weights:
    own: dict[str, Own] = {}
    for name in np.unique(repositories):
        here = repositories == name
        added = np.asarray(features[here].T @ dual[here], np.float32)
        used = np.unique(features[here].indices).astype(np.int64)
        own[str(name)] = Own(used, added[used])
    return Weights(np.asarray(features.T @ dual, np.float32), own)

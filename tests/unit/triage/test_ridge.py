"""The shortcut gives what learning again without an issue would have given."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from os2kb.triage.features import Space
from os2kb.triage.ridge import fit
from tests.unit.triage.labelled import FORMS, issues

ISSUES = [*issues(6), *issues(5, FORMS, seed=2)]
LABELS = sorted({one.label for one in ISSUES})
TEXTS = [(one.title, one.body) for one in ISSUES]
FEATURES: csr_matrix = Space.fit(TEXTS).features(TEXTS)
REPOSITORIES = np.array([one.repository for one in ISSUES])
TYPES = np.array([LABELS.index(one.label) for one in ISSUES], np.int64)


@pytest.mark.parametrize("left", [0, 7, len(ISSUES) - 1])
def test_an_issue_left_out_scores_as_if_it_was_never_there(left: int) -> None:
    kept = np.arange(len(ISSUES)) != left
    without = fit(FEATURES[kept], REPOSITORIES[kept], TYPES[kept], len(LABELS))
    scores = without.weights.scores(FEATURES[left], REPOSITORIES[left])
    every = fit(FEATURES, REPOSITORIES, TYPES, len(LABELS))
    assert scores == pytest.approx(every.left_out[left], abs=1e-4)

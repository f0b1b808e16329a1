"""Figures of the classifier: F1 as the competition counts it, confidence, and its floor."""

import numpy as np
import pytest

from os2kb.triage.confidence import NEVER, calibrate
from os2kb.triage.measures import by_repository, mean_f1

ONE = ("a/a", "bug", "bug")


def test_a_type_is_scored_by_what_was_right_guessed_and_there() -> None:
    scores = by_repository([ONE, ONE, ("a/a", "bug", "question"), ("a/a", "question", "bug")])
    bug = scores["a/a"]["bug"]
    assert (bug.precision, bug.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert bug.f1 == pytest.approx(2 / 3)
    assert scores["a/a"]["question"].f1 == 0


def test_every_repository_and_every_type_counts_the_same() -> None:
    large = [("b/b", "bug", "feature")] * 98 + [("b/b", "feature", "bug")]
    assert mean_f1(by_repository([ONE, *large])) == pytest.approx((1 + 0) / 2)


def test_nothing_judged_is_nothing_scored() -> None:
    assert mean_f1(by_repository([])) == 0


def test_the_floor_is_the_lowest_that_keeps_the_precision_by_a_standard_error() -> None:
    # The surer half is always right, the other never.
    right = np.repeat([True, False], 50)
    scores = np.column_stack([np.linspace(1, 0.1, 100), np.zeros(100)])
    calibration = calibrate(scores, np.where(right, 0, 1), precision=0.9)
    assert calibration.coverage == pytest.approx(0.53)  # 50 of 53: .943, give or take .032
    assert calibration.precision == pytest.approx(50 / 53)
    assert np.mean(calibration.confidence(scores) >= calibration.floor) == pytest.approx(0.53)


def test_equal_confidences_stand_or_fall_together() -> None:
    scores = np.tile([1.0, 0.0], (100, 1))
    assert calibrate(scores, np.arange(100) % 2, precision=0.9).floor == NEVER


def test_a_handful_of_lucky_guesses_makes_no_floor() -> None:
    scores = np.column_stack([np.linspace(1, 0, 19), np.zeros(19)])
    assert calibrate(scores, np.zeros(19, np.int64)).floor == NEVER


def test_confidence_is_the_share_that_is_right() -> None:
    draw = np.random.default_rng(1)
    scores = draw.normal(size=(4_000, 3))
    chances = np.exp(2 * scores) / np.exp(2 * scores).sum(axis=1, keepdims=True)
    types = np.array([draw.choice(3, p=row) for row in chances])
    calibration = calibrate(scores, types)
    sure = calibration.confidence(scores)
    near = (sure > 0.6) & (sure < 0.8)
    assert np.mean((scores.argmax(axis=1) == types)[near]) == pytest.approx(0.7, abs=0.05)

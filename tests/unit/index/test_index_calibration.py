"""The floor for a stated rate of false answers, from few questions and honestly."""

from math import nextafter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.evaluation.calibration import Uncalibrated, calibrate


def test_the_floor_lies_midway_above_the_last_that_must_not_be_answered() -> None:
    found = calibrate([0.9, 0.7, 0.3], [0.5, 0.2], 0.05)
    assert found.floor == pytest.approx(0.6)
    assert (found.rightly, found.falsely) == (2, 0)


def test_a_higher_rate_lets_some_through() -> None:
    no = [0.95, *(0.01 * n for n in range(19))]
    found = calibrate([0.9, 0.7, 0.3], no, 0.05)
    assert (found.falsely, found.rightly, found.is_told) == (1, 3, True)
    assert found.falsely_interval[1] > 0.05


def test_so_few_that_the_rate_cannot_be_told_is_said() -> None:
    found = calibrate([0.9], [0.5] * 7, 0.05)
    assert (found.is_told, found.enough) == (False, 20)
    assert found.falsely_interval[1] > 0.3
    assert calibrate([0.9], [0.5] * 20, 0.05).is_told


def test_what_is_answered_at_no_floor_is_never_counted_as_answered() -> None:
    found = calibrate([0.9, 0.0, 0.0], [0.0, 0.0], 0.05)
    assert (found.rightly, found.falsely) == (1, 0)


def test_no_rate_at_all_can_never_be_told() -> None:
    assert not calibrate([0.9], [0.5] * 500, 0.0).is_told


@pytest.mark.parametrize(
    ("yes", "no", "complaint"),
    [
        ([], [0.5], "no answerable question"),
        ([0.5], [], "no unanswerable question"),
        ([0.5, 0.4], [0.9], "--false-rate"),
        ([0.5], [0.5], "--false-rate"),
    ],
)
def test_where_no_floor_can_be_told_the_cure_is_named(
    yes: list[float], no: list[float], complaint: str
) -> None:
    with pytest.raises(Uncalibrated, match=complaint):
        calibrate(yes, no, 0.05)


FLOORS = st.lists(st.just(0.0) | st.floats(0.001, 1), min_size=1, max_size=30)


@given(FLOORS, FLOORS, st.floats(0, 0.5))
@example([nextafter(0.5, 1)], [0.5], 0.0)
@example([0.5], [0.0], 5e-324)
def test_no_more_than_the_stated_share_is_answered_falsely(
    yes: list[float], no: list[float], rate: float
) -> None:
    try:
        found = calibrate(yes, no, rate)
    except Uncalibrated:
        return
    assert found.falsely <= rate * len(no)
    assert found.rightly == sum(value >= found.floor for value in yes) > 0
    assert 0.0 <= found.floor <= 1.0

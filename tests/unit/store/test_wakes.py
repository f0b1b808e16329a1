"""Wakes: a key has one moment, the earliest that anybody asked for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.settling import Settling
from os2kb.store import wakes
from os2kb.store.database import open_database, upgrade

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LEASE = timedelta(minutes=5)
HOUR = timedelta(hours=1)
KEY = "source:all"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'os2kb.db'}")
    upgrade(engine)
    return engine


def due(store: Engine, at: datetime) -> list[str]:
    return wakes.take_due(store, at, LEASE)


def test_the_earlier_of_two_moments_stands(store: Engine):
    wakes.bring_forward(store, KEY, NOW + HOUR)
    wakes.bring_forward(store, KEY, NOW)
    wakes.bring_forward(store, KEY, NOW + 2 * HOUR)
    assert due(store, NOW - HOUR) == []
    assert due(store, NOW) == [KEY]


def test_what_is_asked_for_during_the_work_is_done_after_it(store: Engine):
    wakes.bring_forward(store, KEY, NOW)
    assert due(store, NOW) == [KEY]
    wakes.bring_forward(store, KEY, NOW + timedelta(seconds=5))
    wakes.settle(store, KEY, NOW + HOUR)
    assert due(store, NOW + timedelta(seconds=5)) == [KEY]


def test_what_is_asked_for_and_taken_during_long_work_is_done_after_it(store: Engine):
    wakes.bring_forward(store, KEY, NOW)
    due(store, NOW)
    begun = wakes.begin(store, KEY, NOW + 4 * HOUR)
    assert due(store, NOW + LEASE) == [], "it is not lost, it takes its time"
    wakes.bring_forward(store, KEY, NOW + LEASE)
    assert due(store, NOW + LEASE) == [KEY], "and waits for the work under way"
    wakes.settle(store, KEY, NOW + HOUR, begun=begun)
    again = wakes.begin(store, KEY, NOW + 5 * HOUR)
    assert again, "what woke it since then is still to be done"
    wakes.settle(store, KEY, None, begun=again)
    assert wakes.begin(store, KEY, NOW + 6 * HOUR) is None


def test_what_makes_sure_of_a_wake_moves_it_to_no_later_moment_and_stops_no_work(store: Engine):
    def ensure(at: datetime) -> None:
        with store.begin() as connection:
            wakes.ensure_with(connection, KEY, at)

    ensure(NOW + HOUR)
    ensure(NOW)
    ensure(NOW + 2 * HOUR)
    assert due(store, NOW) == [KEY]
    ensure(NOW + HOUR)
    assert wakes.is_taken(store, KEY), "whoever works on it says when it is woken next"
    assert due(store, NOW + LEASE) == [KEY], "and should that be lost, it comes again"


def test_work_that_ended_is_woken_at_the_moment_it_names_or_never(store: Engine):
    wakes.bring_forward(store, KEY, NOW)
    due(store, NOW)
    wakes.settle(store, KEY, NOW + HOUR)
    assert not wakes.is_taken(store, KEY)
    assert due(store, NOW + LEASE) == []
    assert due(store, NOW + HOUR) == [KEY]
    wakes.settle(store, KEY, None)
    assert due(store, NOW + 99 * HOUR) == []


def test_work_that_was_lost_is_woken_again(store: Engine):
    wakes.bring_forward(store, KEY, NOW)
    due(store, NOW)
    assert due(store, NOW + LEASE) == [KEY]


def test_one_key_can_be_asked_for_alone(store: Engine):
    wakes.bring_forward(store, "github:1#1", NOW)
    wakes.bring_forward(store, KEY, NOW)
    assert wakes.take_due(store, NOW, LEASE, only=KEY) == [KEY]
    assert due(store, NOW) == ["github:1#1"]


def test_work_that_says_when_it_is_woken_next_does_not_forget_what_came_meanwhile(store: Engine):
    wakes.bring_forward(store, KEY, NOW + HOUR)
    was = wakes.moment_of(store, KEY)
    wakes.bring_forward(store, KEY, NOW)  # somebody saw more than the work could
    wakes.wake_next(store, KEY, was, None)
    assert due(store, NOW) == [KEY]
    during = wakes.moment_of(store, KEY)
    wakes.bring_forward(store, KEY, NOW + timedelta(seconds=5))
    wakes.wake_next(store, KEY, during, NOW + HOUR, tries=3)
    assert wakes.moment_of(store, KEY) == NOW + timedelta(seconds=5)


def test_of_a_wake_that_came_meanwhile_and_the_next_one_the_first_stands(store: Engine):
    wakes.wake_next(store, KEY, None, NOW + HOUR, tries=2)
    assert (wakes.moment_of(store, KEY), wakes.tries_of(store, KEY)) == (NOW + HOUR, 2)
    wakes.wake_next(store, KEY, None, NOW)
    assert wakes.moment_of(store, KEY) == NOW
    wakes.wake_next(store, KEY, None, NOW + HOUR)
    assert wakes.moment_of(store, KEY) == NOW
    wakes.wake_next(store, KEY, NOW, None)
    assert wakes.moment_of(store, KEY) is None


def test_a_wake_that_another_worker_has_taken_is_left_to_it(store: Engine):
    wakes.bring_forward(store, KEY, NOW)
    assert due(store, NOW) == [KEY]
    wakes.wake_next(store, KEY, None, NOW)
    assert wakes.is_taken(store, KEY)


def test_a_wake_whose_work_always_fails_is_tried_rarer_and_rarer(store: Engine):
    settling = Settling(store, (5, 30, 120), lambda: NOW)
    wakes.bring_forward(store, KEY, NOW)
    pauses = []
    for _ in range(5):
        wakes.take_due(store, NOW + HOUR, LEASE)
        settling.failed(KEY, (), RuntimeError("a fault of ours"))
        again = wakes.moment_of(store, KEY)
        assert again is not None
        pauses.append((again - NOW).total_seconds())
    assert pauses == [5, 30, 120, 120, 120]


def test_what_is_asked_for_while_work_fails_does_not_wait_for_its_next_try(store: Engine):
    settling = Settling(store, (3600,), lambda: NOW)
    wakes.bring_forward(store, KEY, NOW)
    due(store, NOW)
    wakes.bring_forward(store, KEY, NOW + timedelta(seconds=5))
    settling.failed(KEY, (), RuntimeError("a fault of ours"))
    assert wakes.moment_of(store, KEY) == NOW + timedelta(seconds=5)

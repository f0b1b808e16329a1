"""Going through deliveries: the newest first, a page at a time, within bounds."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.store.database import open_database, upgrade
from os2kb.store.deliveries import Arrival, Delivery, keep
from os2kb.store.walk import newest_of, walk

AT = datetime(2026, 6, 4, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    return engine


def received(store: Engine, *subjects: str) -> None:
    arrivals = [
        Arrival("github", f"{place}", "issues", "", {}, b"", AT, "accepted", "", subject)
        for place, subject in enumerate(subjects)
    ]
    with store.begin() as connection:
        keep(connection, arrivals)


def everything(_: Delivery) -> bool:
    return True


def numbers(found: Sequence[Delivery]) -> list[int]:
    return [one.id for one in found]


def test_pages_follow_one_another_without_gap_or_repeat(store: Engine):
    received(store, *["github:1#1"] * 7)
    first = walk(store, everything, limit=3)
    second = walk(store, everything, before=first.older, limit=3)
    third = walk(store, everything, before=second.older, limit=3)
    pages = [numbers(one.deliveries) for one in (first, second, third)]
    assert pages == [[7, 6, 5], [4, 3, 2], [1]]
    assert third.older == 0


def test_each_subject_comes_once_over_all_pages(store: Engine):
    received(store, "github:1#1", "github:1#2", "github:1#3", "github:1#1", "github:1#2")
    first = walk(store, everything, newest_only=True, limit=2)
    second = walk(store, everything, newest_only=True, before=first.older, limit=2)
    assert numbers(first.deliveries) == [5, 4]
    assert numbers(second.deliveries) == [3]
    assert newest_of(store, "github:1#1") == 4
    assert newest_of(store, "github:9#9") == 0


def test_a_subject_begins_as_asked_and_nothing_else_is_a_pattern(store: Engine):
    received(store, "github:1#1", "github:1#12", "github:%#1")
    assert numbers(walk(store, everything, subject="github:1#1").deliveries) == [2, 1]
    assert numbers(walk(store, everything, subject="github:%").deliveries) == [3]


def test_it_gives_up_after_so_many_and_says_where_to_look_on(
    store: Engine, monkeypatch: pytest.MonkeyPatch
):
    received(store, *["github:1#1"] * 9)
    monkeypatch.setattr("os2kb.store.walk._MOST", 4)
    found = walk(store, lambda one: one.id == 1, limit=1)
    assert (found.deliveries, found.older) == ((), 6)

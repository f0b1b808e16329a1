"""Deliveries are kept many at once, and one that was delivered again has no second effect."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.store.database import open_database, upgrade
from os2kb.store.deliveries import Arrival, Settled, keep, newest, settle

AT = datetime(2026, 6, 4, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    return engine


def received(store: Engine, *identifiers: str) -> None:
    """All in one statement, as a busy minute has them."""
    arrivals = [
        Arrival("github", one, "issues", "opened", {}, b"{}", AT, "accepted", "", "github:1#1")
        for one in identifiers
    ]
    with store.begin() as connection:
        keep(connection, arrivals)


def test_many_are_kept_in_one_statement(store: Engine):
    received(store, "a", "b", "c")
    assert [one.identifier for one in newest(store)] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("settled", "then"),
    [("handled", "handled"), ("failed", "accepted"), ("ignored", "accepted")],
)
def test_what_comes_again_is_taken_up_only_where_it_came_to_nothing(
    store: Engine, settled: Settled, then: str
):
    received(store, "a")
    settle(store, [newest(store)[0].id], settled, AT, "x")
    received(store, "a", "b")
    states = {one.identifier: one.state for one in newest(store)}
    assert states == {"a": then, "b": "accepted"}

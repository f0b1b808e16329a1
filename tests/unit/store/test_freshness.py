"""How fresh linked pairs are kept: from a change on one side until the other was looked after."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.store import deliveries
from os2kb.store.backlog.freshness import Freshness, freshness
from os2kb.store.backlog.tickets import link_ticket
from os2kb.store.database import open_database, upgrade
from os2kb.store.deliveries import Arrival

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAIR, TICKET = "github:101#7", "jira:10007"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    assert link_ticket(engine, PAIR, "10007", "DEMO-7", NOW)
    return engine


def handled(
    store: Engine, subject: str, seconds: float, *, source: str = "jira", floor: float | None = None
) -> None:
    """A delivery that was handled just now, so long after it arrived, or after its change."""
    arrived = NOW - timedelta(seconds=seconds)
    with store.begin() as connection:
        arrival = Arrival(
            source=source,
            identifier=f"{subject} {seconds} {floor}",
            event="x",
            action="",
            headers={},
            body=b"",
            received_at=arrived,
            state="accepted",
            subject=subject,
            floor=None if floor is None else NOW - timedelta(seconds=floor),
        )
        deliveries.keep(connection, [arrival])
    newest = deliveries.newest(store, limit=1)[0]
    deliveries.settle(store, [newest.id], "handled", NOW)


def test_both_sides_of_a_pair_count_and_nothing_else(store: Engine):
    handled(store, PAIR, 4, source="github")
    handled(store, TICKET, 2)
    handled(store, "github:101#8", 900, source="github")
    handled(store, "jira:10008", 900)
    handled(store, PAIR, 900, source="cli")
    assert freshness(store, NOW - timedelta(days=1)) == Freshness(2, 4, 4)
    assert freshness(store, NOW + timedelta(seconds=1)) is None


def test_it_is_counted_from_the_change_and_a_clock_that_is_ahead_makes_nothing_fresher(
    store: Engine,
):
    handled(store, TICKET, 2, floor=30)
    handled(store, TICKET, 5, floor=-60)
    assert freshness(store, NOW - timedelta(days=1)) == Freshness(2, 30, 30)


def test_half_and_nineteen_of_twenty(store: Engine):
    for seconds in range(1, 101):
        handled(store, TICKET, seconds)
    assert freshness(store, NOW - timedelta(days=1)) == Freshness(100, 51, 96)

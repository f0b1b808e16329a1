"""How long it took from a change on either side of a pair until the other side was looked after."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, String, cast, literal, select, union

from os2kb.store.backlog.tickets import TRACKER
from os2kb.store.tables import deliveries, tickets

_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Freshness:
    """Of the deliveries about linked pairs, the latest of them.

    Attributes:
        count: how many there were.
        p50: seconds that half of them took at most.
        p95: seconds that nineteen of twenty took at most.
    """

    count: int
    p50: float
    p95: float


def freshness(engine: Engine, since: datetime) -> Freshness | None:
    """How fresh pairs were kept since a moment; None where nothing happened to any.

    Counted from when the change was made, where its delivery says so, else from its arrival.
    """
    latest = (
        select(deliveries.c.subject, deliveries.c.floor, deliveries.c.received_at)
        .add_columns(deliveries.c.settled_at, deliveries.c.source)
        .where(deliveries.c.state == "handled")
        .order_by(deliveries.c.id.desc())
        .limit(_MOST)
        .subquery()
    )
    ids = cast(literal(f"{TRACKER}:"), String) + tickets.c.id
    linked = union(select(tickets.c.subject), select(ids))
    wanted = select(latest.c.floor, latest.c.received_at, latest.c.settled_at).where(
        latest.c.source.in_(("github", TRACKER)),
        latest.c.settled_at >= since,
        latest.c.subject.in_(linked),
    )
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
    # A clock of theirs that is ahead of ours makes nothing older than it is.
    took = sorted(
        max((settled - min(floor or received, received)).total_seconds(), 0.0)
        for floor, received, settled in rows
    )
    if not took:
        return None
    return Freshness(len(took), _at(took, 0.5), _at(took, 0.95))


def _at(ordered: list[float], share: float) -> float:
    """The least of them that this share of them does not exceed."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

"""Deliveries: kept before they are acknowledged, settled once they are handled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Engine, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.store.tables import deliveries, links

State = Literal["accepted", "dispatched", "handled", "ignored", "failed"]
Settled = Literal["handled", "ignored", "failed"]
STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("accepted", "dispatched")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A verified delivery on its way into the store."""

    source: str
    identifier: str
    event: str
    action: str
    headers: dict[str, str]
    body: bytes = field(repr=False)
    received_at: datetime
    state: Literal["accepted", "ignored"]
    reason: str = ""
    subject: str = ""
    repository: str = ""
    floor: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A stored delivery, without its body."""

    id: int
    source: str
    identifier: str
    event: str
    action: str
    received_at: datetime
    state: State
    reason: str
    subject: str
    repository: str
    floor: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Pending:
    """Work for one key: its newest delivery's id."""

    key: str
    newest: int


_COLUMNS = [deliveries.c[name] for name in Delivery.__slots__]


_KEEP = {
    name: dialect.insert(deliveries).on_conflict_do_nothing(index_elements=["source", "identifier"])
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def _of_key(key: str) -> ColumnElement[bool]:
    linked = select(links.c.subject).where(links.c.key == key)
    return or_(deliveries.c.subject == key, deliveries.c.subject.in_(linked))


def keep(connection: Connection, arrivals: Sequence[Arrival]) -> None:
    """Insert deliveries; one already kept is left as it is."""
    connection.execute(
        _KEEP[connection.dialect.name],
        [
            {name: getattr(arrival, name) for name in Arrival.__slots__} | {"attempts": 0}
            for arrival in arrivals
        ],
    )


def accepted(engine: Engine, limit: int = 500) -> list[Pending]:
    """The keys with accepted deliveries, oldest first; linked subjects share one key."""
    newest = func.max(deliveries.c.id)
    key = func.coalesce(links.c.key, deliveries.c.subject)
    statement = (
        select(key, newest)
        .select_from(deliveries.outerjoin(links, links.c.subject == deliveries.c.subject))
        .where(deliveries.c.state == "accepted")
        .group_by(key)
        .order_by(newest)
        .limit(limit)
    )
    with engine.connect() as connection:
        return [Pending(key, int(top)) for key, top in connection.execute(statement)]


def mark_dispatched(engine: Engine, work: Iterable[Pending]) -> None:
    """The accepted deliveries of these keys, up to their newest, are work now."""
    with engine.begin() as connection:
        for item in work:
            connection.execute(
                update(deliveries)
                .where(
                    _of_key(item.key),
                    deliveries.c.state == "accepted",
                    deliveries.c.id <= item.newest,
                )
                .values(state="dispatched")
            )


def mark_accepted(engine: Engine) -> int:
    """Put every dispatched delivery back to accepted; done at start-up. Returns how many."""
    statement = (
        update(deliveries).where(deliveries.c.state == "dispatched").values(state="accepted")
    )
    with engine.begin() as connection:
        return connection.execute(statement).rowcount


def open_for(engine: Engine, key: str) -> list[Delivery]:
    """The deliveries of a key that nobody has settled, oldest first."""
    statement = (
        select(*_COLUMNS)
        .where(_of_key(key), deliveries.c.state.in_(OPEN))
        .order_by(deliveries.c.id)
    )
    with engine.connect() as connection:
        return [Delivery(*row) for row in connection.execute(statement)]


def settle(
    engine: Engine,
    ids: Sequence[int],
    state: Settled,
    now: datetime,
    reason: str = "",
) -> None:
    """Close deliveries for good (failed ones can be put back)."""
    with engine.begin() as connection:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(ids), deliveries.c.state.in_(OPEN))
            .values(state=state, reason=reason, settled_at=now)
        )


def count_attempt(engine: Engine, ids: Sequence[int], reason: str) -> None:
    """Note a try that failed; the deliveries stay open."""
    with engine.begin() as connection:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(ids))
            .values(attempts=deliveries.c.attempts + 1, reason=reason)
        )


def put_back(engine: Engine, ids: Sequence[int] | None) -> int:
    """Accept failed deliveries again, all of them where `ids` is None. Returns how many."""
    statement = update(deliveries).where(deliveries.c.state == "failed")
    if ids is not None:
        statement = statement.where(deliveries.c.id.in_(ids))
    with engine.begin() as connection:
        return connection.execute(
            statement.values(state="accepted", attempts=0, reason="", settled_at=None)
        ).rowcount


def newest(engine: Engine, *, failed_only: bool = False, limit: int = 50) -> list[Delivery]:
    """The latest deliveries, newest first."""
    statement = select(*_COLUMNS).order_by(deliveries.c.id.desc()).limit(limit)
    if failed_only:
        statement = statement.where(deliveries.c.state == "failed")
    with engine.connect() as connection:
        return [Delivery(*row) for row in connection.execute(statement)]


def read(engine: Engine, id: int) -> tuple[Delivery, dict[str, str], bytes] | None:  # noqa: A002
    """One delivery with its headers and body (empty once it has been emptied)."""
    statement = select(*_COLUMNS, deliveries.c.headers, deliveries.c.body).where(
        deliveries.c.id == id
    )
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    if row is None:
        return None
    *columns, headers, body = row
    return Delivery(*columns), headers, bytes(body)


def counts(engine: Engine) -> dict[str, int]:
    """How many deliveries are in each state."""
    statement = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    with engine.connect() as connection:
        return {state: int(count) for state, count in connection.execute(statement)}


def empty_bodies(engine: Engine, before: datetime) -> int:
    """Empty the bodies of deliveries settled before a moment; failed ones keep theirs."""
    statement = (
        update(deliveries)
        .where(
            deliveries.c.state.in_(("handled", "ignored")),
            deliveries.c.received_at < before,
            func.length(deliveries.c.body) > 0,
        )
        .values(body=b"")
    )
    with engine.begin() as connection:
        return connection.execute(statement).rowcount


def as_json(delivery: Delivery) -> dict[str, Any]:
    """A delivery as the command line and the console show it."""
    shown = {name: getattr(delivery, name) for name in Delivery.__slots__}
    for name in ("received_at", "floor"):
        shown[name] = shown[name].isoformat() if shown[name] else None
    return shown

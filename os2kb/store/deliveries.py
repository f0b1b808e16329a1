"""Deliveries: kept before they are acknowledged, settled once they are handled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Insert,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.store.tables import deliveries, links

State = Literal["accepted", "dispatched", "handled", "ignored", "failed"]
Settled = Literal["handled", "ignored", "failed"]
STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("accepted", "dispatched")
_RUN = "run-"


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
    due_at: datetime
    looks: int
    attempts: int

    @property
    def run(self) -> int:
        """The run over many pairs that asked for it; 0 for none."""
        kind, _, named = self.identifier.partition(":")
        number = kind.removeprefix(_RUN)
        ours = self.source == "cli" and named and kind != number and number.isdecimal()
        return int(number) if ours else 0

    @property
    def asks_for_checks(self) -> bool:
        """Whether somebody asked for our checks to be made again, though nothing may be new."""
        return self.action == "rerequested" and self.event in ("check_run", "check_suite")


_COLUMNS = [deliveries.c[name] for name in Delivery.__slots__]


def _keep(dialect: Any) -> Insert:
    insert = dialect.insert(deliveries)
    # Delivered again by a person's hand: what was parked or came to nothing is taken up anew.
    again = {
        "state": "accepted",
        "due_at": insert.excluded.due_at,
        "looks": 0,
        "attempts": 0,
        "reason": "",
        "settled_at": None,
    }
    statement: Insert = insert.on_conflict_do_update(
        index_elements=["source", "identifier"],
        set_=again,
        # No `in`: SQLAlchemy cannot expand it in a statement for many rows at once.
        where=and_(
            or_(deliveries.c.state == "failed", deliveries.c.state == "ignored"),
            insert.excluded.state == "accepted",
        ),
    )
    return statement


_KEEP = {"postgresql": _keep(postgresql), "sqlite": _keep(sqlite)}


def _of_key(key: str) -> ColumnElement[bool]:
    linked = select(links.c.subject).where(links.c.key == key)
    return or_(deliveries.c.subject == key, deliveries.c.subject.in_(linked))


def keep(connection: Connection, arrivals: Sequence[Arrival]) -> None:
    """Insert deliveries. One already kept has no second effect, unless it never had a first."""
    fresh = {"looks": 0, "attempts": 0}
    connection.execute(
        _KEEP[connection.dialect.name],
        [
            {name: getattr(arrival, name) for name in Arrival.__slots__}
            | fresh
            | {"due_at": arrival.received_at}
            for arrival in arrivals
        ],
    )


def of_run(run: int, subject: str) -> str:
    """What tells the delivery by which a run asks for a subject from all others."""
    return f"{_RUN}{run}:{subject}"


def heard_of(engine: Engine, source: str, since: datetime) -> frozenset[str]:
    """The subjects that a source told of since."""
    told = select(deliveries.c.subject).where(
        deliveries.c.source == source, deliveries.c.received_at >= since
    )
    with engine.connect() as connection:
        return frozenset(connection.execute(told.distinct()).scalars())


def take_due(engine: Engine, now: datetime, *, only: str = "", limit: int = 500) -> list[str]:
    """Mark the accepted deliveries that are due as dispatched.

    Args:
        only: those of this subject and no other; empty for all.

    Returns:
        Their keys, each once, oldest delivery first; linked subjects share one key.
    """
    key = func.coalesce(links.c.key, deliveries.c.subject)
    due = (
        select(deliveries.c.id, key)
        .select_from(deliveries.outerjoin(links, links.c.subject == deliveries.c.subject))
        .where(deliveries.c.state == "accepted", deliveries.c.due_at <= now)
        .order_by(deliveries.c.id)
        .limit(limit)
    )
    if only:
        due = due.where(deliveries.c.subject == only)
    with engine.begin() as connection:
        rows = connection.execute(due).all()
        if rows:
            connection.execute(
                update(deliveries)
                .where(deliveries.c.id.in_([row[0] for row in rows]))
                .values(state="dispatched", dispatched_at=now)
            )
    return list(dict.fromkeys(str(row[1]) for row in rows))


def release(engine: Engine, *, dispatched_before: datetime | None = None) -> int:
    """Accept dispatched deliveries again: their work was lost. Returns how many."""
    statement = update(deliveries).where(deliveries.c.state == "dispatched")
    if dispatched_before is not None:
        statement = statement.where(deliveries.c.dispatched_at < dispatched_before)
    with engine.begin() as connection:
        return connection.execute(statement.values(state="accepted")).rowcount


def put_off(
    engine: Engine,
    ids: Sequence[int],
    due_at: datetime,
    *,
    looks: int = 0,
    attempts: int = 0,
    reason: str = "",
) -> None:
    """Look at deliveries again later; `looks` and `attempts` are added to what they have."""
    with engine.begin() as connection:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(ids), deliveries.c.state.in_(OPEN))
            .values(
                state="accepted",
                due_at=due_at,
                looks=deliveries.c.looks + looks,
                attempts=deliveries.c.attempts + attempts,
                reason=reason,
            )
        )


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


def put_back(engine: Engine, ids: Sequence[int] | None, now: datetime) -> int:
    """Accept failed deliveries again, all of them where `ids` is None. Returns how many.

    Named ones may also be ignored ones that are about a subject.
    """
    statement = update(deliveries)
    if ids is None:
        statement = statement.where(deliveries.c.state == "failed")
    else:
        statement = statement.where(
            deliveries.c.id.in_(ids),
            deliveries.c.state.in_(("failed", "ignored")),
            deliveries.c.subject != "",
        )
    fresh = {"state": "accepted", "due_at": now, "looks": 0, "attempts": 0, "settled_at": None}
    with engine.begin() as connection:
        return connection.execute(statement.values(**fresh, reason="")).rowcount


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
            deliveries.c.settled_at < before,
            func.length(deliveries.c.body) > 0,
        )
        .values(body=b"")
    )
    with engine.begin() as connection:
        return connection.execute(statement).rowcount


def as_json(delivery: Delivery) -> dict[str, Any]:
    """A delivery as the command line and the console show it."""
    shown = {name: getattr(delivery, name) for name in Delivery.__slots__}
    for name in ("received_at", "floor", "due_at"):
        shown[name] = shown[name].isoformat() if shown[name] else None
    return shown

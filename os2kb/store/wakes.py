"""Wakes: when to look at a key again although nothing has told of a change. One a key."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.store.tables import wakes


def set_wake(engine: Engine, key: str, at: datetime | None) -> None:
    """Wake a key at a moment, instead of whenever it was to be woken; None for never."""
    with engine.begin() as connection:
        if at is None:
            connection.execute(delete(wakes).where(wakes.c.key == key))
            return
        dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
        connection.execute(
            dialect.insert(wakes)
            .values(key=key, at=at, taken=False, tries=0)
            .on_conflict_do_update(
                index_elements=["key"], set_={"at": at, "taken": False, "tries": 0}
            )
        )


def wake_next(
    engine: Engine, key: str, was: datetime | None, at: datetime | None, tries: int = 0
) -> None:
    """The work on a key has ended: wake it next at a moment, or never.

    Where the key has been given a moment meanwhile, that one stands, unless this one comes first:
    it was given for what the work could not see yet.

    Args:
        engine: the store.
        key: what was worked on.
        was: when it was to be woken as the work began; None for never.
        at: when it is to be; None for never.
        tries: how often in a row the work came to nothing.
    """
    same = (wakes.c.key == key, wakes.c.at == was)
    again = update(wakes).where(*same).values(at=at, taken=False, tries=tries)
    dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
    with engine.begin() as connection:
        if was and connection.execute(again if at else delete(wakes).where(*same)).rowcount:
            return
        if at is not None:
            connection.execute(
                dialect.insert(wakes)
                .values(key=key, at=at, taken=False, tries=tries)
                .on_conflict_do_update(
                    index_elements=["key"],
                    set_={"at": at, "tries": tries},
                    where=and_(wakes.c.taken.is_(False), wakes.c.at > at),
                )
            )


def bring_forward(engine: Engine, key: str, at: datetime) -> None:
    """Wake a key at a moment, or when it was to be woken if that comes first."""
    with engine.begin() as connection:
        bring_forward_with(connection, key, at)


def bring_forward_with(connection: Connection, key: str, at: datetime) -> None:
    """The same, as part of a transaction. Work under way is followed by more: it may be too old."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(
        dialect.insert(wakes)
        .values(key=key, at=at, taken=False)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={"at": at, "taken": False},
            where=or_(wakes.c.taken, wakes.c.at > at),
        )
    )


def ensure_with(connection: Connection, key: str, at: datetime) -> None:
    """As part of a transaction: wake a key at a moment, or when it was to be if that comes first.

    Work under way is left alone: it says itself when it is woken next.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(
        dialect.insert(wakes)
        .values(key=key, at=at, taken=False)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={"at": at},
            where=and_(wakes.c.taken.is_(False), wakes.c.at > at),
        )
    )


def begin(engine: Engine, key: str, until: datetime) -> datetime | None:
    """Long work begins: unless it ends, it is taken to be lost at a moment, and not before.

    Returns:
        That moment, for `settle`; None where nothing has woken the key.
    """
    own = (wakes.c.key == key, wakes.c.taken)
    with engine.begin() as connection:
        begun = connection.execute(update(wakes).where(*own).values(at=until)).rowcount
    return until if begun else None


def settle(
    engine: Engine,
    key: str,
    at: datetime | None,
    tries: int = 0,
    begun: datetime | None = None,
) -> None:
    """The work of a wake has ended: wake the key next at a moment, or never.

    Where the key has been given a moment meanwhile, that one stands.

    Args:
        tries: how often in a row the work came to nothing.
        begun: as `begin` gave it. A moment that came and was taken since then stands, too: what it
            was given for, this work may not have seen.
    """
    own = [wakes.c.key == key, wakes.c.taken]
    if begun is not None:
        own.append(wakes.c.at == begun)
    again = update(wakes).where(*own).values(at=at, taken=False, tries=tries)
    with engine.begin() as connection:
        connection.execute(again if at else delete(wakes).where(*own))


def tries_of(engine: Engine, key: str) -> int:
    """How often in a row the work of a key came to nothing."""
    statement = select(wakes.c.tries).where(wakes.c.key == key)
    with engine.connect() as connection:
        return int(connection.execute(statement).scalar() or 0)


def take_due(
    engine: Engine, now: datetime, lease: timedelta, *, only: str = "", limit: int = 500
) -> list[str]:
    """The keys to wake now. Each is due again after the lease, should its work be lost.

    Args:
        only: this key and no other; empty for all.
    """
    due = select(wakes.c.key).where(wakes.c.at <= now).order_by(wakes.c.at).limit(limit)
    if only:
        due = due.where(wakes.c.key == only)
    with engine.begin() as connection:
        keys = list(connection.execute(due).scalars())
        if keys:
            connection.execute(
                update(wakes).where(wakes.c.key.in_(keys)).values(at=now + lease, taken=True)
            )
    return keys


def under_way(engine: Engine, now: datetime) -> int:
    """How many keys are due, or work now."""
    counted = select(func.count()).where(or_(wakes.c.at <= now, wakes.c.taken))
    with engine.connect() as connection:
        return int(connection.execute(counted).scalar_one())


def awaited(engine: Engine, prefix: str) -> int:
    """How many keys that begin so are to be woken, or work now."""
    counted = select(func.count()).where(wakes.c.key.startswith(prefix, autoescape=True))
    with engine.connect() as connection:
        return int(connection.execute(counted).scalar_one())


def moment_of(engine: Engine, key: str) -> datetime | None:
    """When a key is to be woken; None for never."""
    with engine.connect() as connection:
        return connection.execute(select(wakes.c.at).where(wakes.c.key == key)).scalar()


def is_taken(engine: Engine, key: str) -> bool:
    """Whether a key was woken and nobody has said yet when to wake it next."""
    statement = select(wakes.c.taken).where(wakes.c.key == key)
    with engine.connect() as connection:
        return bool(connection.execute(statement).scalar())

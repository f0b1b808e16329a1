"""Wakes: when to look at a key again although nothing has told of a change. One a key."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update
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
            .values(key=key, at=at, taken=False)
            .on_conflict_do_update(index_elements=["key"], set_={"at": at, "taken": False})
        )


def take_due(engine: Engine, now: datetime, lease: timedelta, limit: int = 500) -> list[str]:
    """The keys to wake now. Each is due again after the lease, should its work be lost."""
    due = select(wakes.c.key).where(wakes.c.at <= now).order_by(wakes.c.at).limit(limit)
    with engine.begin() as connection:
        keys = list(connection.execute(due).scalars())
        if keys:
            connection.execute(
                update(wakes).where(wakes.c.key.in_(keys)).values(at=now + lease, taken=True)
            )
    return keys


def is_taken(engine: Engine, key: str) -> bool:
    """Whether a key was woken and nobody has said yet when to wake it next."""
    statement = select(wakes.c.taken).where(wakes.c.key == key)
    with engine.connect() as connection:
        return bool(connection.execute(statement).scalar())

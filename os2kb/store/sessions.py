"""Who is signed in to the console. What a browser holds is not kept, only a hash of it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import Engine, delete, insert, select

from os2kb.store.tables import sessions

Way = Literal["github", "token"]


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in.

    Attributes:
        id: a hash of what their browser holds.
        login: at the forge; empty for whoever has the installation's own token.
        way: how they signed in.
    """

    id: str
    login: str
    way: Way
    ends_at: datetime


def begin(
    engine: Engine, ticket: str, login: str, way: Way, now: datetime, ends_at: datetime
) -> Session:
    """Keep a new session, and forget those that have ended.

    Args:
        ticket: what the browser is to hold; random, and never used before.
    """
    begun = Session(_id(ticket), login, way, ends_at)
    values = {name: getattr(begun, name) for name in Session.__slots__}
    with engine.begin() as connection:
        connection.execute(delete(sessions).where(sessions.c.ends_at <= now))
        connection.execute(insert(sessions).values(**values))
    return begun


def find(engine: Engine, ticket: str, now: datetime) -> Session | None:
    """The session that somebody's browser holds the ticket of; None where it has ended."""
    columns = [sessions.c[name] for name in Session.__slots__]
    wanted = (sessions.c.id == _id(ticket), sessions.c.ends_at > now)
    with engine.connect() as connection:
        row = connection.execute(select(*columns).where(*wanted)).first()
    return Session(*row) if row else None


def end(engine: Engine, id: str) -> None:  # noqa: A002
    """End a session; its ticket opens nothing any more."""
    with engine.begin() as connection:
        connection.execute(delete(sessions).where(sessions.c.id == id))


def _id(ticket: str) -> str:
    return sha256(ticket.encode("utf-8", "surrogatepass")).hexdigest()

"""Linked pairs of subject and ticket, in the order of the subjects' keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, func, select

from os2kb.store.tables import tickets


@dataclass(frozen=True, slots=True)
class Pair:
    """A subject and its ticket.

    Attributes:
        subject: its key.
        id: the tracker's own of the ticket.
        key: what the ticket was called when last heard of.
    """

    subject: str
    id: str
    key: str


_COLUMNS = [tickets.c[name] for name in Pair.__slots__]


def pairs(engine: Engine, project: str = "", after: str = "", limit: int = 100) -> tuple[Pair, ...]:
    """The next pairs.

    Args:
        engine: the store.
        project: the key of the tickets' project; empty for all.
        after: the subject that was the last one before; empty for the first ones.
        limit: how many at most.
    """
    wanted = select(*_COLUMNS).where(*_within(project, after)).order_by(tickets.c.subject)
    with engine.connect() as connection:
        return tuple(Pair(*row) for row in connection.execute(wanted.limit(limit)))


def every_pair(engine: Engine, project: str = "", after: str = "") -> Iterator[tuple[Pair, ...]]:
    """All of them, some at a time."""
    while some := pairs(engine, project, after):
        yield some
        after = some[-1].subject


def how_many(engine: Engine, project: str = "", after: str = "") -> int:
    """How many pairs there are."""
    wanted = select(func.count()).select_from(tickets).where(*_within(project, after))
    with engine.connect() as connection:
        return int(connection.execute(wanted).scalar_one())


def _within(project: str, after: str) -> list[ColumnElement[bool]]:
    of_project = tickets.c.key.startswith(f"{project}-", autoescape=True)
    return [tickets.c.subject > after, *([of_project] if project else [])]

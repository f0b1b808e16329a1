"""Which ticket a subject is linked to, and what we last set its fields to.

A linked ticket shares its subject's key, so that both sides are never worked on at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.store.tables import copies, links, tickets

TRACKER = "jira"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a linked ticket."""

    subject: str
    id: str
    key: str
    base: Mapping[str, str]
    agreed: Mapping[str, str | list[str]]
    linked_at: datetime


def subject_of_ticket(id: str) -> str:  # noqa: A002
    """The key of a ticket's own, while it is linked to nothing: `jira:10023`."""
    return f"{TRACKER}:{id}"


def is_ticket(subject: str) -> bool:
    """Whether a key is a ticket's own."""
    return subject.startswith(f"{TRACKER}:")


def ticket_of(engine: Engine, subject: str) -> Kept | None:
    """The ticket that a subject is linked to."""
    return _kept(engine, tickets.c.subject == subject)


def linked_with(engine: Engine, id: str) -> Kept | None:  # noqa: A002
    """What a ticket is linked to."""
    return _kept(engine, tickets.c.id == id)


def link_ticket(engine: Engine, subject: str, id: str, key: str, now: datetime) -> bool:  # noqa: A002
    """Link a ticket to a subject; False where either is linked to another already."""
    with engine.begin() as connection:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        row = {"subject": subject, "id": id, "key": key, "base": {}, "linked_at": now, "agreed": {}}
        connection.execute(dialect.insert(tickets).values(**row).on_conflict_do_nothing())
        found = connection.execute(select(tickets.c.id).where(tickets.c.subject == subject))
        if found.scalar() != id:
            return False
        group = select(links.c.key).where(links.c.subject == subject)
        shared = connection.execute(group).scalar() or subject
        for one in (subject, subject_of_ticket(id)):
            _join(connection, one, shared)
    return True


def move_ticket(engine: Engine, before: str, after: str) -> bool:
    """Link what goes with one subject to another, which it became, with all that was agreed on.

    False where there is nothing to move, or the other has a ticket already. Our own comments have
    other ids there, and are known by their markers.
    """
    with engine.begin() as connection:
        found = connection.execute(select(tickets.c.id).where(tickets.c.subject == before)).scalar()
        taken = select(tickets.c.id).where(tickets.c.subject == after)
        if found is None or connection.execute(taken).scalar() is not None:
            return False
        moved = {"subject": after}
        connection.execute(update(tickets).where(tickets.c.subject == before).values(moved))
        ours = (copies.c.subject == before, copies.c.side == TRACKER)
        connection.execute(delete(copies).where(*ours))
        rest = update(copies).where(copies.c.subject == before)
        connection.execute(rest.values(subject=after))
        group = select(links.c.key).where(links.c.subject == after)
        shared = connection.execute(group).scalar() or after
        for one in (after, subject_of_ticket(found)):
            _join(connection, one, shared)
    return True


def unlink_ticket(engine: Engine, subject: str) -> None:
    """Take the link off again; whatever else shares the subject's key still does."""
    with engine.begin() as connection:
        found = connection.execute(select(tickets.c.id).where(tickets.c.subject == subject))
        id_ = found.scalar()
        if id_ is not None:
            connection.execute(delete(tickets).where(tickets.c.subject == subject))
            connection.execute(delete(copies).where(copies.c.subject == subject))
            connection.execute(delete(links).where(links.c.subject == subject_of_ticket(id_)))


def keep_base(engine: Engine, subject: str, field: str, value: str | None) -> None:
    """Note what we set a field to; None forgets that we ever did."""
    with engine.begin() as connection:
        row = select(tickets.c.base).where(tickets.c.subject == subject).with_for_update()
        base = {**(connection.execute(row).scalar() or {}), field: value}
        kept = {name: one for name, one in base.items() if one is not None}
        connection.execute(update(tickets).where(tickets.c.subject == subject).values(base=kept))


def rename_ticket(engine: Engine, id: str, key: str) -> None:  # noqa: A002
    """Keep what a ticket is called now: it was moved."""
    with engine.begin() as connection:
        connection.execute(
            update(tickets).where(tickets.c.id == id, tickets.c.key != key).values(key=key)
        )


def _join(connection: Connection, subject: str, key: str) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = dialect.insert(links).values(subject=subject, key=key)
    connection.execute(made.on_conflict_do_update(index_elements=["subject"], set_={"key": key}))


def _kept(engine: Engine, where: object) -> Kept | None:
    columns = (tickets.c[name] for name in Kept.__slots__)
    with engine.connect() as connection:
        row = connection.execute(select(*columns).where(where)).first()  # type: ignore[arg-type]
    return Kept(*row) if row else None

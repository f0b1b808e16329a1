"""What a subject and its ticket agreed on last, and the copies of their comments."""

from collections.abc import Callable, Mapping

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.backlog.comments import Copy
from os2kb.backlog.sides import Side, Value, Values, as_kept, kept, nothing
from os2kb.policy.sections.jira import FieldName
from os2kb.store.tables import copies, tickets


def agree(engine: Engine, subject: str, values: Values) -> None:
    """Note what both agree on; of fields that are not named nothing changes."""
    if values:
        _change(engine, subject, lambda agreed: {**agreed, **values})


def agree_anew(
    engine: Engine, subject: str, field: FieldName, change: Callable[[Value], Value]
) -> None:
    """Note what both agree on of a field, by what they agreed on before."""
    _change(
        engine,
        subject,
        lambda agreed: {**agreed, field: change(agreed.get(field, nothing(field)))},
    )


def copies_of(engine: Engine, subject: str) -> Mapping[Side, tuple[Copy, ...]]:
    """The copies that were made of a subject's comments and its ticket's, by the sources' side."""
    columns = (copies.c.side, copies.c.source, copies.c.copy, copies.c.base)
    statement = select(*columns).where(copies.c.subject == subject)
    found: dict[Side, tuple[Copy, ...]] = {"github": (), "jira": ()}
    with engine.connect() as connection:
        for side, source, copy, base in connection.execute(statement):
            found["github" if side == "github" else "jira"] += (Copy(source, copy, base),)
    return found


def keep_copy(engine: Engine, subject: str, side: Side, copy: Copy) -> None:
    """Note a copy that was made or brought up to date.

    Args:
        side: that its source is on.
    """
    dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
    key = {"subject": subject, "side": side, "source": copy.source}
    rest = {"copy": copy.id, "base": copy.base}
    with engine.begin() as connection:
        connection.execute(
            dialect.insert(copies)
            .values(**key, **rest)
            .on_conflict_do_update(index_elements=list(key), set_=rest)
        )


def drop_copy(engine: Engine, subject: str, side: Side, source: str) -> None:
    """Forget a copy: its source may be copied anew one day.

    Args:
        side: that its source is on.
    """
    key = (copies.c.subject == subject, copies.c.side == side, copies.c.source == source)
    with engine.begin() as connection:
        connection.execute(delete(copies).where(*key))


def _change(engine: Engine, subject: str, change: Callable[[Values], Values]) -> None:
    # Read by a statement that writes, so that SQLite, too, lets nobody else in between.
    row = update(tickets).where(tickets.c.subject == subject).values(subject=subject)
    with engine.begin() as connection:
        before = connection.execute(row.returning(tickets.c.agreed)).scalar()
        if before is None:
            return
        after = kept(change(as_kept(before)))
        if after != before:
            connection.execute(
                update(tickets).where(tickets.c.subject == subject).values(agreed=after)
            )

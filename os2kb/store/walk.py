"""Going through deliveries from the newest back, a few at a time, to look for some of them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from os2kb.store.deliveries import Delivery
from os2kb.store.tables import deliveries

MOST_NUMBER = 2**62
"""No delivery ever has a higher one; beyond some such number databases give an error."""
_AT_ONCE = 500
_MOST = 10_000
_COLUMNS = [deliveries.c[name] for name in Delivery.__slots__]


@dataclass(frozen=True, slots=True)
class Found:
    """Some deliveries, the newest first.

    Attributes:
        older: look on before this one; 0 where there are no more.
    """

    deliveries: tuple[Delivery, ...]
    older: int


def walk(
    engine: Engine,
    wanted: Callable[[Delivery], bool],
    *,
    before: int = 0,
    state: str = "",
    subject: str = "",
    newest_only: bool = False,
    limit: int = 50,
) -> Found:
    """The newest deliveries that are wanted. Looks at ten thousand of them at most.

    Args:
        engine: the store.
        wanted: whether one is; asked about each in turn.
        before: only older ones than that; 0 for all.
        state: only those in that one; empty for all.
        subject: how their subjects begin.
        newest_only: only each subject's newest of all.
        limit: how many.
    """
    found: list[Delivery] = []
    looked = last = 0
    for batch in _batches(engine, before, state, subject):
        newest = newest_of_each(engine, {one.subject for one in batch}) if newest_only else None
        for one in batch:
            if len(found) == limit or looked == _MOST:
                return Found(tuple(found), last)
            last, looked = one.id, looked + 1
            if (newest is None or newest.get(one.subject) == one.id) and wanted(one):
                found.append(one)
    return Found(tuple(found), 0)


def newest_of(engine: Engine, subject: str) -> int:
    """The number of a subject's newest delivery; 0 for none."""
    return newest_of_each(engine, {subject}).get(subject, 0)


def newest_of_each(engine: Engine, subjects: Collection[str]) -> dict[str, int]:
    """The number of the newest delivery of each; those without any are left out."""
    statement = (
        select(deliveries.c.subject, func.max(deliveries.c.id))
        .where(deliveries.c.subject.in_(subjects))
        .group_by(deliveries.c.subject)
    )
    with engine.connect() as connection:
        return {str(row[0]): int(row[1]) for row in connection.execute(statement)}


def _batches(engine: Engine, before: int, state: str, subject: str) -> Iterator[list[Delivery]]:
    statement = select(*_COLUMNS).order_by(deliveries.c.id.desc()).limit(_AT_ONCE)
    if state:
        statement = statement.where(deliveries.c.state == state)
    if subject:
        statement = statement.where(deliveries.c.subject.startswith(subject, autoescape=True))
    while True:
        batch = statement.where(deliveries.c.id < before) if before else statement
        with engine.connect() as connection:
            rows = [Delivery(*row) for row in connection.execute(batch)]
        yield rows
        if len(rows) < _AT_ONCE:
            return
        before = rows[-1].id

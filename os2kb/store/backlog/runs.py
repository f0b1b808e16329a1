"""Runs over many linked pairs: how far each came, so that one that was stopped goes on there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, and_, delete, func, insert, select, update

from os2kb.store.deliveries import OPEN
from os2kb.store.tables import deliveries, receipts, runs

Kind = Literal["sync", "sweep"]
"""`sync` is asked for by hand; `sweep` comes by itself each night."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run.

    Attributes:
        project: the key of the tracker's project that it is bound to; empty for all.
        since: only what changed since then; None for all.
        ended_at: None while there is more to look at.
        cursor: the subject that was looked at last, in the order of their keys.
        looked_at: how many pairs.
        out_of_step: how many of them were not in step.
    """

    id: int
    kind: Kind
    project: str
    since: datetime | None
    started_at: datetime
    ended_at: datetime | None = None
    cursor: str = ""
    looked_at: int = 0
    out_of_step: int = 0


_COLUMNS = [runs.c[name] for name in Run.__slots__]


def begin(
    engine: Engine, kind: Kind, now: datetime, *, project: str = "", since: datetime | None = None
) -> Run:
    """A new run."""
    row = {"kind": kind, "project": project, "since": since, "started_at": now}
    fresh = {"cursor": "", "looked_at": 0, "out_of_step": 0}
    with engine.begin() as connection:
        made = connection.execute(insert(runs).values(**row, **fresh)).inserted_primary_key
    assert made is not None  # an INSERT of one row always has a key  # noqa: S101
    return Run(int(made[0]), kind, project, since, now)


def unfinished(
    engine: Engine, kind: Kind, *, project: str = "", since: datetime | None = None
) -> Run | None:
    """The latest run of those bounds, where it was stopped before its end."""
    latest = select(*_COLUMNS).where(runs.c.kind == kind, runs.c.project == project)
    bound = runs.c.since.is_(None) if since is None else runs.c.since == since
    with engine.connect() as connection:
        row = connection.execute(latest.where(bound).order_by(runs.c.id.desc()).limit(1)).first()
    return Run(*row) if row and row.ended_at is None else None


def run_of(engine: Engine, id: int) -> Run | None:  # noqa: A002
    """The run of that number."""
    with engine.connect() as connection:
        row = connection.execute(select(*_COLUMNS).where(runs.c.id == id)).first()
    return Run(*row) if row else None


def latest_runs(engine: Engine, limit: int = 20) -> tuple[Run, ...]:
    """The latest runs, newest first."""
    wanted = select(*_COLUMNS).order_by(runs.c.id.desc()).limit(limit)
    with engine.connect() as connection:
        return tuple(Run(*row) for row in connection.execute(wanted))


def go_on(engine: Engine, id: int, cursor: str, looked_at: int, out_of_step: int) -> None:  # noqa: A002
    """Note how far a run came; the counts are added to what it has."""
    further = {
        "cursor": cursor,
        "looked_at": runs.c.looked_at + looked_at,
        "out_of_step": runs.c.out_of_step + out_of_step,
    }
    with engine.begin() as connection:
        connection.execute(update(runs).where(runs.c.id == id).values(**further))


def end(engine: Engine, id: int, now: datetime) -> None:  # noqa: A002
    """There is no more to look at."""
    with engine.begin() as connection:
        connection.execute(update(runs).where(runs.c.id == id).values(ended_at=now))


def forget(engine: Engine, id: int) -> None:  # noqa: A002
    """Forget a run that looked at nothing; its number is not given again."""
    with engine.begin() as connection:
        connection.execute(delete(runs).where(runs.c.id == id, runs.c.looked_at == 0))


def subjects_of(engine: Engine, id: int) -> tuple[str, ...]:  # noqa: A002
    """The keys of the subjects that a run wrote something of, in order."""
    wanted = select(receipts.c.subject).where(receipts.c.run == id).distinct()
    with engine.connect() as connection:
        found = connection.execute(wanted.order_by(receipts.c.subject)).scalars()
        return tuple(str(one) for one in found)


def must_wait(engine: Engine, id: int, now: datetime, most: int) -> bool:  # noqa: A002
    """Whether the service has enough to do: something else is due, or as much of a run as may be.

    So nobody who waits for an answer waits for a run.
    """
    of_run = and_(deliveries.c.source == "cli", deliveries.c.identifier.startswith(f"run-{id}:"))
    due = and_(deliveries.c.state.in_(OPEN), deliveries.c.due_at <= now)
    open_ = select(of_run, func.count()).where(due).group_by(of_run)
    with engine.connect() as connection:
        counted = {bool(ours): int(count) for ours, count in connection.execute(open_)}
    return counted.get(False, 0) > 0 or counted.get(True, 0) >= most

"""What tickets of a kind have shown of their workflow, status by status."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.backlog.workflow import Transition
from os2kb.store.tables import workflows


@dataclass(frozen=True, slots=True)
class Seen:
    """The transitions from a status, and when they were looked at; none where no ticket had it."""

    status: str
    transitions: tuple[Transition, ...]
    at: datetime


def seen_of(engine: Engine, project: str, type_name: str) -> tuple[Seen, ...]:
    """What is known of the tickets of a type in a project."""
    statement = select(workflows.c.status, workflows.c.transitions, workflows.c.seen_at).where(
        workflows.c.project == project, workflows.c.type == type_name
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
    return tuple(Seen(status, tuple(map(_read, steps)), at) for status, steps, at in rows)


def keep_seen(
    engine: Engine,
    project: str,
    type_name: str,
    status: str,
    transitions: Sequence[Transition],
    now: datetime,
) -> None:
    """Keep what leads on from a status."""
    dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
    said = {"transitions": [asdict(one) for one in transitions], "seen_at": now}
    place = {"project": project, "type": type_name, "status": status}
    statement = dialect.insert(workflows).values(**place, **said)
    with engine.begin() as connection:
        connection.execute(statement.on_conflict_do_update(index_elements=list(place), set_=said))


def forget(engine: Engine, project: str, type_name: str) -> None:
    """Forget what is known: it has turned out not to be so any more."""
    with engine.begin() as connection:
        connection.execute(
            delete(workflows).where(workflows.c.project == project, workflows.c.type == type_name)
        )


def _read(kept: dict[str, object]) -> Transition:
    required = kept["required"]
    assert isinstance(required, list)  # as it was written  # noqa: S101
    return Transition(
        str(kept["id"]),
        str(kept["name"]),
        str(kept["to"]),
        tuple(map(str, required)),
        bool(kept["allowed"]),
        bool(kept.get("resolves")),
    )

"""Answers that a language model was paid for, kept so that none is paid for twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.store.tables import cached_answers


def read(engine: Engine, key: str) -> Mapping[str, Any] | None:
    """The body kept under a key; None where there is none."""
    statement = select(cached_answers.c.body).where(cached_answers.c.key == key)
    with engine.connect() as connection:
        found: Mapping[str, Any] | None = connection.execute(statement).scalar()
        return found


def keep(
    connection: Connection, key: str, answer: str, body: Mapping[str, Any], at: datetime
) -> None:
    """Keep a body under a key, in the place of what was there.

    Args:
        answer: the answer's id, by which it is forgotten with the log's row.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(cached_answers).values(key=key, answer=answer, body=body, at=at)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["key"], set_={"answer": answer, "body": body, "at": at}
        )
    )

"""Random values that the installation made for itself, the same for all its replicas."""

from collections.abc import Callable

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from os2kb.store.tables import secrets

ANSWER_IDS = "answer-ids"
"""The key of answers' ids: without it, nobody can tell the id of a question they did not ask."""


def secret(engine: Engine, name: str, make: Callable[[], bytes]) -> bytes:
    """The secret of that name; made and kept where there is none yet.

    Args:
        engine: the store.
        name: of the secret.
        make: random bytes; of several replicas that make one at once, the first one's is kept.
    """
    found = select(secrets.c.value).where(secrets.c.name == name)
    with engine.connect() as connection:
        kept: bytes | None = connection.execute(found).scalar()
    if kept is None:
        dialect = postgresql if engine.dialect.name == "postgresql" else sqlite
        with engine.begin() as connection:
            made = dialect.insert(secrets).values(name=name, value=make())
            connection.execute(made.on_conflict_do_nothing(index_elements=["name"]))
            kept = connection.execute(found).scalar_one()
    return bytes(kept)

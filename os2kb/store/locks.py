"""Key locks: one key is worked on once at a time, whoever works on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from os2kb.phrases import SaidInBoth


class KeyBusy(SaidInBoth):
    """Somebody else works on this key now; try again in a moment."""


@contextmanager
def key_lock(engine: Engine, key: str) -> Iterator[None]:
    """Hold a key. On SQLite the one process that holds the slot orders its keys itself.

    On PostgreSQL it is an advisory lock: the engine orders the keys of all replicas, and this
    holds also where a replica is thought dead and is not, or the command line works beside them.

    Raises:
        KeyBusy: somebody else holds it.
    """
    if engine.dialect.name == "sqlite":
        yield
        return
    number = {"key": key}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = connection.execute(
            text("SELECT pg_try_advisory_lock(hashtextextended(:key, 0))"), number
        ).scalar()
        if not held:
            raise KeyBusy(
                f"et andet os2kb arbejder på {key} nu; prøv igen om lidt",
                f"another os2kb works on {key} now; try again in a moment",
            )
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(hashtextextended(:key, 0))"), number)

"""Key locks: one key is worked on once at a time, whoever works on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Engine, text

from os2kb.phrases import SaidInBoth

# Two keys may share one; they then only wait for each other.
_TURNS = tuple(Lock() for _ in range(64))


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


@contextmanager
def turn(engine: Engine, key: str) -> Iterator[None]:
    """Wait for a turn, and hold it: for what is read and written at once, and is soon done.

    On SQLite it is the process's own; on PostgreSQL an advisory lock, for all replicas.
    """
    if engine.dialect.name == "sqlite":
        with _TURNS[hash(key) % len(_TURNS)]:
            yield
        return
    with engine.begin() as connection:
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        connection.execute(lock, {"key": key})
        yield

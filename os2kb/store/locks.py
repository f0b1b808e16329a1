"""Key locks: one key is worked on once at a time, whoever works on it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from zlib import crc32

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

    On SQLite it is a lock of this process and one on a file beside the database, for a command
    beside a running service; on PostgreSQL an advisory lock, for all replicas. Nobody holds two.
    """
    if engine.dialect.name == "sqlite":
        place = crc32(key.encode()) % len(_TURNS)
        with _TURNS[place], _file_turn(engine.url.database, place):
            yield
        return
    with engine.begin() as connection:
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        connection.execute(lock, {"key": key})
        yield


@contextmanager
def _file_turn(database: str | None, place: int) -> Iterator[None]:
    """Hold one byte of the lock file; nothing for a database in memory."""
    if not database or database == ":memory:":
        yield
        return
    file = _lock_file(f"{Path(database).resolve()}.turns")
    fcntl.lockf(file, fcntl.LOCK_EX, 1, place)
    try:
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, place)


@cache
def _lock_file(path: str) -> int:
    """Opened once and never closed: to close it would let go of every turn of the process."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

"""Executor slots: at most one live process works under one executor id.

On SQLite there is one slot, a lock on a file beside the database. On PostgreSQL each replica
takes the first free advisory lock, and holds it as long as its connection lives.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

SLOTS = 64
# "os2kb" in bytes; the first of the two numbers that name an advisory lock.
_LOCK_CLASS = 0x6F73326B


class SlotTaken(Exception):
    """Another process works on this store. The message names it and the cure."""


@dataclass
class FileSlot:
    """The one slot of a SQLite file."""

    path: Path

    @contextmanager
    def hold(self) -> Iterator[str]:
        """Hold the slot; yields the executor id.

        Raises:
            SlotTaken: another process holds it.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                file.seek(0)
                holder = file.read(20).strip() or "unknown"
                raise SlotTaken(
                    f"another os2kb works on this data folder (process {holder}, {self.path}); "
                    "stop it first, or set OS2KB_DATA_DIR to another folder. "
                    "To run several at once, set OS2KB_DATABASE_URL to a PostgreSQL database."
                ) from error
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield "slot-0"

    def free_others(self) -> list[str]:
        """There are no others on SQLite."""
        return []


@dataclass
class DatabaseSlot:
    """The first free slot of a PostgreSQL database."""

    database: Engine
    _connection: Connection | None = None
    _number: int = -1

    @contextmanager
    def hold(self) -> Iterator[str]:
        """Hold a slot; yields the executor id.

        Raises:
            SlotTaken: all slots are taken.
        """
        with self.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for number in range(SLOTS):
                if _try_lock(connection, number):
                    self._connection, self._number = connection, number
                    yield f"slot-{number}"
                    return
        raise SlotTaken(f"all {SLOTS} executor slots are taken; stop a replica first")

    def free_others(self) -> list[str]:
        """Executor ids whose process is gone, each asked by taking its lock for a moment."""
        free = []
        with self.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for number in range(SLOTS):
                if number != self._number and _try_lock(connection, number):
                    _unlock(connection, number)
                    free.append(f"slot-{number}")
        return free


Slot = FileSlot | DatabaseSlot


def _try_lock(connection: Connection, number: int) -> bool:
    statement = text("SELECT pg_try_advisory_lock(:class, :number)")
    return bool(connection.execute(statement, {"class": _LOCK_CLASS, "number": number}).scalar())


def _unlock(connection: Connection, number: int) -> None:
    statement = text("SELECT pg_advisory_unlock(:class, :number)")
    connection.execute(statement, {"class": _LOCK_CLASS, "number": number})

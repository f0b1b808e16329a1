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
from sqlalchemy.exc import SQLAlchemyError

from os2kb.phrases import SaidInBoth

SLOTS = 64
# "os2kb" in bytes; the first of the two numbers that name an advisory lock.
_LOCK_CLASS = 0x6F73326B


class SlotTaken(SaidInBoth):
    """Another process works on this store. The message names it and the cure."""


class SlotLost(Exception):
    """The slot we hold is ours no more."""


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
                    f"et andet os2kb arbejder i denne mappe (proces {holder}, {self.path}); stop "
                    "det først, eller sæt OS2KB_DATA_DIR til en anden mappe. Flere ad gangen "
                    "kræver PostgreSQL i OS2KB_DATABASE_URL.",
                    f"another os2kb works on this data folder (process {holder}, {self.path}); "
                    "stop it first, or set OS2KB_DATA_DIR to another folder. "
                    "To run several at once, set OS2KB_DATABASE_URL to a PostgreSQL database.",
                ) from error
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield "slot-0"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Work beside nobody; on SQLite that is what holding the slot means.

        Raises:
            SlotTaken: another process holds it.
        """
        with self.hold():
            yield

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
        raise SlotTaken(
            f"alle {SLOTS} pladser er taget; stop en replika først",
            f"all {SLOTS} executor slots are taken; stop a replica first",
        )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Work beside nobody: hold a slot while all others are free.

        Raises:
            SlotTaken: a replica works on this database.
        """
        with self.hold():
            if len(self.free_others()) < SLOTS - 1:
                raise SlotTaken(
                    "et os2kb arbejder på denne database", "an os2kb works on this database"
                )
            yield

    def free_others(self) -> list[str]:
        """Executor ids whose process is gone, each asked by taking its lock for a moment.

        Raises:
            SlotLost: the connection that holds our own slot has ended.
        """
        self._check()
        free = []
        with self.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for number in range(SLOTS):
                if number != self._number and _try_lock(connection, number):
                    _unlock(connection, number)
                    free.append(f"slot-{number}")
        return free

    def _check(self) -> None:
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            " AND classid = :class AND objid = :number AND granted"
        )
        try:
            assert self._connection is not None  # held since `hold`  # noqa: S101
            found = self._connection.execute(
                held, {"class": _LOCK_CLASS, "number": self._number}
            ).scalar()
        except SQLAlchemyError as error:
            raise SlotLost(f"the connection that held it has ended ({error})") from error
        if not found:
            raise SlotLost("the lock is gone")


Slot = FileSlot | DatabaseSlot


def executor_slot(database: Engine) -> Slot:
    """The slot that a process working on this store has to hold."""
    if database.dialect.name == "sqlite":
        return FileSlot(Path(f"{database.url.database}.lock"))
    return DatabaseSlot(database)


def check_slot(database: Engine) -> None:
    """Say early, and clearly, when another process works on this store.

    Raises:
        SlotTaken: one does.
    """
    with executor_slot(database).hold():
        return


def _try_lock(connection: Connection, number: int) -> bool:
    statement = text("SELECT pg_try_advisory_lock(:class, :number)")
    return bool(connection.execute(statement, {"class": _LOCK_CLASS, "number": number}).scalar())


def _unlock(connection: Connection, number: int) -> None:
    statement = text("SELECT pg_advisory_unlock(:class, :number)")
    connection.execute(statement, {"class": _LOCK_CLASS, "number": number})

"""The intake: deliveries committed to the store in groups, before they are acknowledged.

One fsync serves every delivery that came while the last one ran. Committing each alone
acknowledges a fraction as many (see benchmarks/intake.py).
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from os2kb.logs import get_logger
from os2kb.store import deliveries, names, wakes
from os2kb.store.deliveries import Arrival
from os2kb.subjects import Subject

GROUP = 200
ANSWER_SECONDS = 8.0
# Deliveries waiting for the disk; more are refused, so that memory stays bounded.
WAITING = 2000
# What is written about an issue comes in bursts: a label, a comment, a closing.
WAKE_PAUSE = timedelta(seconds=5)

log = get_logger()


class CannotStore(Exception):
    """The delivery is not known to be on disk; GitHub shows it as failed and can redeliver it."""


@dataclass(slots=True)
class _Entry:
    arrival: Arrival
    subject: Subject | None
    stored: asyncio.Future[None]
    wakes: tuple[str, ...]
    named: tuple[int, str] | None


@dataclass(slots=True)
class Intake:
    """Commits deliveries from one thread of its own.

    Args:
        database: the store.
        on_stored: called (from that thread) after each commit that accepted work.
    """

    database: Engine
    on_stored: Callable[[], None]
    _waiting: list[_Entry] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None
    _closing: bool = False
    # Names already kept: a repository is rarely renamed.
    _names: dict[int, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the committing thread."""
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Commit what waits, then end the thread."""
        with self._arrived:
            self._closing = True
            self._arrived.notify()
        if self._thread:
            self._thread.join(ANSWER_SECONDS)

    async def store(
        self,
        arrival: Arrival,
        subject: Subject | None,
        *wakes: str,
        named: tuple[int, str] | None = None,
    ) -> None:
        """Return once the delivery is on disk.

        Args:
            *wakes: keys that are to be looked at too, shortly; empty ones are none.
            named: a repository's id and name, where it is about no subject of it.

        Raises:
            CannotStore: the database is full, locked, gone or too slow.
        """
        loop = asyncio.get_running_loop()
        entry = _Entry(arrival, subject, loop.create_future(), wakes, named)
        with self._arrived:
            if self._closing or len(self._waiting) >= WAITING:
                raise CannotStore("too many deliveries are waiting for the disk")
            self._waiting.append(entry)
            self._arrived.notify()
        try:
            # Not `wait_for`, which in 3.11 takes a turn of the event loop more: under load, turns
            # are what a delivery waits for.
            async with asyncio.timeout(ANSWER_SECONDS):
                await entry.stored
        except TimeoutError as error:
            raise CannotStore("the database did not answer in time") from error

    def _run(self) -> None:
        while True:
            with self._arrived:
                while not self._waiting and not self._closing:
                    self._arrived.wait()
                group, self._waiting = self._waiting[:GROUP], self._waiting[GROUP:]
            if not group:
                return
            self._commit(group)

    def _commit(self, group: list[_Entry]) -> None:
        failure: CannotStore | None = None
        try:
            self._keep(group)
        except OperationalError as error:  # locked, full or gone: it is so for every delivery
            failure = _refused(group, error)
        except (SQLAlchemyError, ValueError) as error:
            if len(group) > 1:
                # One delivery that cannot be stored must not take the others down with it.
                for entry in group:
                    self._commit([entry])
                return
            failure = _refused(group, error)
        # One wake-up of the event loop for the whole group; each costs a system call.
        group[0].stored.get_loop().call_soon_threadsafe(_answer, group, failure)
        if failure is None:
            self.on_stored()

    def _keep(self, group: list[_Entry]) -> None:
        renamed = self._renamed(group)
        with self.database.begin() as connection:
            deliveries.keep(connection, [entry.arrival for entry in group])
            for number, name in sorted(renamed.items()):
                names.remember_repository(connection, "github", number, name)
            woken = {key: e.arrival.received_at for e in group for key in e.wakes if key}
            for key, at in woken.items():
                wakes.bring_forward_with(connection, key, at + WAKE_PAUSE)
        self._names |= renamed

    def _renamed(self, group: list[_Entry]) -> dict[int, str]:
        """Repositories whose name is not known to be kept; the newest delivery names them."""
        named = dict(entry.named for entry in group if entry.named)
        for entry in group:
            if entry.subject:
                named[entry.subject.repository_id] = entry.subject.repository
        return {key: name for key, name in named.items() if self._names.get(key) != name}


def _refused(group: list[_Entry], error: Exception) -> CannotStore:
    log.error("deliveries_not_stored", count=len(group), error=type(error).__name__)
    failure = CannotStore("the database did not take the delivery")
    failure.__cause__ = error
    return failure


def _answer(group: list[_Entry], failure: CannotStore | None) -> None:
    for entry in group:
        if entry.stored.done():  # the request gave up waiting
            continue
        if failure:
            entry.stored.set_exception(failure)
        else:
            entry.stored.set_result(None)

"""The journal: what was asked, answered and thought of it, written down beside the work.

Answers are given first and written down after; several at a time, so that a delivery on its way
to the same database waits for few commits. What a crash or a full disk takes is a line of the log,
never an answer. Votes and open questions are acknowledged once they are on disk.
"""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cachetools import LRUCache
from prometheus_client import Counter
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from index.passages import Language
from os2kb.answers.journal.masked import masked_line
from os2kb.logs import get_logger
from os2kb.store.asked import answers, cached_answers, questions
from os2kb.store.asked.answers import Asked, Place, Vote
from os2kb.store.asked.forget import forget_old

GATHER_SECONDS = 0.25
FORGET_SECONDS = 600.0
STOP_SECONDS = 5.0
# Answers and writes waiting for the disk; more are dropped, so that memory stays bounded.
MOST_WAITING = 5_000
# Votes that a person may still change. Kept in memory alone: nothing on disk says who voted.
MOST_VOTERS = 20_000

NOT_LOGGED = Counter("os2kb_answers_not_logged_total", "Answers given and not written down.")

Result = TypeVar("Result")
log = get_logger()


class NotKept(Exception):
    """It could not be written down. The message says why."""


@dataclass(slots=True)
class Journal:
    """Writes down answers, votes and questions from one thread of its own.

    Args:
        database: the store.
        days: how long they are kept; 0 keeps nothing, and refuses votes and questions.
        now: the time.
    """

    database: Engine
    days: int
    now: Callable[[], datetime]
    _asked: dict[tuple[str, str], Asked] = field(default_factory=dict)
    _writes: list[Callable[[], None]] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)
    _closing: bool = False
    _threads: list[threading.Thread] = field(default_factory=list)
    # (who, answer) → number of the vote; touched by the writing thread only.
    _voted: LRUCache[tuple[bytes, str], int] = field(default_factory=lambda: LRUCache(MOST_VOTERS))

    def start(self) -> None:
        """Start writing, and forgetting what is too old."""
        for work, name in ((self._write, "journal"), (self._forget, "journal-forgets")):
            thread = threading.Thread(target=work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Write down what waits, then end."""
        with self._arrived:
            self._closing = True
            self._arrived.notify_all()
        for thread in self._threads:
            thread.join(STOP_SECONDS)

    def note(self, asked: Asked) -> None:
        """Have an answer written down soon. Never waits and never fails."""
        if not self.days:
            return
        with self._arrived:
            earlier = self._asked.get((asked.id, asked.place))
            if earlier is None and len(self._asked) >= MOST_WAITING:
                NOT_LOGGED.inc()
                return
            if earlier is not None:
                asked = replace(asked, asked=earlier.asked + asked.asked, first_at=earlier.first_at)
            self._asked[asked.id, asked.place] = asked
            self._arrived.notify_all()

    def note_again(self, answer: str, place: Place) -> bool:
        """Count up an answer that waits to be written down; False where it does not."""
        with self._arrived:
            waiting = self._asked.get((answer, place))
            if waiting is None:
                return False
            again = replace(waiting, asked=waiting.asked + 1, last_at=self.now())
            self._asked[answer, place] = again
            return True

    def vote(self, answer: str, helpful: bool, comment: str, voter: bytes) -> Future[bool]:
        """Keep a vote; a person's later vote on an answer takes the place of the earlier.

        Args:
            voter: tells people apart, and is not kept.

        Returns:
            Once it is on disk, True; False where no such answer was given. Its error is NotKept.
        """
        given = Vote(answer, helpful, masked_line(comment), self.now())

        def write(connection: Connection) -> bool:
            earlier = self._voted.get((voter, answer))
            number = answers.vote(connection, given, instead_of=earlier)
            if number is not None:
                self._voted[voter, answer] = number
            return number is not None

        return self._enqueue(write)

    def put(self, text: str, product: str | None, lang: Language) -> Future[None]:
        """Put a question in the coordinators' queue.

        Returns:
            Done once it is on disk. Its error is NotKept.
        """
        text, at = masked_line(text), self.now()
        return self._enqueue(lambda connection: questions.put(connection, text, product, lang, at))

    def keep_copy(self, key: str, answer: str, body: Mapping[str, Any]) -> None:
        """Have a copy of an answer kept soon. Never waits and never fails."""
        at = self.now()
        self._enqueue(lambda connection: cached_answers.keep(connection, key, answer, body, at))

    def _enqueue(self, write: Callable[[Connection], Result]) -> Future[Result]:
        done: Future[Result] = Future()

        def run() -> None:
            if not done.set_running_or_notify_cancel():
                return  # nobody waits for it any more
            try:
                with self.database.begin() as connection:
                    result = write(connection)
            except Exception as error:  # noqa: BLE001 - the thread outlives a lost database
                log.error("journal_not_written", error=type(error).__name__)
                done.set_exception(NotKept("the database did not take it"))
            else:
                done.set_result(result)

        with self._arrived:
            if self._closing or not self.days or len(self._writes) >= MOST_WAITING:
                done.set_exception(NotKept("too much is waiting for the disk"))
            else:
                self._writes.append(run)
                self._arrived.notify_all()
        return done

    def _write(self) -> None:
        while True:
            with self._arrived:
                while not (self._asked or self._writes or self._closing):
                    self._arrived.wait()
                until = time.monotonic() + GATHER_SECONDS
                # Somebody waits for a write; for a line of the log nobody does.
                while not (self._writes or self._closing) and time.monotonic() < until:
                    self._arrived.wait(until - time.monotonic())
                asked, self._asked = self._asked, {}
                writes, self._writes = self._writes, []
                closing = self._closing
            # The answers first: a vote may be on one of them.
            if asked:
                self._write_down(list(asked.values()))
            for write in writes:
                write()
            if closing and not asked and not writes:
                return

    def _write_down(self, asked: list[Asked]) -> None:
        try:
            with self.database.begin() as connection:
                answers.write_down(connection, asked)
        except Exception as error:  # noqa: BLE001 - the thread outlives a lost database
            NOT_LOGGED.inc(sum(each.asked for each in asked))
            log.error("answers_not_logged", count=len(asked), error=type(error).__name__)

    def _forget(self) -> None:
        while not self._closing:
            with suppress(SQLAlchemyError):  # tried again in a while
                forget_old(self.database, self.now() - timedelta(days=self.days))
            with self._arrived:
                self._arrived.wait_for(lambda: self._closing, FORGET_SECONDS)

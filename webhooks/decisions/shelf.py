"""The public book as the store has it now: read when a log changed, and not for each visitor."""

from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from os2kb.store.decisions import logged, marks
from webhooks.decisions.book import Book, book_of
from webhooks.problems import Problem


@dataclass(slots=True)
class Shelf:
    """Holds the book; one short read of the store tells whether it still stands."""

    database: Engine
    _held: tuple[str, Book] = ("", Book((), {}))
    _reading: Lock = field(default_factory=Lock)

    def book(self) -> tuple[str, Book]:
        """The book, and a mark that changes with it.

        Raises:
            Problem: 503, the store cannot be read.
        """
        try:
            mark = marks(self.database, public_only=True)
            if mark == self._held[0]:
                return self._held
            with self._reading:
                if mark != self._held[0]:
                    self._held = mark, book_of(logged(self.database, public_only=True))
                return self._held
        except SQLAlchemyError as error:
            raise Problem(
                503,
                "The decisions cannot be read",
                f"The database answered with {type(error).__name__}.",
                "Try again in a minute; `os2kb doctor` tells those who run this service more.",
                {"Retry-After": "60"},
            ) from error

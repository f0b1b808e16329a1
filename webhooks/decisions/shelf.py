"""The public book as it is now: read when a log or the index changed, not for each visitor."""

from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from index.versions import Versions
from os2kb.knowledge.decision_logs import decisions_served
from os2kb.store.decisions import logged, marks
from webhooks.decisions.book import Book, book_of
from webhooks.problems import Problem


@dataclass(slots=True)
class Shelf:
    """Holds the book; two short reads tell whether it still stands.

    Attributes:
        database: has the logs that are kept in step.
        versions: of the index, whose sources may hold decisions, too.
    """

    database: Engine
    versions: Versions
    _held: tuple[str, Book] = ("", Book((), {}))
    _reading: Lock = field(default_factory=Lock)

    def book(self) -> tuple[str, Book]:
        """The book, and a mark that changes with it.

        Raises:
            Problem: 503, the store cannot be read.
        """
        try:
            serving = self.versions.folder()
            mark = f"{marks(self.database, public_only=True)} {serving.name if serving else ''}"
            if mark == self._held[0]:
                return self._held
            with self._reading:
                if mark != self._held[0]:
                    kept = logged(self.database, public_only=True)
                    served = decisions_served(self.versions, public_only=True)
                    self._held = mark, book_of((*kept, *served))
                return self._held
        except SQLAlchemyError as error:
            raise Problem(
                503,
                "The decisions cannot be read",
                f"The database answered with {type(error).__name__}.",
                "Try again in a minute; `os2kb doctor` tells those who run this service more.",
                {"Retry-After": "60"},
            ) from error

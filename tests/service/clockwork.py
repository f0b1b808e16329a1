"""An installation in this process whose clock a test turns: whoever is to be woken is, in time."""

from datetime import datetime

from sqlalchemy import func, select

from os2kb.engine.engine import LEASE
from os2kb.installation import Installation
from os2kb.store import wakes
from os2kb.store.tables import wakes as table


class Clockwork:
    """Does what the engine does.

    Attributes:
        at: the time it is.
    """

    at: datetime
    here: Installation

    def work(self) -> None:
        """What is due is done."""
        reconciler = self.here.reconciler
        assert reconciler is not None
        for key in wakes.take_due(self.here.database, self.at, LEASE):
            reconciler.work(key)

    def until(self, end: datetime) -> None:
        """The clock goes on."""
        for _ in range(40):
            due = self.next_wake
            if due is None or due > end:
                break
            self.at = max(due, self.at)
            self.work()
        else:
            raise AssertionError(f"woken again and again until {self.at}")
        self.at = end

    @property
    def next_wake(self) -> datetime | None:
        with self.here.database.connect() as connection:
            return connection.execute(select(func.min(table.c.at))).scalar()

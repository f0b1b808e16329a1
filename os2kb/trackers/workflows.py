"""The workflow of a ticket: learned of tickets like it, status by status, as far as needed.

A tracker tells only what leads on from where a ticket stands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from os2kb.backlog.as_read import TicketAsRead
from os2kb.backlog.workflow import Workflow, met_by, unseen
from os2kb.governance.tickets.ticket import Ticket
from os2kb.store.backlog.workflows import keep_seen, seen_of
from os2kb.trackers.port import NoTicket, Standing, Tracker

HOLDS = timedelta(days=1)
"""For so long nobody looks again what leads on from a status."""


@dataclass(frozen=True, slots=True)
class Workflows:
    """What is known of workflows, and whom to ask."""

    tracker: Tracker
    database: Engine
    now: Callable[[], datetime]

    def of(self, ticket: Ticket, read: TicketAsRead) -> Iterator[Workflow]:
        """The workflow as a ticket meets it: what is known, and then ever more of it.

        The first asks the tracker where the ticket itself stands, and each further one of the
        nearest status that it can reach. What is old is looked at again, as long as somebody wants
        to know more.

        Raises:
            TrackerError: the tracker cannot be asked now.
        """
        self._look(ticket, read, read.status)
        while True:
            seen = seen_of(self.database, ticket.project, read.type)
            known = {one.status: one.transitions for one in seen}
            met = met_by(known, read.status, read.transitions, ticket.value)
            yield met
            fresh = [one.status for one in seen if self.now() - one.at < HOLDS]
            status = unseen(met, read.status, fresh)
            if status is None:
                return
            self._look(ticket, read, status)

    def _look(self, ticket: Ticket, read: TicketAsRead, status: str) -> None:
        """Where no ticket has a status, nobody knows what leads on."""
        is_own = status.casefold() == read.status.casefold()
        sample = ticket.id if is_own else self.tracker.sample(ticket.project, read.type, status)
        there = self._standing(sample) if sample else None
        # The index lags: by now it may stand elsewhere.
        found = there.transitions if there and there.status.casefold() == status.casefold() else ()
        keep_seen(self.database, ticket.project, read.type, status, found, self.now())

    def _standing(self, ticket: str) -> Standing | None:
        try:
            return self.tracker.standing(ticket)
        except NoTicket:
            return None

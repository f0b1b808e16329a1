"""The port every tracker adapter implements, in the project's words."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from os2kb.backlog.as_read import TicketAsRead
from os2kb.backlog.workflow import Step, Transition
from os2kb.governance.tickets.ticket import Ticket, no_values
from os2kb.phrases import SaidInBoth

Changeable = Literal["title", "description", "type", "priority", "assignee", "fixVersion", "due"]
"""What holds one value that can be changed, by the names that the Policy has for it."""


class Read(NamedTuple):
    """A ticket as governance sees it, and as our account reads it."""

    ticket: Ticket
    read: TicketAsRead


class Page(NamedTuple):
    """Ids of tickets, and where the next ones begin; empty where there are no more."""

    ids: tuple[str, ...]
    following: str


class Standing(NamedTuple):
    """Where a ticket stands, and every step from there; some may not be for our account."""

    project: str
    type: str
    status: str
    transitions: tuple[Transition, ...]


class TrackerError(SaidInBoth):
    """Something went wrong at the tracker. The message names the cure."""


class NoTicket(TrackerError):
    """There is no such ticket, or we may not see it."""


class Denied(TrackerError):
    """We lack a permission; the message names it."""


class Unacceptable(TrackerError):
    """The tracker understood and refused: asking again will not help."""


class TrackerUnavailable(TrackerError):
    """The tracker did not answer, or cannot now: asking again later may help.

    Attributes:
        pause: how long it asks us to wait; none where it does not say.
    """

    def __init__(self, da: str, en: str, pause: timedelta = timedelta(0)) -> None:
        super().__init__(da, en)
        self.pause = pause


class NotLetIn(TrackerUnavailable):
    """Our credentials are not accepted. Nothing is asked with them until the pause is over."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to create.

    Attributes:
        project: its key.
        type: the name of the ticket's type.
        summary: one line.
        description: in the tracker's own markup.
        mark: what tells it from all others, so that it is created once.
        given: field, by its name, to the value that it gets where the project asks for it.
    """

    project: str
    type: str
    summary: str
    description: str
    mark: str
    given: Mapping[str, str] = field(default_factory=no_values)


@dataclass(frozen=True, slots=True)
class LinkTo:
    """What a ticket is linked to: its address, and its name for people.

    Attributes:
        mark: the same for the same subject for ever, whatever it is called.
        kind: what stands above such links.
        status: how it stands, for people; empty where that does not matter.
        over: it is over and done with.
    """

    mark: str
    url: str
    title: str
    kind: str = "GitHub"
    status: str = ""
    over: bool = False


class Tracker(Protocol):
    """Reads and writes of one tracker. Synchronous: call it from a thread.

    Every method may raise TrackerError. Writes look before they write, so that calling one twice
    leaves one effect; they never retry blindly.
    """

    def address(self, key: str) -> str:
        """Where people read the ticket of that key."""

    def ticket(self, name: str) -> Ticket:
        """The ticket of that key or id; NoTicket where there is none."""

    def linked(self, mark: str) -> tuple[Ticket, ...]:
        """The tickets that carry a link with this mark."""

    def create(self, new: NewTicket, *, begun: bool) -> Ticket:
        """The ticket that carries the mark, created where there is none yet.

        Args:
            new: what to create.
            begun: an earlier try was sent, and its answer never came.
        """

    def asked_at_creation(self, project: str, type_name: str) -> tuple[str, ...]:
        """The names of the fields that a new ticket must have besides what a `NewTicket` says.

        Unacceptable where the project has no such type, NoTicket where there is no such project.
        """

    def link(self, ticket: str, to: LinkTo) -> None:
        """Link a ticket, by key or id, to something; once for each mark."""

    def unlink(self, ticket: str, mark: str) -> None:
        """Take that link off again; nothing is done where it is gone."""

    def show(self, ticket: str, to: LinkTo) -> None:
        """Put a link on a ticket as it is to be now; it does not say whose the ticket is."""

    def shows(self, ticket: str, mark: str) -> bool:
        """Whether a ticket has the link with this mark."""

    def hide(self, ticket: str, mark: str) -> None:
        """Take that link off again; nothing is done where it is gone."""

    def comment(self, ticket: str, mark: str, body: str) -> str:
        """The id of our comment that carries the mark, made where there is none among the latest.

        Args:
            ticket: its key or id.
            mark: what tells it from all our others there.
            body: in the tracker's own markup.
        """

    def set_field(self, ticket: str, field: str, value: str) -> None:
        """Set a field, by its name, to a value as people read it.

        `due` takes a day, `2026-03-05`; an empty value empties the field. Unacceptable where the
        ticket has no such field, or the field no such value.
        """

    def read(self, name: str) -> Read:
        """All of the ticket of that key or id that we may need to know; NoTicket where none is."""

    def read_many(self, ids: Sequence[str]) -> Mapping[str, Read]:
        """The same of many, by id, in few reads; without those that are not there."""

    def changed(self, project: str, since: datetime, following: str = "") -> Page:
        """Tickets of a project that were changed since, as the index knows; perhaps a few more.

        Args:
            following: of the page before; empty for the first one.
        """

    def change(self, ticket: str, field: Changeable, value: str, expects: str) -> bool:
        """Make a field say a value, in the tracker's own words, where it says that or `expects`.

        False where it says something else by now: nothing is written then. Unacceptable where the
        ticket has no such field, or the field no such value.
        """

    def change_labels(self, ticket: str, on: Set[str], off: Set[str]) -> None:
        """Put labels on and take labels off, as far as they are not so already."""

    def standing(self, ticket: str) -> Standing:
        """Where a ticket stands in its workflow, and what leads on from there."""

    def sample(self, project: str, type_name: str, status: str) -> str:
        """The id of some ticket of a type that has a status; empty where none is found."""

    def take(self, ticket: str, step: Step, expects: str) -> bool:
        """Take a step from the status that is expected; True where its status is reached by now.

        False where the ticket has another status by now. Unacceptable where there is no such step.
        """

    def put_comment(
        self, ticket: str, mark: str, body: str, known: str = "", expects: str | None = None
    ) -> str:
        """Create or edit our one comment with the mark, which people do not see; returns its id.

        Where it says neither that nor what is expected, somebody edited it: nothing is written, and
        no id returned. None expects nothing.

        `known` is the id that is remembered; where it is empty our own comments are searched for
        the mark first. Unacceptable where the known one is gone, or somebody else's.
        """

    def delete_comment(self, ticket: str, id: str, expects: str | None = None) -> bool:  # noqa: A002
        """Delete a comment of ours; False where it was gone, or says what is not expected."""

    def browses(self, project: str) -> bool:
        """Whether we may see the tickets of a project, but for those that are for some alone."""

    def account_of(self, email: str) -> str:
        """The one account that shows this address, as the Policy's `users` has it; else empty."""

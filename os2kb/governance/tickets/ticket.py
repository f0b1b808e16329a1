"""A tracker's ticket: what governance may compare and set, and what is kept in step with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from os2kb.backlog.as_read import TicketAsRead
from os2kb.backlog.comments import Copy
from os2kb.backlog.sides import NO_VALUES, Side, Values
from os2kb.backlog.workflow import Workflow
from os2kb.phrases import Phrase

NO_COPIES: Mapping[Side, tuple[Copy, ...]] = MappingProxyType({})


def no_values() -> Mapping[str, str]:
    """Nothing, which cannot be changed."""
    return MappingProxyType({})


def project_of(key: str) -> str:
    """The key of the project of a ticket's key."""
    return key.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as read from the tracker. Nothing of its texts is in it.

    Attributes:
        id: the tracker's own, which a move to another project does not change.
        key: what people call it, `DEMO-7`.
        values: field to value as people read it. Fields go by their names in lower case; `priority`
            and `due` mean the same everywhere. A field without a value is absent.
        chosen: the fields that somebody else than this bot set last.
        history_cut: what was done long ago is not known.
    """

    id: str
    key: str
    url: str
    updated_at: datetime
    values: Mapping[str, str] = field(default_factory=no_values)
    chosen: frozenset[str] = frozenset()
    history_cut: bool = False

    @property
    def project(self) -> str:
        """The key of the project it is in now."""
        return project_of(self.key)

    def value(self, field: str) -> str:
        """A field's value; empty where it has none."""
        return self.values.get(field.casefold(), "")


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """The ticket that a subject is linked to.

    Attributes:
        key: as it was called when last heard of.
        url: where people read it.
        base: field to the value that we last set it to.
        agreed: field to the value that it and the issue both had last.
        copies: side to the copies of its comments that were made on the other.
        linked_at: when they were linked; None where nobody knows.
        workflow: status to the transitions from it, as far as they were seen in its project.
        people: account to login of assignees who show the same address on both sides.
        ticket: None where it could not be read now.
        read: all that our account sees of it, where the Policy lets anything go; else None.
        unread: why it could not be.
        may_come: asking again later may help.
        is_gone: there is no such ticket any more, or none that we may see.
        is_hidden: nor may we see any other of its project, so that this says nothing of this one.
    """

    id: str
    key: str
    url: str
    base: Mapping[str, str] = field(default_factory=no_values)
    agreed: Values = field(default_factory=lambda: NO_VALUES)
    copies: Mapping[Side, tuple[Copy, ...]] = field(default_factory=lambda: NO_COPIES)
    linked_at: datetime | None = None
    workflow: Workflow = field(default_factory=lambda: MappingProxyType({}))
    people: Mapping[str, str] = field(default_factory=no_values)
    ticket: Ticket | None = None
    read: TicketAsRead | None = None
    unread: Phrase | None = None
    may_come: bool = False
    is_gone: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class NamedTicket:
    """A ticket that somebody names in a command.

    Attributes:
        ticket: None where it is not there, or cannot be read.
        unread: why it could not be read; None where there is no such ticket.
        linked_to: the key of the subject that it is linked to already; empty for none.
    """

    ticket: Ticket | None = None
    unread: Phrase | None = None
    linked_to: str = ""

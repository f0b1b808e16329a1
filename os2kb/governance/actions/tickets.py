"""What may be done to a ticket, as Actions."""

import json
from dataclasses import dataclass
from typing import Self

from os2kb.governance.actions.accountable import Accountable

SHOWN, TOLD = "ticket:show:", "ticket:tell:"
"""How the keys of what a ticket shows, and is told, of a decision begin."""


@dataclass(frozen=True, slots=True)
class LinkTicket(Accountable):
    """Link a ticket to the subject, visibly on both. The inverse takes the link off again."""

    ticket: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"ticket:link:{self.ticket}"

    @property
    def content(self) -> str:
        """What is written."""
        return self.ticket


@dataclass(frozen=True, slots=True)
class CreateTicket(Accountable):
    """Create a ticket and link it. Expects that the subject has none.

    The inverse takes the link off: what people have begun to work on is not deleted.

    Attributes:
        given: field to the value that the Policy gives it where the project asks for it.
    """

    project: str
    type: str
    summary: str
    given: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"ticket:create:{self.project}"

    @property
    def content(self) -> str:
        """Its type and summary, a line each, and as JSON what else it is given."""
        more = (json.dumps(dict(self.given)),) if self.given else ()
        return "\n".join((self.type, self.summary, *more))

    @classmethod
    def read(cls, project: str, content: str, because: str) -> Self:
        """From a receipt's content."""
        type_, summary, more, *_ = (*content.split("\n"), "", "")
        given: dict[str, str] = json.loads(more) if more else {}
        return cls(project, type_, summary, tuple(given.items()), because=because)


@dataclass(frozen=True, slots=True)
class SetField(Accountable):
    """Set a field of the linked ticket. Expects the value before; the inverse sets that again.

    Attributes:
        field: its name, in any case.
        value: as people read it; empty for none.
    """

    field: str
    value: str
    before: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"ticket:set:{self.field.casefold()}"

    @property
    def content(self) -> str:
        """What it was and what it is, a line each."""
        return f"{self.before}\n{self.value}"


@dataclass(frozen=True, slots=True)
class ShowDecision(Accountable):
    """A link on the linked ticket to what was decided, with its status; there is one of it.

    The inverse takes it off again.

    Attributes:
        ticket: the tracker's own id of it.
        kind: what stands above such links.
        status: how it stands, for people.
        over: it is not in force any more, or never was.
    """

    ticket: str
    url: str
    title: str
    kind: str
    status: str
    over: bool

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"{SHOWN}{self.ticket}"

    @property
    def content(self) -> str:
        """What is shown, a line each."""
        return "\n".join((self.url, self.title, self.status))


@dataclass(frozen=True, slots=True)
class TellOfDecision(Accountable):
    """A comment on the linked ticket. People have read it, so it has no inverse.

    Attributes:
        ticket: the tracker's own id of it.
        status: what the decision became, in the log's words.
        time: which time it became that, counted from 1; each is told once.
        body: in the tracker's own markup.
    """

    ticket: str
    status: str
    time: int
    body: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"{TOLD}{self.ticket}:{self.once}"

    @property
    def content(self) -> str:
        """What it became; how that is worded is no reason to tell it again."""
        return self.status

    @property
    def once(self) -> str:
        """The name under which it is told once of this subject."""
        return f"{self.status}:{self.time}"


TicketAction = LinkTicket | CreateTicket | SetField | ShowDecision | TellOfDecision


def same(one: str, other: str) -> bool:
    """Whether two values of a field are one: the tracker spells them its own way."""
    return one.casefold() == other.casefold()


def values_of(content: str) -> tuple[str, str]:
    """The value before and after, of a SetField's content."""
    before, _, after = content.partition("\n")
    return before, after

"""What may be done to a ticket, as Actions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkTicket:
    """Link a ticket to the subject, visibly on both. The inverse takes the link off again."""

    ticket: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"ticket:link:{self.ticket}"

    @property
    def content(self) -> str:
        """What is written."""
        return self.ticket


@dataclass(frozen=True, slots=True)
class CreateTicket:
    """Create a ticket and link it. Expects that the subject has none.

    The inverse takes the link off: what people have begun to work on is not deleted.
    """

    project: str
    type: str
    summary: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"ticket:create:{self.project}"

    @property
    def content(self) -> str:
        """Its type and summary, a line each."""
        return f"{self.type}\n{self.summary}"


@dataclass(frozen=True, slots=True)
class SetField:
    """Set a field of the linked ticket. Expects the value before; the inverse sets that again.

    Attributes:
        field: its name, in any case.
        value: as people read it; empty for none.
    """

    field: str
    value: str
    before: str
    because: str
    asked: bool = False

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"ticket:set:{self.field.casefold()}"

    @property
    def content(self) -> str:
        """What it was and what it is, a line each."""
        return f"{self.before}\n{self.value}"


TicketAction = LinkTicket | CreateTicket | SetField


def same(one: str, other: str) -> bool:
    """Whether two values of a field are one: the tracker spells them its own way."""
    return one.casefold() == other.casefold()


def values_of(content: str) -> tuple[str, str]:
    """The value before and after, of a SetField's content."""
    before, _, after = content.partition("\n")
    return before, after

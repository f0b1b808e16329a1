"""The tickets of subjects: read for the Facts, and written to as a Plan says."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Engine

from os2kb.backlog.sides import as_kept
from os2kb.governance.actions import (
    CreateTicket,
    LinkTicket,
    SetField,
    ShowDecision,
    TellOfDecision,
    TicketAction,
)
from os2kb.governance.actions.carry import RETRACT
from os2kb.governance.actions.tickets import SHOWN, same, values_of
from os2kb.governance.facts import Facts
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.ticket import (
    NO_COPIES,
    LinkedTicket,
    NamedTicket,
    Ticket,
    project_of,
)
from os2kb.phrases import Phrase
from os2kb.store import ledger
from os2kb.store.backlog import tickets as store
from os2kb.store.backlog.in_step import copies_of, drop_copy
from os2kb.subjects import Subject
from os2kb.trackers.port import (
    LinkTo,
    NewTicket,
    NoTicket,
    Tracker,
    TrackerError,
    TrackerUnavailable,
    Unacceptable,
)
from os2kb.trackers.unread import why_unread

INDEX_LAG = timedelta(minutes=1)
"""By then a search finds what was created, or nothing was."""

_NOT_SET = Phrase("OS2KB_JIRA_URL er ikke sat", "OS2KB_JIRA_URL is not set")
_CREATED = "Fra GitHub: {}"


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets, and the store that knows what they are linked to.

    Args:
        tracker: None where none is set up.
    """

    tracker: Tracker | None
    database: Engine
    now: Callable[[], datetime]

    def of(self, subject: Subject, *, whole: bool = False) -> LinkedTicket | None:
        """The ticket of a subject; where the tracker does not answer, what is known without it.

        Args:
            subject: what it is linked to.
            whole: read all that is kept in step, too.
        """
        kept = store.ticket_of(self.database, subject.key)
        if kept is None:
            return None
        if self.tracker is None:
            return LinkedTicket(kept.id, kept.key, "", kept.base, unread=_NOT_SET)
        linked = LinkedTicket(
            kept.id,
            kept.key,
            self.tracker.address(kept.key),
            MappingProxyType(dict(kept.base)),
            as_kept(kept.agreed),
            copies_of(self.database, subject.key) if whole else NO_COPIES,
            kept.linked_at,
        )
        try:
            if whole:
                ticket, read = self.tracker.read(kept.id)
            else:
                ticket, read = self.tracker.ticket(kept.id), None
        except TrackerError as error:
            is_gone = isinstance(error, NoTicket)
            return replace(
                linked,
                unread=why_unread(kept.key, error),
                may_come=isinstance(error, TrackerUnavailable),
                is_gone=is_gone,
                is_hidden=is_gone and not self._browses(project_of(kept.key)),
            )
        return replace(linked, key=ticket.key, url=ticket.url, ticket=ticket, read=read)

    def named(self, keys: Iterable[str]) -> Mapping[str, NamedTicket]:
        """The tickets of those keys, whether they are there or not."""
        return MappingProxyType({key: self._named(key) for key in keys})

    def write(self, facts: Facts, action: TicketAction) -> str | None:
        """The key of the ticket that was written to, or the id of the comment on it.

        None where it was so, or is theirs by now.

        Raises:
            TrackerError: it was not done.
        """
        tracker = self.required
        match action:
            case LinkTicket():
                return self._link(facts, tracker.ticket(action.ticket))
            case CreateTicket():
                return self._create(facts, action)
            case SetField():
                return self._set(facts, action)
            case ShowDecision():
                return self._show(facts, action)
            case TellOfDecision() if self._is_linked(facts, action.ticket):
                mark = f"{_decision(facts.subject)}:{action.once}"
                return tracker.comment(action.ticket, mark, action.body)
            case TellOfDecision():
                return None

    def keep_name(self, facts: Facts) -> None:
        """Keep what the ticket is called now: it may have been moved."""
        linked = facts.ticket
        if linked is not None and linked.ticket is not None:
            store.rename_ticket(self.database, linked.id, linked.key)

    def move(self, before: Subject, after: Subject, url: str) -> bool:
        """Link the ticket of a subject to the one that it became; visibly in the tracker first.

        False where there is nothing to move, or the other has a ticket of its own.

        Raises:
            TrackerError: it was not done.
        """
        kept = store.ticket_of(self.database, before.key)
        if kept is None or store.ticket_of(self.database, after.key) is not None:
            return False
        name = f"{after.repository}#{after.number}"
        self.required.link(kept.id, LinkTo(_mark(after), url, name))
        self.required.hide(kept.id, _mark(before))
        return store.move_ticket(self.database, before.key, after.key)

    def settle(self, facts: Facts, receipt: Receipt) -> None:
        """Note what a write that was cut off left behind."""
        source = receipt.action.removeprefix(RETRACT)
        if source != receipt.action:
            # Or it would count as deleted by a person, and never be copied again.
            drop_copy(self.database, facts.subject.key, "jira", source)
        field = receipt.action.removeprefix("ticket:set:")
        if field != receipt.action:
            value = values_of(receipt.content)[1]
            store.keep_base(self.database, facts.subject.key, field, value)

    def take_back(self, facts: Facts, receipt: Receipt) -> None:
        """The inverse of what was done; what is so already was done before we were cut off."""
        if facts.ticket is None:
            return
        tracker, linked, subject = self.required, facts.ticket, facts.subject.key
        if receipt.action.startswith(SHOWN):
            tracker.hide(receipt.action.removeprefix(SHOWN), _decision(facts.subject))
            return
        if not receipt.action.startswith("ticket:set:"):
            tracker.unlink(linked.id, _mark(facts.subject))
            store.unlink_ticket(self.database, subject)
            return
        field = receipt.action.removeprefix("ticket:set:")
        before, after = values_of(receipt.content)
        if same(tracker.ticket(linked.id).value(field), after):
            tracker.set_field(linked.id, field, before)
        store.keep_base(self.database, subject, field, before)

    def _browses(self, project: str) -> bool:
        """Whether we may see a project now; False where that cannot be asked."""
        with suppress(TrackerError):
            return self.required.browses(project)
        return False

    def _named(self, key: str) -> NamedTicket:
        if self.tracker is None:
            return NamedTicket(unread=_NOT_SET)
        try:
            ticket = self.tracker.ticket(key)
        except NoTicket:
            return NamedTicket()
        except TrackerError as error:
            return NamedTicket(unread=why_unread(key, error))
        kept = store.linked_with(self.database, ticket.id)
        return NamedTicket(ticket, linked_to=kept.subject if kept else "")

    def _create(self, facts: Facts, action: CreateTicket) -> str:
        """The ticket that is there from an earlier try, or a new one.

        What was sent less than a minute ago, and never answered, a search may not find yet. One
        that was made and could not be linked is found again, too.
        """
        earlier = [one for one in facts.receipts if one.action == action.key]
        sent = [one.at for one in earlier if one.state == "planned"]
        pause = max(sent) + INDEX_LAG - self.now() if sent else timedelta(0)
        if pause > timedelta(0):
            raise TrackerUnavailable(
                "svaret på oprettelsen gik tabt; om lidt ser vi efter, om ticketen er der",
                "the answer to the creation was lost; soon we look whether the ticket is there",
                pause,
            )
        new = NewTicket(
            action.project,
            action.type,
            action.summary,
            _CREATED.format(facts.url),
            _mark(facts.subject),
            dict(action.given),
        )
        ledger.sent_again(self.database, facts.subject.key, action.key, self.now())
        return self._link(facts, self.required.create(new, begun=bool(earlier)))

    def _link(self, facts: Facts, ticket: Ticket) -> str:
        """Visibly in the tracker first: who may not do that there, links nothing here."""
        subject = facts.subject
        kept = store.linked_with(self.database, ticket.id)
        if kept is not None and kept.subject != subject.key:
            raise _taken(ticket.key)
        if facts.ticket is not None and facts.ticket.is_gone:
            store.unlink_ticket(self.database, subject.key)
        name = f"{facts.repository.full_name}#{subject.number}"
        self.required.link(ticket.id, LinkTo(_mark(subject), facts.url, name))
        if not store.link_ticket(self.database, subject.key, ticket.id, ticket.key, self.now()):
            # Somebody linked it at the same moment: what we have just put there is nobody's.
            self.required.unlink(ticket.id, _mark(subject))
            raise _taken(ticket.key)
        return ticket.key

    def _set(self, facts: Facts, action: SetField) -> str | None:
        """The store knows also of the ticket that was linked a moment ago."""
        subject, tracker = facts.subject.key, self.required
        kept = store.ticket_of(self.database, subject)
        if kept is None or tracker.ticket(kept.id).value(action.field) != action.before:
            return None
        tracker.set_field(kept.id, action.field, action.value)
        store.keep_base(self.database, subject, action.field.casefold(), action.value)
        return kept.key

    def _show(self, facts: Facts, action: ShowDecision) -> str | None:
        """What a person took off of ours is theirs."""
        tracker, mark = self.required, _decision(facts.subject)
        ours = any(one.action == action.key and one.state == "applied" for one in facts.receipts)
        taken_off = ours and not tracker.shows(action.ticket, mark)
        if taken_off or not self._is_linked(facts, action.ticket):
            return None
        link = LinkTo(mark, action.url, action.title, action.kind, action.status, action.over)
        tracker.show(action.ticket, link)
        return action.ticket

    def _is_linked(self, facts: Facts, ticket: str) -> bool:
        """Whether the store says so, which a link that was just refused does not become true of."""
        kept = store.ticket_of(self.database, facts.subject.key)
        return kept is not None and kept.id == ticket

    @property
    def required(self) -> Tracker:
        """The tracker; Unacceptable where none is set up."""
        if self.tracker is None:
            raise Unacceptable(_NOT_SET.da, _NOT_SET.en)
        return self.tracker


def _mark(subject: Subject) -> str:
    """What tells a subject from all others, whatever its repository is called."""
    return f"os2kb:{subject.key}"


def _decision(subject: Subject) -> str:
    """The mark of what a ticket shows and is told of the decision made in a subject."""
    return f"{_mark(subject)}:decision"


def _taken(key: str) -> Unacceptable:
    return Unacceptable(f"{key} er knyttet til et andet issue", f"{key} is linked to another issue")

"""Write what keeps an issue and its ticket in step, and note what both agree on then."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Engine

from os2kb.backlog.comments import Copy
from os2kb.backlog.sides import Side, Words, other
from os2kb.backlog.vocabulary import folded
from os2kb.backlog.workflow import Step
from os2kb.forges.port import Changeable, Forge
from os2kb.governance.actions import Carry, CopyComment, RetractCopy, ShowSync, SyncAction
from os2kb.governance.actions.carry import COPY, Carried, field_of, place_of
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import marker_line
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.agreed import agreed_after
from os2kb.governance.tickets.retract import is_closed
from os2kb.governance.tickets.shows import way_back
from os2kb.policy.sections.jira import FieldName
from os2kb.store.backlog import in_step as store
from os2kb.store.backlog.tickets import ticket_of
from os2kb.store.backlog.workflows import forget
from os2kb.trackers.port import Changeable as ChangeableInJira
from os2kb.trackers.port import LinkTo, NoTicket, Tracker, Unacceptable

_ON_GITHUB: Mapping[FieldName, Changeable] = {one: one for one in get_args(Changeable)}
_IN_JIRA: Mapping[FieldName, ChangeableInJira] = {
    **{one: one for one in get_args(ChangeableInJira)},
    "severity": "priority",
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """Writes to both sides of a link.

    Args:
        tracker: where the tickets are.
    """

    forge: Forge
    tracker: Tracker
    database: Engine

    def write(self, facts: Facts, action: SyncAction) -> str | None:
        """The id of the comment that was written, or what was written to.

        None where it was so, or says something else by now.

        Raises:
            ForgeError, TrackerError: it was not done.
        """
        ticket = self._ticket(facts)
        if ticket is None:
            return None
        match action:
            case Carry():
                return self._carry(facts, ticket, action)
            case CopyComment():
                return self._copy(facts, ticket, action)
            case RetractCopy():
                return self._retract(facts, ticket, action)
            case ShowSync():
                mark = f"os2kb:{facts.subject.key}"
                if not self.tracker.shows(ticket, mark):
                    return None  # a person took the link off
                name = f"{facts.repository.full_name}#{facts.subject.number}"
                self.tracker.show(ticket, LinkTo(mark, facts.url, name, status=action.said))
                return ticket

    def take_back(self, facts: Facts, receipt: Receipt) -> None:
        """The inverse of what was done, where nobody has changed it since."""
        ticket = self._ticket(facts)
        if ticket is None:
            return
        side, what = place_of(receipt.action)
        if receipt.action.startswith(COPY):
            self._delete(facts, ticket, other(_side(side)), receipt.reference)
            return
        done, subject = Carried.read(receipt.content), facts.subject.key
        # The base first: cut off in between, both still say the same. The other way round what we
        # take back would be taken for a person's change, and carried to where it came from.
        store.agree(self.database, subject, {field_of(what): done.base})
        if (side, what) == ("jira", "status"):
            steps = way_back(facts, receipt).steps
            back = self._through_workflow(facts, ticket, str(done.put), steps)
        else:
            back = self._set(facts, ticket, receipt.action, done.expects, done.put)
        if not back:
            store.agree(self.database, subject, {field_of(what): done.value})

    def _carry(self, facts: Facts, ticket: str, carry: Carry) -> str | None:
        if carry.steps:
            written = self._through_workflow(facts, ticket, str(carry.expects), carry.steps)
        elif carry.among and self._has_another(facts, carry):
            written = False
        else:
            written = self._set(facts, ticket, carry.key, carry.put, carry.expects)
        if written:
            self._agree(facts, carry.key, Carried.read(carry.content))
        return ticket if written else None

    def _has_another(self, facts: Facts, carry: Carry) -> bool:
        """Whether, of the few labels, the issue has others by now than we saw or came to put on.

        One may have been put on and the other not yet taken off when we were cut off.
        """
        now = self.forge.conversation(facts.repository, facts.subject.number).labels
        few, put, seen = map(_folded, (carry.among, carry.put, carry.expects))
        return (_folded(now) & few) not in (seen, put, seen | put)

    def _set(self, facts: Facts, ticket: str, key: str, put: Words, expects: Words) -> bool:
        side, what = place_of(key)
        field = field_of(what)
        number = facts.subject.number
        if side == "jira":
            if isinstance(put, str) and isinstance(expects, str):
                return self.tracker.change(ticket, _IN_JIRA[field], put, expects)
            on, off = frozenset(put) - frozenset(expects), frozenset(expects) - frozenset(put)
            self.tracker.change_labels(ticket, on, off)
            return True
        if isinstance(put, str) and isinstance(expects, str):
            return self.forge.change(facts.repository, number, _ON_GITHUB[field], put, expects)
        for label in sorted(frozenset(put) - frozenset(expects)):
            self.forge.add_label(facts.repository, number, label)
        for label in sorted(frozenset(expects) - frozenset(put)):
            self.forge.remove_label(facts.repository, number, label)
        return True

    def _through_workflow(
        self, facts: Facts, ticket: str, stands: str, steps: Iterable[Step]
    ) -> bool:
        """Step by step, and not one more where somebody moved it meanwhile.

        Raises:
            Unacceptable: the workflow is not as it was learned; next time it is learned anew.
        """
        for step in steps:
            try:
                if not self.tracker.take(ticket, step, stands):
                    return False
            except Unacceptable:
                self._forget_workflow(facts)
                raise
            stands = step.transition.to
        return True

    def _forget_workflow(self, facts: Facts) -> None:
        linked = facts.ticket
        if linked and linked.ticket and linked.read:
            forget(self.database, linked.ticket.project, linked.read.type)

    def _copy(self, facts: Facts, ticket: str, copy: CopyComment) -> str | None:
        """None where somebody edited the copy meanwhile."""
        mark, known, expects = copy.key, copy.known, copy.expects
        if copy.side == "jira":
            made = self.tracker.put_comment(ticket, mark, copy.body, known, expects)
        else:
            body = f"{marker_line(mark)}\n{copy.body}"
            here, number = facts.repository, facts.subject.number
            made = self.forge.put_comment(here, number, mark, body, known, expects)
        if not made:
            return None
        source: Side = other(copy.side)
        kept = Copy(copy.source, made, copy.text)
        store.keep_copy(self.database, facts.subject.key, source, kept)
        return made

    def _retract(self, facts: Facts, ticket: str, gone: RetractCopy) -> str | None:
        """None where Jira, asked once more, shows it to everybody, or somebody edited the copy."""
        read = None
        with suppress(NoTicket):
            read = self.tracker.read(ticket).read
        if not is_closed(gone.source, read, gone.audience):
            return None
        if not self.forge.delete_comment(facts.repository, gone.known, gone.expects):
            return None
        store.drop_copy(self.database, facts.subject.key, "jira", gone.source)
        return gone.known

    def _delete(self, facts: Facts, ticket: str, side: Side, id_: str) -> None:
        """Delete a copy of ours, where it says what it said when we looked."""
        if side == "github":
            here = {str(one.id): one.body for one in facts.comments}
            self.forge.delete_comment(facts.repository, id_, here.get(id_))
            return
        read = facts.ticket.read if facts.ticket else None
        there = {one.id: one.body for one in (read.comments if read else ())}
        self.tracker.delete_comment(ticket, id_, there.get(id_))

    def _agree(self, facts: Facts, key: str, carried: Carried) -> None:
        field = field_of(place_of(key)[1])
        subject = facts.subject.key
        store.agree_anew(self.database, subject, field, lambda base: agreed_after(carried, base))

    def _ticket(self, facts: Facts) -> str | None:
        """The ticket that was read, as long as it is the linked one."""
        kept = ticket_of(self.database, facts.subject.key)
        linked = facts.ticket
        return kept.id if kept and linked and kept.id == linked.id else None


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, names))


def _side(name: str) -> Side:
    return "github" if name == "github" else "jira"

"""An issue and its ticket that are to be kept in step, and what a look at both comes to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from os2kb.backlog.as_read import CommentAsRead, TicketAsRead
from os2kb.backlog.sides import Value
from os2kb.backlog.workflow import Transition
from os2kb.governance.actions import Carry, CopyComment
from os2kb.governance.actions.carry import Carried
from os2kb.governance.facts import Facts
from os2kb.governance.receipts import Receipt, State
from os2kb.governance.tickets.agreed import agreed_after
from os2kb.governance.tickets.in_step import FieldInStep, InStep
from os2kb.governance.tickets.keep import kept_in_step
from os2kb.governance.tickets.ticket import LinkedTicket
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import NOW, REPOSITORY, START, issue, policy
from tests.unit.governance.tickets.tickets import ticket

POLICY = """
mode: act
labels:
  type: {bug: Bug, feature: Udviklingsønsker}
  severity: {kritisk: "fejl: kritisk", mindre: "fejl: mindre"}
escalation:
  severities:
    kritisk: {criteria: Ingen kan arbejde}
    mindre: {criteria: Nogle er generet}
jira:
  project: DEMO
  fields:
    title: both
    description: both
    status: both
    type: both
    labels: both
    assignee: both
    fixVersion: both
    severity: both
    comments: both
  public: [title, description, status, type, labels, assignee, fixVersion, severity, comments]
  statuses: {open: [To Do, In Progress], completed: [Done], not_planned: [Done]}
  resolutions: {completed: Done, not_planned: Won't Do}
  types: {bug: Fejl, feature: Story}
  priorities: {kritisk: Highest, mindre: Low}
  users: {acc-bo: bo, acc-kim: Kim}
  required: {Resolution: Done}
"""
LABELS = (*REPOSITORY.labels, "fejl: kritisk", "fejl: mindre", "kalender", "god start")
READ = TicketAsRead(
    summary="Loginsiden er nede",
    description="Den svarer *ikke*.",
    status="To Do",
    resolution="",
    type="Fejl",
    priority="Low",
    labels=frozenset(),
    assignee="",
    assignee_email="",
    versions=(),
    due="",
    security_level="",
    transitions=(Transition("11", "Færdig", "Done", ("Resolution",)),),
)


def rules(*changes: tuple[str, str]) -> Policy:
    """The Policy with some of it worded otherwise."""
    text = POLICY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return policy(text)


def one_way(direction: str) -> Policy:
    """The Policy with every field going one way only."""
    return rules(*((f"{name}: both", f"{name}: {direction}") for name in _FIELDS))


_FIELDS = ("title", "description", "status", "labels", "assignee", "fixVersion", "severity")


@dataclass
class Both:
    """An issue and its ticket, and the ledger of what was done to them."""

    facts: Facts
    policy: Policy
    now: datetime = NOW

    def look(self) -> InStep:
        """What is to be done now."""
        found = kept_in_step(self.facts, self.policy, self.now)
        assert found is not None
        return found

    def of(self, name: str) -> FieldInStep:
        """What comes of a field."""
        return next(one for one in self.look().fields if one.merged.field == name)

    def outcome(self, name: str) -> str:
        return self.of(name).outcome

    @property
    def writes(self) -> dict[str, Any]:
        """What is written, by `side field`, in that side's own words; of a copy its body."""
        return {_named(one): _put(one) for one in self.look().actions}

    def issue(self, **changes: Any) -> "Both":
        """Somebody changes the issue."""
        self.facts = replace(self.facts, **changes)
        return self

    def ticket(self, **changes: Any) -> "Both":
        """Somebody changes the ticket."""
        self.facts = with_read(self.facts, replace(read_of(self.facts), **changes))
        return self

    def without_ticket(self, *, is_gone: bool = True, is_hidden: bool = False) -> "Both":
        """Jira shows us the ticket no longer."""
        assert self.facts.ticket is not None
        unread = replace(self.facts.ticket, ticket=None, read=None, is_gone=is_gone)
        self.facts = replace(self.facts, ticket=replace(unread, is_hidden=is_hidden))
        return self

    def chosen(self, *fields: str) -> "Both":
        """Somebody else than the bot set fields of the ticket last, as its history says."""
        linked = self.facts.ticket
        assert linked is not None
        assert linked.ticket is not None
        known = replace(linked.ticket, chosen=frozenset(fields))
        self.facts = replace(self.facts, ticket=replace(linked, ticket=known))
        return self

    def agree(self) -> "Both":
        """What both say now is noted."""
        return self.knows(**self.look().agreed)

    def knows(self, **agreed: Value) -> "Both":
        """What they agreed on last."""
        assert self.facts.ticket is not None
        linked = replace(self.facts.ticket, agreed={**self.facts.ticket.agreed, **agreed})  # type: ignore[dict-item]
        self.facts = replace(self.facts, ticket=linked)
        return self

    def note(self, action: Any, state: State = "applied", note: str = "") -> "Both":
        """Our ledger notes an action."""
        done = Receipt(action.key, state, action.because, self.now, action.content, "1", note, 1)
        self.facts = replace(self.facts, receipts=(*self.facts.receipts, done))
        return self

    def noted(self, carry: Carry) -> "Both":
        """A Carry was done, and what both agree on then is noted."""
        self.note(carry)
        carried = Carried.read(carry.content)
        return self.knows(**{carry.field: agreed_after(carried, carry.base)})

    def write(self) -> "Both":
        """All that is to be written is, on both sides, and noted."""
        for action in self.look().actions:
            if isinstance(action, Carry):
                self.noted(action)._say(action)
        return self

    def _say(self, carry: Carry) -> None:
        put = carry.put
        name = _ISSUE.get(carry.field, "labels") if carry.side == "github" else ""
        if isinstance(put, frozenset):
            if carry.side == "jira":
                self.ticket(labels=put)
                return
            assert isinstance(carry.expects, frozenset)
            now = frozenset(self.facts.labels) - (carry.expects - put) | (put - carry.expects)
            self.issue(labels=tuple(sorted(now)))
        elif name:
            self.issue(**{name: put})
        else:
            self.ticket(**{_TICKET[carry.field]: put})


_ISSUE = {"title": "title", "description": "body", "fixVersion": "milestone"}
_TICKET = {
    "title": "summary",
    "description": "description",
    "type": "type",
    "severity": "priority",
    "assignee": "assignee",
}


def both(
    policy: Policy | None = None, issue_says: dict[str, Any] | None = None, **ticket_says: Any
) -> Both:
    """An issue and its ticket that say the same, but for what is given."""
    says = {
        "title": "Loginsiden er nede",
        "body": "Den svarer **ikke**.",
        "labels": ("Bug", "fejl: mindre"),
        "repository": replace(REPOSITORY, labels=LABELS),
        **(issue_says or {}),
    }
    to = ticket()
    facts = issue(**says)
    facts = replace(facts, ticket=LinkedTicket(to.id, to.key, to.url, ticket=to))
    return Both(with_read(facts, replace(READ, **ticket_says)), policy or rules())


def agreeing(policy: Policy | None = None) -> Both:
    """Both say the same, and that is noted."""
    return both(policy).agree()


def read_of(facts: Facts) -> TicketAsRead:
    assert facts.ticket is not None
    assert facts.ticket.read is not None
    return facts.ticket.read


def with_read(facts: Facts, read: TicketAsRead) -> Facts:
    assert facts.ticket is not None
    return replace(facts, ticket=replace(facts.ticket, read=read))


def said_in_jira(number: int, body: str, **more: Any) -> CommentAsRead:
    at = START + timedelta(minutes=number)
    plain = {"author": "acc-bo", "ours": False, "restricted_to": "", "internal": False}
    return CommentAsRead(id=str(number), body=body, created_at=at, updated_at=at, **(plain | more))


def _named(action: Carry | CopyComment) -> str:
    what = action.field if isinstance(action, Carry) else f"copy of {action.source}"
    return f"{action.side} {what}"


def _put(action: Carry | CopyComment) -> Any:
    if isinstance(action, CopyComment):
        return action.body
    return set(action.put) if isinstance(action.put, frozenset) else action.put

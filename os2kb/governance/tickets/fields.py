"""What a fault's class, its deadline and the ladder make of the linked ticket's fields.

A field is set to what should be true, and set again when that changes. What somebody else set in
the tracker is theirs: by its history there, and by its being another value than the one we left.
What `/os2 undo` took back is not set to the same value again,
and what the tracker refused is tried again the next day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from os2kb.governance.actions import SetField
from os2kb.governance.actions.tickets import same, values_of
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import ALREADY_SO, NOT_CALLED_FOR, latest
from os2kb.governance.tickets.ticket import Ticket
from os2kb.policy.policy import Policy

Stands = Literal["so", "due", "theirs", "held", "refused", "elsewhere"]
_OUTBOUND = ("github-to-jira", "both")
_BECAUSE = "severity"
_TRY_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field, and what it should be.

    Attributes:
        stands: it is so; it is due to be set; it is somebody else's; an undo holds it; the tracker
            refused it lately; or the ticket is in another project now.
    """

    field: str
    value: str
    before: str
    stands: Stands


def field_actions(
    facts: Facts, policy: Policy, stands: Standing, at: datetime
) -> tuple[SetField, ...]:
    """The fields to set at a moment."""
    return tuple(
        SetField(one.field, one.value, one.before, because=_BECAUSE)
        for one in fields_wanted(facts, policy, stands, at)
        if one.stands == "due"
    )


def fields_wanted(facts: Facts, policy: Policy, stands: Standing, at: datetime) -> Iterator[Wanted]:
    """Each field that the Policy has a say in, of a ticket that can be read."""
    ticket = facts.ticket.ticket if facts.ticket else None
    if ticket is None or policy.jira is None:
        return
    here = ticket.project == policy.jira.project
    for field, value in _values(policy, stands).items():
        before = ticket.value(field)
        how = _stands(facts, ticket, field, value, at) if here else "elsewhere"
        yield Wanted(field, value, before, how)


def next_try(facts: Facts, policy: Policy, stands: Standing, at: datetime) -> datetime | None:
    """When what the tracker refused is tried again; None where nothing was."""
    refused = (
        latest(facts.receipts, f"ticket:set:{one.field}")
        for one in fields_wanted(facts, policy, stands, at)
        if one.stands == "refused"
    )
    return min((one.at + _TRY_AGAIN for one in refused if one), default=None)


def _values(policy: Policy, stands: Standing) -> Mapping[str, str]:
    """Field to value, as the class, the deadline and the rungs that were told say, in that order.

    Nothing of a proposal, nor of what may be a vulnerability, whose ticket many can see.
    """
    model, jira = policy.escalation, policy.jira
    if model is None or jira is None or not model.is_adopted or stands.private:
        return {}
    found: dict[str, str] = {}
    priority = jira.priorities.get(stands.severity or "")
    if priority and jira.direction("priority") in _OUTBOUND:
        found["priority"] = priority
    fix = next((one for one in stands.promises if one.name == "fix" and not one.kept), None)
    if fix and fix.due and jira.direction("due") in _OUTBOUND:
        zone = ZoneInfo(model.hours.timezone)
        found["due"] = fix.due.astimezone(zone).date().isoformat()
    for one in stands.told:
        for to in one.to:
            kind, _, said = to.partition(":")
            if kind == "jira":
                field, _, value = said.partition("=")
                found[field.casefold()] = value
    return found


def _stands(facts: Facts, ticket: Ticket, field: str, value: str, at: datetime) -> Stands:
    before = ticket.value(field)
    if same(before, value):
        return "so"
    last = latest(facts.receipts, f"ticket:set:{field}")
    if last is not None and values_of(last.content)[1] == value:
        if last.state == "undone":
            return "held"
        refused = last.state == "skipped" and last.note not in (NOT_CALLED_FOR, ALREADY_SO)
        if refused and at - last.at < _TRY_AGAIN:
            return "refused"
    return "due" if _is_ours(facts, ticket, field) else "theirs"


def _is_ours(facts: Facts, ticket: Ticket, field: str) -> bool:
    """Whether nobody else has a say in what the field is now."""
    assert facts.ticket is not None  # or there were no ticket  # noqa: S101
    before, last = ticket.value(field), latest(facts.receipts, f"ticket:set:{field}")
    if field in ticket.chosen:
        return False
    # Sent, and its answer never heard.
    if last is not None and last.state == "planned" and same(values_of(last.content)[1], before):
        return True
    if "\n" in before:  # a text, and not ours
        return False
    if field in facts.ticket.base:
        return same(facts.ticket.base[field], before)
    if ticket.history_cut:
        return not before
    # A priority is there from the beginning, whoever thought of it; a day somebody chose.
    return field == "priority" or not before

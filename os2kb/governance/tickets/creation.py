"""Tickets that issues get by themselves, where the Policy's `jira.create` says so.

Who takes such a ticket back has said that this issue is to have none, and one that somebody deleted
in the tracker is not made again.
"""

from datetime import datetime, timedelta
from typing import Literal

from index.masking import mask
from os2kb.governance.actions import CreateTicket
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import scrub
from os2kb.governance.ledger.marks import ALREADY_SO, NOT_CALLED_FOR, latest
from os2kb.governance.receipts import Receipt
from os2kb.governance.rules.text.security_report import suspected
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import Create

BECAUSE = "jira.create"
Stands = Literal["due", "undone", "refused", "secret"]
_LINKS = ("ticket:create:", "ticket:link:")
_TRY_AGAIN = timedelta(days=1)


def creations(facts: Facts, policy: Policy, at: datetime) -> tuple[CreateTicket, ...]:
    """The ticket that an issue is to get now."""
    if policy.jira is None or creation_stands(facts, policy, at) != "due":
        return ()
    summary = " ".join(scrub(facts.title).split())
    section = policy.jira
    given = tuple(section.required.items())
    return (CreateTicket(section.project, section.type, summary, given, because=BECAUSE),)


def creation_stands(facts: Facts, policy: Policy, at: datetime) -> Stands | None:
    """How it stands with the ticket that an issue would get by itself; None where it gets none.

    It is due; an undo holds it; the tracker refused it lately; or the title must not be sent.
    """
    section = policy.jira
    if section is None or section.create is None or facts.ticket is not None:
        return None
    may = facts.open and facts.pull_request is None and not suspected(facts, policy)
    if not (may and _is_wanted(facts, section.create)):
        return None
    if any(one.state == "undone" and one.action.startswith(_LINKS) for one in facts.receipts):
        return "undone"
    if (refused := _refused(facts, section.project)) and at - refused.at < _TRY_AGAIN:
        return "refused"
    return "secret" if mask(facts.title) != facts.title else "due"


def next_creation(facts: Facts, policy: Policy, at: datetime) -> datetime | None:
    """When what the tracker refused is tried again; None where nothing was."""
    if policy.jira is None or creation_stands(facts, policy, at) != "refused":
        return None
    refused = _refused(facts, policy.jira.project)
    return refused.at + _TRY_AGAIN if refused else None


def asks_for_columns(facts: Facts, policy: Policy) -> bool:
    """Whether the columns that an issue stands in decide whether it gets a ticket."""
    create = policy.jira.create if policy.jira else None
    may = facts.open and facts.pull_request is None and facts.ticket is None
    return bool(create and create.column and may)


def _is_wanted(facts: Facts, create: Create) -> bool:
    labels, columns = ({one.casefold() for one in some} for some in (facts.labels, facts.columns))
    return (create.label or "").casefold() in labels or (create.column or "").casefold() in columns


def _refused(facts: Facts, project: str) -> Receipt | None:
    last = latest(facts.receipts, f"ticket:create:{project}")
    if last is None or last.state != "skipped" or last.note in (NOT_CALLED_FOR, ALREADY_SO):
        return None
    return last

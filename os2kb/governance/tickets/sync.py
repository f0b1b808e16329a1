"""The Actions that keep an issue and its ticket in step, and tell both sides what is in the way."""

from os2kb.governance.actions import Action, ShowSync
from os2kb.governance.actions.carry import BECAUSE
from os2kb.governance.comments.conflict import conflict_note
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import NOT_CALLED_FOR, latest
from os2kb.governance.tickets.in_step import InStep
from os2kb.governance.tickets.retract import retractions
from os2kb.governance.tickets.told_in_step import said_in_jira, waits_in_jira
from os2kb.policy.policy import Policy


def sync_actions(facts: Facts, policy: Policy, step: InStep | None) -> tuple[Action, ...]:
    """What is taken away and carried, what a person is asked, and what the ticket shows of it."""
    closed = retractions(facts, policy)
    if step is None:
        return closed
    return (*closed, *step.actions, *conflict_note(facts, step), *_shown(facts, step))


def _shown(facts: Facts, step: InStep) -> tuple[ShowSync, ...]:
    """What the ticket's link says, once something did not go along; each time that it changes.

    An archived ticket takes nothing, and its people are not looking.
    """
    assert facts.ticket is not None  # or there is no step  # noqa: S101
    if facts.ticket.read is not None and facts.ticket.read.archived:
        return ()
    show = ShowSync(facts.ticket.id, said_in_jira(step, facts.language), because=BECAUSE)
    last = latest(facts.receipts, show.key)
    if last is None and not waits_in_jira(step, facts.language):
        return ()
    again = last is None or last.state == "planned" or last.note == NOT_CALLED_FOR
    return (show,) if again or (last and last.content != show.said) else ()

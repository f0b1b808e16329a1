"""The ticket of a subject, with what it takes to say on one side what the other says.

Who is who, and how a ticket gets to another status, is asked for only where it matters.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from os2kb.backlog.sides import state_of
from os2kb.backlog.vocabulary import vocabulary_of
from os2kb.governance.facts import Facts
from os2kb.governance.tickets.keep import kept_in_step
from os2kb.governance.tickets.pair import goes_anywhere
from os2kb.governance.tickets.ticket import LinkedTicket
from os2kb.logs import get_logger
from os2kb.observe.same_people import SamePeople
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import Jira
from os2kb.trackers.port import TrackerError
from os2kb.trackers.tickets import Tickets
from os2kb.trackers.workflows import Workflows

log = get_logger()


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Reads tickets with their counterparts.

    Args:
        workflows: None where there is no tracker.
    """

    people: SamePeople
    workflows: Workflows | None
    now: Callable[[], datetime]

    def ticket_of(self, tickets: Tickets, facts: Facts, policy: Policy) -> LinkedTicket | None:
        """The ticket that a subject is linked to."""
        section = policy.jira
        if section is None:
            return None
        linked = tickets.of(facts.subject, whole=goes_anywhere(section))
        if linked is None or linked.read is None:
            return linked
        linked = replace(linked, people=self.people.of(facts, section, linked))
        return self._with_way(linked, facts, policy, section)

    def _with_way(
        self, linked: LinkedTicket, facts: Facts, policy: Policy, section: Jira
    ) -> LinkedTicket:
        """With as much of its workflow as it takes to find a way, where it is to take one."""
        ticket, read = linked.ticket, linked.read
        if self.workflows is None or ticket is None or read is None:
            return linked
        stands = vocabulary_of(section).state(read.status, read.resolution)
        is_so = stands == state_of(is_open=facts.open, reason=facts.state_reason)
        if is_so or section.direction("status") not in ("both", "github-to-jira"):
            return linked
        try:
            for workflow in self.workflows.of(ticket, read):
                linked = replace(linked, workflow=workflow)
                if self._leads(replace(facts, ticket=linked), policy):
                    break
        except TrackerError as error:
            log.info("workflow_not_learned", ticket=linked.key, reason=str(error))
        return linked

    def _leads(self, facts: Facts, policy: Policy) -> bool:
        """Also where a person is still to choose: what they choose is carried at once."""
        found = kept_in_step(facts, policy, self.now())
        status = (one for one in found.fields if one.merged.field == "status") if found else ()
        return all(one.outcome not in ("no-way", "conflict") for one in status)

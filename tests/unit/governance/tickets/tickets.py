"""A fault whose issue goes with a ticket."""

from dataclasses import replace
from datetime import timedelta

from os2kb.governance.actions import SetField
from os2kb.governance.facts import Facts
from os2kb.governance.plan import Plan
from os2kb.governance.tickets.ticket import LinkedTicket, Ticket
from os2kb.policy.policy import Policy
from tests.unit.governance.carried_out import JIRA
from tests.unit.governance.cases import START
from tests.unit.governance.escalation.at_work import Desk, fault, model

SECTION = """
jira:
  project: DEMO
  priorities: {kritisk: Highest, alvorlig: High}
  fields: {due: github-to-jira}
people:"""


def tracked(*changes: tuple[str, str], status: str = "vedtaget") -> Policy:
    """The model at work, and what it makes of a ticket's fields."""
    return model(("\npeople:", SECTION), *changes, status=status)


def ticket(number: int = 7, project: str = "DEMO", **values: str) -> Ticket:
    return Ticket(
        id=str(10_000 + number),
        key=f"{project}-{number}",
        url=f"{JIRA}{number}",
        updated_at=START + timedelta(minutes=1),
        values={"priority": "Medium", **values},
    )


def linked(facts: Facts, to: Ticket | None = None) -> Facts:
    to = to or ticket()
    return replace(facts, ticket=LinkedTicket(to.id, to.key, to.url, ticket=to))


def desk(severity: str = "kritisk", policy: Policy | None = None, to: Ticket | None = None) -> Desk:
    return Desk(linked(fault(severity), to), policy or tracked())


def set_now(plan: Plan) -> list[tuple[str, str]]:
    """The fields that are set now."""
    return [(one.field, one.value) for one in plan.writes() if isinstance(one, SetField)]

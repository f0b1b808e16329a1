"""An issue with the label of `jira.create` gets a ticket by itself, once, and people win."""

from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.governance.actions import CreateTicket
from os2kb.governance.decide import decide
from os2kb.governance.escalation.from_facts import standing_of
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import NOT_CALLED_FOR
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.creation import asks_for_columns
from os2kb.governance.tickets.told import why_ticket
from os2kb.policy.load import load_policy
from os2kb.policy.problem import BadPolicy
from tests.unit.governance.cases import NOW, issue, pull
from tests.unit.governance.tickets.tickets import linked

POLICY = load_policy(
    "version: 1\nmode: act\njira: {project: DEMO, type: Fejl, create: {label: Til Jira}}\n"
)
CREATED = CreateTicket("DEMO", "Fejl", "Alle skærme er sorte", because="jira.create")


def wanted(title: str = "Alle skærme er sorte", **changes: object) -> Facts:
    return issue(title, **{"labels": ("til jira",), **changes})


def made(facts: Facts, mode: str = "act") -> list[CreateTicket]:
    plan = decide(facts, POLICY, mode, NOW)  # type: ignore[arg-type]
    return [one for one in plan.writes() if isinstance(one, CreateTicket)]


def receipt(
    state: str, note: str = "", action: str = "ticket:create:DEMO", days: int = 0
) -> Receipt:
    at = NOW - timedelta(days=days, minutes=1)
    return Receipt(action, state, "jira.create", at, note=note)  # type: ignore[arg-type]


def why(facts: Facts) -> str:
    return "\n".join(why_ticket(facts, POLICY, standing_of(facts, POLICY, NOW), NOW))


def test_an_issue_with_the_label_gets_a_ticket_with_its_title():
    assert made(wanted()) == [CREATED]


def test_a_policy_that_says_not_which_is_refused():
    with pytest.raises(BadPolicy) as bad:
        load_policy("version: 1\njira: {project: DEMO, create: {}}\n")
    assert "`label` eller `column`" in bad.value.problems[0].message.da


def test_an_issue_that_stands_in_the_column_gets_one_and_columns_are_read_for_no_other():
    policy = load_policy(
        "version: 1\nmode: act\njira: {project: DEMO, type: Fejl, create: {column: Klar}}\n"
    )
    stands = wanted(labels=(), columns=("I gang", "klar"))
    plan = decide(stands, policy, "act", NOW)
    assert [one for one in plan.writes() if isinstance(one, CreateTicket)] == [CREATED]
    assert made(stands) == [], "where the Policy names none"
    assert asks_for_columns(stands, policy)
    assert not asks_for_columns(stands, POLICY)
    for other in (linked(stands), pull(), wanted(open=False)):
        assert not asks_for_columns(other, policy)


@pytest.mark.parametrize(
    "facts",
    [
        wanted(labels=("Andet",)),
        wanted(open=False),
        wanted(locked=True),
        linked(wanted()),
        wanted("CPR 010190-1234 virker ikke"),
        wanted("Sårbarhed: SQL-injection i login", body="Man kan læse alle brugeres kodeord."),
        pull(labels=("Til Jira",)),
    ],
    ids=["no label", "closed", "locked", "has one", "secret", "vulnerability", "pull request"],
)
def test_nothing_is_created_where_none_is_wanted_or_it_would_tell(facts: Facts):
    assert made(facts) == []


def test_who_observes_creates_nothing():
    assert made(wanted(), "observe") == []


@pytest.mark.parametrize("action", ["ticket:create:DEMO", "ticket:link:DEMO-7"])
def test_what_a_person_took_back_is_not_made_again_and_why_tells(action: str):
    undone = wanted(receipts=(receipt("undone", action=action, days=90),))
    assert made(undone) == []
    assert "taget tilbage med `/os2 undo`, så det får ingen" in why(undone)
    assert "titlen ser ud til at rumme" in why(wanted("CPR 010190-1234 virker ikke"))


def test_what_the_tracker_refused_is_tried_again_the_next_day():
    refused = wanted(receipts=(receipt("skipped", "Jira afviste det"),))
    assert made(refused) == []
    plan = decide(refused, POLICY, "act", NOW)
    assert plan.wake_at is not None
    assert plan.wake_at <= NOW + timedelta(days=1)
    assert made(wanted(receipts=(receipt("skipped", "Jira afviste det", days=1),))) == [CREATED]
    assert made(wanted(receipts=(receipt("skipped", NOT_CALLED_FOR),))) == [CREATED]


def test_one_whose_answer_was_lost_is_asked_for_again():
    assert made(wanted(receipts=(receipt("planned"),))) == [CREATED]


def test_a_label_that_the_repository_lacks_is_told():
    plan = decide(replace(wanted(), labels=()), POLICY, "act", NOW)
    assert "Til Jira" in plan.lost_labels

"""A fault's ticket gets the priority of its class and the day of its deadline, and people win."""

from dataclasses import replace

import pytest

from os2kb.governance.actions import SetField, Tell
from os2kb.governance.actions.tickets import values_of
from os2kb.governance.ledger.marks import ALREADY_SO
from os2kb.governance.receipts import Receipt
from os2kb.phrases import Phrase
from tests.unit.governance.carried_out import field_set
from tests.unit.governance.cases import NOW, pull
from tests.unit.governance.escalation.at_work import KIM, Desk, fault, form, moment
from tests.unit.governance.tickets.tickets import desk, linked, set_now, ticket, tracked

BOTH = [("priority", "Highest"), ("due", "2026-03-05")]
ON_THE_RUNG = ('["@kim"]', '["@kim", "jira:priority=Blocker", "jira:Alvor=Stor"]')


def test_the_class_gives_its_priority_and_the_fix_its_day_once():
    at_work = desk()
    assert set_now(at_work.look("2 10.05")) == BOTH
    assert set_now(at_work.look("2 10.06")) == []
    assert set_now(at_work.look("2 11.30")) == []


def test_only_what_the_policy_names_is_set():
    without_due = tracked(("fields: {due: github-to-jira}", "fields: {due: off}"))
    assert set_now(desk(policy=without_due).plan("2 10.05")) == [("priority", "Highest")]
    off = tracked(("{due: github-to-jira}", "{due: off, priority: jira-to-github}"))
    assert set_now(desk(policy=off).plan("2 10.05")) == []
    assert set_now(desk("mindre").plan("2 10.05")) == []  # no priority, no fix promised


@pytest.mark.parametrize(
    "changed",
    [
        {"open": False},
        {"locked": True},
        {"ticket": None},
        {"labels": ("It-sikkerhed",)},
    ],
    ids=["closed", "locked", "no ticket", "perhaps a vulnerability"],
)
def test_nothing_is_set_where_nothing_is_due(changed):
    at_work = desk()
    at_work.facts = replace(at_work.facts, **changed)
    assert set_now(at_work.plan("2 10.05")) == []


def test_nothing_is_set_by_a_proposal_by_an_observer_silently_or_without_a_class():
    assert set_now(desk(policy=tracked(status="forslag")).plan("2 10.05")) == []
    assert set_now(desk(policy=tracked(("mode: act", "mode: observe"))).plan("2 10.05")) == []
    assert set_now(desk("").plan("2 10.05")) == []
    request = Desk(linked(pull(body=form("kritisk"))), tracked())
    assert set_now(request.plan("2 10.05")) == []


def test_what_somebody_set_in_the_tracker_after_us_stays():
    at_work = desk()
    at_work.look("2 10.05")
    at_work.facts = field_set(at_work.facts, "priority", "Low", ours=False)
    assert set_now(at_work.look("2 10.06")) == []
    at_work.label("fejl: alvorlig", KIM, "2 10.07")
    assert [name for name, _ in set_now(at_work.look("2 10.08"))] == ["due"]


def test_what_somebody_chose_there_before_us_stays_and_a_day_always_counts_as_chosen():
    chosen = replace(ticket(), chosen=frozenset({"priority"}))
    assert set_now(desk(to=chosen).plan("2 10.05")) == [("due", "2026-03-05")]
    assert set_now(desk(to=ticket(due="2026-04-01")).plan("2 10.05")) == [("priority", "Highest")]


def test_a_class_that_changes_takes_its_fields_along():
    at_work = desk("alvorlig")
    assert set_now(at_work.look("2 10.05"))[0] == ("priority", "High")
    at_work.label("fejl: kritisk", KIM, "2 10.10")
    assert set_now(at_work.look("2 10.11")) == BOTH


def test_a_priority_is_the_same_in_any_case():
    assert set_now(desk(to=ticket(priority="HIGHEST", due="2026-03-05")).plan("2 10.05")) == []


def test_a_rung_that_is_told_sets_its_fields_over_those_of_the_class():
    at_work = desk(policy=tracked(ON_THE_RUNG))
    assert set_now(at_work.look("2 10.05")) == BOTH
    at_noon = at_work.look("2 12.00")  # the answer is late: the second rung
    assert set_now(at_noon) == [("priority", "Blocker"), ("alvor", "Stor")]
    assert [one.to for one in at_noon.writes() if isinstance(one, Tell)] == [("@kim",)]
    assert set_now(at_work.look("2 12.05")) == []


def test_a_rung_waits_for_a_ticket_to_be_linked():
    at_work = Desk(fault("kritisk"), tracked(ON_THE_RUNG))
    at_work.look("2 12.00")
    at_work.facts = linked(at_work.facts)
    assert set_now(at_work.look("2 13.00")) == [
        ("priority", "Blocker"),
        ("due", "2026-03-05"),
        ("alvor", "Stor"),
    ]


def test_a_ticket_that_was_moved_to_another_project_is_left_alone():
    assert set_now(desk(to=ticket(project="ANDET")).plan("2 10.05")) == []


def test_while_the_tracker_does_not_answer_nothing_is_set_and_it_is_looked_at_again():
    at_work = desk()
    assert at_work.facts.ticket is not None
    silent = replace(
        at_work.facts.ticket, ticket=None, unread=Phrase("tavs", "silent"), may_come=True
    )
    at_work.facts = replace(at_work.facts, ticket=silent)
    plan = at_work.plan("2 10.05")
    assert set_now(plan) == []
    assert plan.wake_at is not None
    assert (plan.wake_at - NOW).total_seconds() < 20 * 60


def test_what_was_sent_and_never_answered_is_known_as_ours():
    at_work = desk()
    (priority, _) = [one for one in at_work.plan("2 10.05").writes() if isinstance(one, SetField)]
    sent = Receipt(priority.key, "planned", priority.because, NOW, priority.content, plan=1)
    there = linked(at_work.facts, ticket(priority="Highest"))
    at_work.facts = replace(there, receipts=(*there.receipts, sent))
    assert set_now(at_work.plan("2 10.06")) == [("due", "2026-03-05")]
    at_work.label("fejl: alvorlig", KIM, "2 10.07")
    assert set_now(at_work.plan("2 10.08"))[0] == ("priority", "High")
    theirs = linked(at_work.facts, replace(ticket(priority="Highest"), chosen={"priority"}))
    at_work.facts = theirs  # it never arrived, and somebody thought the same
    assert [name for name, _ in set_now(at_work.plan("2 10.08"))] == ["due"]


def test_the_value_that_we_set_is_theirs_once_somebody_chose_it():
    at_work = desk()
    at_work.look("2 10.05")
    for value in ("Low", "Highest"):  # away from ours, and back to it
        at_work.facts = field_set(at_work.facts, "priority", value, ours=False)
    at_work.label("fejl: alvorlig", KIM, "2 10.07")
    assert "priority" not in dict(set_now(at_work.look("2 10.08")))


def test_a_value_stays_ours_as_the_tracker_spells_it():
    at_work = desk(policy=tracked(("kritisk: Highest", "kritisk: highest")))
    assert set_now(at_work.look("2 10.05"))[0] == ("priority", "highest")
    facts = field_set(at_work.facts, "priority", "Highest", ours=True)
    known = replace(facts.ticket, base={**facts.ticket.base, "priority": "highest"})
    at_work.facts = replace(facts, ticket=known)
    assert set_now(at_work.look("2 10.06")) == []
    at_work.label("fejl: alvorlig", KIM, "2 10.07")
    assert dict(set_now(at_work.look("2 10.08")))["priority"] == "High"


def test_where_the_history_is_cut_a_priority_may_be_somebodys_choice():
    cut = replace(ticket(), history_cut=True)
    assert set_now(desk(to=cut).plan("2 10.05")) == [("due", "2026-03-05")]
    at_work = desk()
    at_work.look("2 10.05")
    mine = at_work.facts.ticket
    at_work.facts = replace(
        at_work.facts, ticket=replace(mine, ticket=replace(mine.ticket, history_cut=True))
    )
    at_work.label("fejl: alvorlig", KIM, "2 10.07")
    assert dict(set_now(at_work.look("2 10.08")))["priority"] == "High", "it is what we left"


def test_an_action_keeps_what_was_there_for_its_inverse():
    first = next(one for one in desk().plan("2 10.05").writes() if isinstance(one, SetField))
    assert values_of(first.content) == ("Medium", "Highest")


def test_what_the_tracker_refused_is_tried_again_the_next_day():
    at_work = desk()
    first = next(one for one in at_work.plan("2 10.05").writes() if isinstance(one, SetField))
    no = Receipt(
        first.key, "skipped", first.because, moment("2 10.05"), first.content, note="no such value"
    )
    at_work.facts = replace(at_work.facts, receipts=(no,))
    assert set_now(at_work.plan("2 10.06")) == [("due", "2026-03-05")]
    assert set_now(at_work.plan("3 10.06"))[0] == ("priority", "Highest")
    unneeded = replace(no, note=ALREADY_SO)
    at_work.facts = replace(at_work.facts, receipts=(unneeded,))
    assert set_now(at_work.plan("2 10.06")) == BOTH


def test_it_is_looked_at_again_when_what_was_refused_is_tried_again():
    at_work = desk()
    late = "20 10.05"  # every deadline has passed, and nothing else is awaited
    at_work.look(late)
    assert at_work.plan("20 10.06").wake_at is None
    (*_, first) = [one for one in desk().plan(late).writes() if isinstance(one, SetField)]
    no = Receipt(first.key, "skipped", "severity", moment(late), first.content, note="not there")
    others = tuple(one for one in at_work.facts.receipts if one.action != first.key)
    facts = field_set(at_work.facts, first.field, "", ours=False)
    unset = replace(facts.ticket, base={}, ticket=replace(facts.ticket.ticket, chosen=frozenset()))
    at_work.facts = replace(facts, receipts=(*others, no), ticket=unset)
    assert at_work.plan("20 10.06").wake_at == moment("21 10.05")
    at_work.facts = replace(at_work.facts, open=False)
    assert at_work.plan("20 10.06").wake_at is None

"""A status goes to Jira by the ways of the ticket's workflow."""

from dataclasses import replace

from os2kb.backlog.workflow import Transition
from os2kb.governance.actions import Carry
from tests.unit.governance.tickets.in_step import agreeing, rules


def test_a_status_that_needs_a_field_gets_it_from_the_policy():
    it = agreeing().issue(open=False, state_reason="not_planned")
    (carry,) = it.look().actions
    assert isinstance(carry, Carry)
    assert [dict(step.fields) for step in carry.steps] == [{"Resolution": "Won't Do"}]


def test_without_a_way_it_is_told_what_is_missing():
    it = agreeing(rules(("  required: {Resolution: Done}\n", ""), ("completed: Done, ", "")))
    it.issue(open=False, state_reason="completed")
    assert it.outcome("status") == "no-way"
    assert "Resolution" in it.of("status").why.en
    assert it.ticket(transitions=()).of("status").why.en.startswith("The workflow has no way")


def test_a_longer_way_is_taken_where_it_is_known():
    it = agreeing().ticket(transitions=(Transition("1", "Begynd", "In Progress"),))
    assert it.facts.ticket is not None
    known = {"In Progress": (Transition("2", "Luk", "Done"),)}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, workflow=known))
    it.issue(open=False, state_reason="completed")
    (carry,) = it.look().actions
    assert isinstance(carry, Carry)
    assert [step.transition.name for step in carry.steps] == ["Begynd", "Luk"]


def test_where_a_status_means_two_things_the_ticket_leaves_it_and_comes_back():
    it = agreeing().issue(open=False, state_reason="completed")
    (carry,) = it.look().actions
    assert isinstance(carry, Carry)
    back = Transition("9", "Genåbn", "To Do")
    again = Transition("8", "Luk", "Done", resolves=True)
    it.noted(carry).ticket(status="Done", resolution="Done", transitions=(back,))
    assert it.facts.ticket is not None
    known = {"To Do": (again,)}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, workflow=known))
    it.issue(open=False, state_reason="not_planned")
    (carry,) = it.look().actions
    assert isinstance(carry, Carry)
    assert [step.transition.name for step in carry.steps] == ["Genåbn", "Luk"]
    assert carry.steps[-1].fields == {"Resolution": "Won't Do"}
    silent = {"To Do": (replace(again, resolves=False),)}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, workflow=silent))
    assert it.of("status").why.en.startswith("Done means several things")

"""An issue and its ticket are kept in step field by field, and nothing a person set is lost."""

from dataclasses import replace

import pytest

from os2kb.backlog.leaving import mark_of
from os2kb.governance.actions import Carry, CreateTicket, Remember
from os2kb.governance.decide import decide
from os2kb.governance.tickets.agreed import CHOICE, RELEASED, choice
from os2kb.governance.tickets.keep import kept_in_step
from tests.unit.governance.cases import NOW
from tests.unit.governance.tickets.in_step import (
    agreeing,
    both,
    one_way,
    rules,
)


def test_where_both_say_the_same_nothing_is_written_and_all_of_it_is_noted_as_agreed():
    it = both()
    assert it.writes == {}
    assert {one.outcome for one in it.look().fields} == {"same"}
    assert dict(it.look().agreed) == {
        "title": "Loginsiden er nede",
        "description": "Den svarer **ikke**.",
        "status": "open",
        "type": "bug",
        "severity": "mindre",
        "labels": frozenset(),
        "assignee": "",
        "fixVersion": "",
    }


@pytest.mark.parametrize(
    ("says", "writes"),
    [
        ({"title": "Login er nede"}, {"jira title": "Login er nede"}),
        (
            {"body": "- [x] `klar`\n\n@ida ser på #12"},
            {"jira description": "* \\[x\\] {{klar}}\n\n@ida ser på #12"},
        ),
        ({"labels": ("Udviklingsønsker", "fejl: mindre")}, {"jira type": "Story"}),
        ({"labels": ("Bug", "fejl: kritisk")}, {"jira severity": "Highest"}),
        (
            {"labels": ("Bug", "fejl: mindre", "god start")},
            {"jira labels": {"god-start", "fra-jira"}},
        ),
        ({"assignees": ("KIM",)}, {"jira assignee": "acc-kim"}),
        ({"milestone": "2.1"}, {"jira fixVersion": "2.1"}),
        ({"open": False, "state_reason": "completed"}, {"jira status": "Done"}),
    ],
    ids=["title", "text", "type", "severity", "labels", "assignee", "milestone", "closed"],
)
def test_what_is_changed_on_github_is_put_into_jira_in_its_words(says, writes):
    it = both(labels=frozenset({"fra-jira"})).agree().issue(**says)
    assert it.writes == writes


@pytest.mark.parametrize(
    ("says", "writes"),
    [
        ({"summary": "Login er nede"}, {"github title": "Login er nede"}),
        (
            {"description": "h2. Drift\n[~acc-bo] og [~nogen]"},
            {"github description": "## Drift\n\n@<!-- -->bo og @…"},
        ),
        ({"type": "Story"}, {"github type": {"Udviklingsønsker"}}),
        ({"priority": "Highest"}, {"github severity": {"fejl: kritisk"}}),
        (
            {"labels": frozenset({"GOD-start", "kun-i-jira"})},
            {"github labels": {"Bug", "fejl: mindre", "god start"}},
        ),
        ({"assignee": "acc-kim"}, {"github assignee": "Kim"}),
        ({"versions": ("2.1",)}, {"github fixVersion": "2.1"}),
        ({"status": "Done", "resolution": "won't do"}, {"github status": "not_planned"}),
    ],
    ids=["title", "text", "type", "priority", "labels", "assignee", "version", "done"],
)
def test_what_is_changed_in_jira_is_put_on_github_in_its_words(says, writes):
    assert agreeing().ticket(**says).writes == writes


def test_changed_on_both_sides_it_is_a_conflict_and_both_stay():
    it = agreeing().issue(title="Login er nede").ticket(summary="Alt er nede")
    assert it.outcome("title") == "conflict"
    assert it.writes == {}
    assert it.of("title").merged.commands == (
        "/os2 jira sync title github",
        "/os2 jira sync title jira",
    )
    assert it.look().agreed["title"] == "Loginsiden er nede"


def test_a_person_settles_a_conflict_for_just_the_two_values_that_were_there():
    it = agreeing().issue(title="Login er nede").ticket(summary="Alt er nede")
    values = {"github": "Login er nede", "jira": "Alt er nede"}
    it.note(Remember(f"{CHOICE}title", choice("jira", values), because="/os2 jira"))  # type: ignore[arg-type]
    assert it.writes == {"github title": "Alt er nede"}
    it.ticket(summary="Alt er oppe igen")
    assert it.outcome("title") == "conflict"


@pytest.mark.parametrize("direction", ["github-to-jira", "jira-to-github"])
def test_a_field_goes_only_the_way_the_policy_says(direction):
    it = agreeing(one_way(direction))
    changed = it.issue(title="Fra GitHub") if direction[0] == "j" else it.ticket(summary="Fra Jira")
    assert changed.outcome("title") == "not-its-way"
    assert changed.writes == {}


def test_nothing_leaves_jira_that_the_policy_does_not_name():
    private = rules(("public: [title, ", "public: ["))
    it = agreeing(private).ticket(summary="Hemmeligt")
    assert it.outcome("title") == "not-public"
    assert "title" not in it.look().shown
    both_changed = it.issue(title="Andet")
    assert both_changed.of("title").merged.commands == ("/os2 jira sync title github",)


def test_nothing_leaves_a_ticket_that_few_may_see():
    it = agreeing().ticket(summary="Hemmeligt", security_level="Kun os", status="Done")
    assert it.writes == {}
    assert it.look().shown == {}


@pytest.mark.parametrize("side", ["github", "jira"])
def test_personal_data_goes_nowhere_until_a_person_lets_exactly_that_text_go(side):
    text = "Borgeren med 010190-1234 kan ikke logge ind."
    it = agreeing()
    it = it.issue(body=text) if side == "github" else it.ticket(description=text)
    assert it.outcome("description") == "held"
    assert it.writes == {}
    it.note(Remember(f"{RELEASED}{mark_of(text)}", "on", because="/os2 jira"))
    other = "jira" if side == "github" else "github"
    assert list(it.writes) == [f"{other} description"]


def test_what_may_be_a_vulnerability_is_not_compared_at_all():
    it = agreeing().issue(
        title="SQL injection i login", body="Sårbarhed: exploit med `' or 1=1` giver adgang til alt"
    )
    assert kept_in_step(it.facts, it.policy, NOW) is None


def test_a_ticket_in_another_project_and_a_pull_request_are_left_alone():
    it = agreeing()
    assert it.facts.ticket is not None
    assert it.facts.ticket.ticket is not None
    moved = replace(it.facts.ticket, ticket=replace(it.facts.ticket.ticket, key="ANDET-7"))
    assert kept_in_step(replace(it.facts, ticket=moved), it.policy, NOW) is None


@pytest.mark.parametrize(
    ("issue", "ticket", "field"),
    [
        ({"assignees": ("ida",)}, {}, "assignee"),
        ({"assignees": ("bo", "kim")}, {}, "assignee"),
        ({}, {"assignee": "acc-ida"}, "assignee"),
        ({}, {"type": "Epic"}, "type"),
        ({}, {"status": "Venter"}, "status"),
        ({}, {"priority": "Medium"}, "severity"),
        ({}, {"versions": ("2.0", "2.1")}, "fixVersion"),
        ({"labels": ("Bug", "Udviklingsønsker", "fejl: mindre")}, {}, "type"),
    ],
)
def test_what_the_other_side_has_no_word_for_is_not_guessed(issue, ticket, field):
    it = agreeing().issue(**issue).ticket(**ticket)
    assert it.outcome(field) == "unsayable"
    assert it.writes == {}


def test_of_several_people_the_one_that_jira_has_counts():
    it = agreeing().ticket(assignee="acc-bo").issue(assignees=("ida", "bo"))
    assert it.outcome("assignee") == "same"


def test_an_emptied_value_is_not_emptied_on_the_other_side():
    it = agreeing().issue(body="")
    assert it.outcome("description") == "not-blanked"


class TestMeetingForTheFirstTime:
    def test_what_only_one_side_has_goes_to_the_other(self):
        assert both(description="").writes == {"jira description": "Den svarer *ikke*."}

    def test_what_differs_is_asked_of_a_person_also_where_it_goes_one_way(self):
        it = both(one_way("github-to-jira"), summary="Noget andet")
        assert it.outcome("title") == "conflict"

    def test_a_ticket_of_our_own_making_takes_over_what_nobody_set_there(self):
        it = both(description="Fra GitHub: https://github.example/x", summary="Rettet i Jira")
        assert it.facts.ticket is not None
        assert it.facts.ticket.ticket is not None
        theirs = replace(it.facts.ticket.ticket, chosen=frozenset({"summary"}))
        it.facts = replace(it.facts, ticket=replace(it.facts.ticket, ticket=theirs))
        it.note(CreateTicket("DEMO", "Fejl", "Loginsiden", because="/os2 jira"))
        assert it.writes == {"jira description": "Den svarer *ikke*."}
        assert it.outcome("title") == "conflict"


def test_a_locked_issue_and_an_archived_ticket_are_not_written_to():
    assert agreeing().issue(locked=True).ticket(summary="Nyt").outcome("title") == "closed-off"
    assert agreeing().ticket(archived=True).issue(title="Nyt").outcome("title") == "closed-off"


def test_paused_nothing_is_carried_and_observing_it_is_only_told():
    it = agreeing().issue(title="Login er nede")
    plan = decide(it.facts, rules(("mode: act", "mode: observe")), "act", NOW)
    assert plan.in_step is not None
    assert [one for one in plan.writes() if isinstance(one, Carry)] == []
    paused = it.note(Remember("hold:pause", "on", because="/os2 pause"))
    assert decide(paused.facts, it.policy, "act", NOW).in_step is None

"""An issue and its ticket are kept in step field by field, and nothing a person set is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.backlog.leaving import mark_of
from os2kb.backlog.workflow import Transition
from os2kb.governance.decide import decide
from os2kb.governance.plan import Remember
from os2kb.governance.plan_json import plan_json
from os2kb.governance.tickets.actions import CreateTicket, LinkTicket
from os2kb.governance.tickets.agreed import CHOICE, RELEASED, choice
from os2kb.governance.tickets.carry import Carried, Carry
from os2kb.governance.tickets.keep import kept_in_step
from os2kb.governance.tickets.told_in_step import plan_in_step, why_in_step
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import NOW
from tests.unit.governance.tickets.in_step import (
    Both,
    agreeing,
    both,
    one_way,
    rules,
    said_in_jira,
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
    it.note(Remember(f"{CHOICE}title", choice("jira", values), "/os2 jira"))  # type: ignore[arg-type]
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
    it.note(Remember(f"{RELEASED}{mark_of(text)}", "on", "/os2 jira"))
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
        it.note(CreateTicket("DEMO", "Fejl", "Loginsiden", "/os2 jira"))
        assert it.writes == {"jira description": "Den svarer *ikke*."}
        assert it.outcome("title") == "conflict"


class TestStatus:
    def test_a_status_that_needs_a_field_gets_it_from_the_policy(self):
        it = agreeing().issue(open=False, state_reason="not_planned")
        (carry,) = it.look().actions
        assert isinstance(carry, Carry)
        assert [dict(step.fields) for step in carry.steps] == [{"Resolution": "Won't Do"}]

    def test_without_a_way_it_is_told_what_is_missing(self):
        it = agreeing(rules(("  required: {Resolution: Done}\n", ""), ("completed: Done, ", "")))
        it.issue(open=False, state_reason="completed")
        assert it.outcome("status") == "no-way"
        assert "Resolution" in it.of("status").why.en
        assert it.ticket(transitions=()).of("status").why.en.startswith("The workflow has no way")

    def test_a_longer_way_is_taken_where_it_is_known(self):
        it = agreeing().ticket(transitions=(Transition("1", "Begynd", "In Progress"),))
        assert it.facts.ticket is not None
        known = {"In Progress": (Transition("2", "Luk", "Done"),)}
        it.facts = replace(it.facts, ticket=replace(it.facts.ticket, workflow=known))
        it.issue(open=False, state_reason="completed")
        (carry,) = it.look().actions
        assert isinstance(carry, Carry)
        assert [step.transition.name for step in carry.steps] == ["Begynd", "Luk"]

    def test_where_a_status_means_two_things_the_ticket_leaves_it_and_comes_back(self):
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


class TestWhatWasDone:
    def changed(self) -> tuple[Both, Carry]:
        it = agreeing().issue(title="Login er nede")
        (carry,) = it.look().actions
        assert isinstance(carry, Carry)
        return it, carry

    def test_once_carried_and_noted_nothing_is_left_to_do(self):
        it, carry = self.changed()
        it.noted(carry).ticket(summary="Login er nede")
        assert it.writes == {}
        assert it.outcome("title") == "same"

    def test_a_write_whose_answer_was_lost_is_known_as_ours(self):
        it, carry = self.changed()
        it.note(carry, "planned").ticket(summary="Login er nede")
        it.issue(title="Alt er nede")
        assert it.writes == {"jira title": "Alt er nede"}

    def test_one_that_never_arrived_is_made_again(self):
        it, carry = self.changed()
        assert it.note(carry, "planned").writes == {"jira title": "Login er nede"}

    def test_what_was_taken_back_is_not_done_again_until_it_changes(self):
        it, carry = self.changed()
        it.note(carry, "undone")
        assert it.outcome("title") == "undone"
        assert it.writes == {}
        assert it.issue(title="Alt er nede").writes == {"jira title": "Alt er nede"}

    def test_what_was_taken_back_is_done_again_when_a_person_asks_for_it(self):
        it, carry = self.changed()
        values = {"github": "Login er nede", "jira": "Loginsiden er nede"}
        asked = Remember(f"{CHOICE}title", choice("github", values), "/os2 jira")  # type: ignore[arg-type]
        it.note(carry, "undone").note(asked)
        assert it.writes == {"jira title": "Login er nede"}

    def test_what_was_taken_back_of_another_ticket_says_nothing_of_this_one(self):
        it, carry = self.changed()
        it.note(carry, "undone").note(LinkTicket("DEMO-7", "/os2 jira"))
        assert it.writes == {"jira title": "Login er nede"}

    def test_what_was_refused_is_tried_again_the_next_day(self):
        it, carry = self.changed()
        it.note(carry, "skipped", "Jira afviste det")
        assert it.outcome("title") == "refused"
        assert it.look().wake_at == NOW + timedelta(days=1)
        it.now = NOW + timedelta(days=1)
        assert it.writes == {"jira title": "Login er nede"}

    def test_one_label_that_was_taken_back_holds_up_no_other(self):
        it = agreeing().issue(labels=("Bug", "fejl: mindre", "kalender"))
        (carry,) = it.look().actions
        it.note(carry, "undone")
        assert it.outcome("labels") == "undone"
        it.issue(labels=("Bug", "fejl: mindre", "kalender", "god start"))
        assert it.writes == {"jira labels": {"god-start"}}

    def test_of_two_labels_that_were_taken_back_one_after_the_other_neither_comes_again(self):
        it = agreeing().issue(labels=("Bug", "fejl: mindre", "kalender"))
        it.note(it.look().actions[0], "undone")
        it.issue(labels=("Bug", "fejl: mindre", "kalender", "god start"))
        it.note(it.look().actions[0], "undone")
        assert it.outcome("labels") == "undone"
        assert it.writes == {}

    def test_a_label_that_was_put_on_here_and_taken_off_there_stays_off(self):
        it = agreeing().issue(labels=("Bug", "fejl: mindre", "kalender", "god start"))
        (carry,) = it.look().actions
        assert isinstance(carry, Carry)
        it.noted(carry).ticket(labels=frozenset({"god-start"}))
        assert it.writes == {"github labels": {"Bug", "fejl: mindre", "god start"}}

    def test_the_last_label_is_not_taken_off_on_the_other_side(self):
        it = both(issue_says={"labels": ("kalender",)}, labels=frozenset({"kalender"})).agree()
        assert it.ticket(labels=frozenset()).outcome("labels") == "not-blanked"


def test_what_is_noted_of_a_carry_is_read_as_it_was_written():
    it = agreeing().issue(labels=("Bug", "fejl: mindre", "kalender"), title="Æ\ud83d 🙂\n\"'")
    for action in it.look().actions:
        assert isinstance(action, Carry)
        kept = Carried.read(action.content)
        assert (kept.value, kept.put) == (action.value, action.put)


def test_a_locked_issue_and_an_archived_ticket_are_not_written_to():
    assert agreeing().issue(locked=True).ticket(summary="Nyt").outcome("title") == "closed-off"
    assert agreeing().ticket(archived=True).issue(title="Nyt").outcome("title") == "closed-off"


def test_what_we_just_wrote_on_github_and_that_it_does_not_show_yet_is_not_undone_in_jira():
    it = agreeing().ticket(summary="Login er nede")
    (carry,) = it.look().actions
    assert isinstance(carry, Carry)
    it.noted(carry)  # and GitHub still answers with the title before
    assert it.outcome("title") == "unread"
    assert it.writes == {}
    assert it.look().wake_at == NOW + timedelta(minutes=1)
    it.issue(updated_at=NOW)  # it is newer than our write: somebody wrote the old title again
    assert it.writes == {"jira title": "Loginsiden er nede"}


def test_what_a_workflow_lacks_is_told_in_public_only_where_the_status_may_leave_jira():
    def told(policy: Policy) -> str:
        it = agreeing(policy).ticket(status="In Progress", transitions=())
        it.issue(open=False, state_reason="completed")
        return "\n".join(why_in_step(it.look(), "da"))

    assert "ingen vej fra In Progress" in told(rules())
    private = told(rules(("description, status,", "description,")))
    assert "In Progress" not in private
    assert "`os2kb plan` siger hvad" in private


def test_a_plan_tells_of_every_field_and_of_what_stays_in_jira_and_repeats_no_value():
    it = agreeing(rules(("public: [title, ", "public: [")))
    it.issue(title="Login er nede", labels=("Bug", "fejl: mindre", "kalender"))
    it.ticket(summary="Hemmeligt", comments=(said_in_jira(5, "Kun os", restricted_to="Os"),))
    plan = decide(it.facts, it.policy, "act", NOW)
    told = plan_json(plan, "da")["in_step"]
    outcomes = {one["field"]: one["outcome"] for one in told["fields"]}
    assert outcomes["title"] == "conflict"
    assert outcomes["labels"] == "carried"
    assert told["comments"] == [{"side": "jira", "id": "5", "outcome": "not-public"}]
    assert told["stays"] == [
        {"what": "title", "why": "not-named"},
        {"what": "5", "why": "restricted"},
    ]
    assert plan.in_step is not None
    said = "\n".join(one.da for one in plan_in_step(plan.in_step))
    assert "Feltet title: Ændret på begge sider" in said
    assert "5 bliver i Jira: Kun nogle må se det i Jira." in said
    assert "Hemmeligt" not in said + str(told)


def test_paused_nothing_is_carried_and_observing_it_is_only_told():
    it = agreeing().issue(title="Login er nede")
    plan = decide(it.facts, rules(("mode: act", "mode: observe")), "act", NOW)
    assert plan.in_step is not None
    assert [one for one in plan.writes() if isinstance(one, Carry)] == []
    paused = it.note(Remember("hold:pause", "on", "/os2 pause"))
    assert decide(paused.facts, it.policy, "act", NOW).in_step is None

"""`/os2 jira sync` and `release`: a person looks, chooses a side, and lets a text go."""

from dataclasses import replace
from typing import Any

import pytest

from os2kb.backlog.leaving import mark_of
from os2kb.governance.actions import Remember
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.jira import jira
from os2kb.governance.commands.outcome import Outcome
from os2kb.governance.tickets.agreed import CHOICE, RELEASED
from tests.unit.governance.cases import comment
from tests.unit.governance.tickets.in_step import Both, agreeing, rules, said_in_jira

CPR = "Borgeren 010190-1234 kan ikke logge ind"


def asked(it: Both, text: str) -> Outcome:
    return jira(Command("jira", text, 900, "kim"), it.facts, it.policy)


def after(it: Both, text: str) -> Both:
    """The same once the command was carried out."""
    for action in asked(it, text).actions:
        it.note(action)
    return it


def test_sync_tells_of_every_field_and_asks_for_nothing():
    it = agreeing().issue(title="Login er nede", body="").ticket(summary="Alt er nede")
    said = asked(it, "sync")
    assert said.actions == ()
    assert "- Feltet `title`: Ændret på begge sider; en person skal vælge" in said.said
    assert "Vælg med `/os2 jira sync title github` / `/os2 jira sync title jira`." in said.said
    assert "- Feltet `description`: Tømt på den ene side" in said.said
    assert "Alt er nede" not in said.said


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("sync title github", {"jira title": "Login er nede"}),
        ("synk Titel JIRA", {"github title": "Alt er nede"}),
    ],
)
def test_the_side_that_a_person_chose_is_carried(text: str, writes: dict[str, Any]):
    it = agreeing().issue(title="Login er nede").ticket(summary="Alt er nede")
    assert after(it, text).writes == writes


def test_a_choice_was_made_once_and_not_for_every_time_that_both_say_the_same_again():
    it = agreeing().issue(title="Login er nede").ticket(summary="Alt er nede")
    after(it, "sync title github").write()
    it.issue(title="Intet virker").ticket(summary="Intet virker").agree()
    it.issue(title="Login er nede").ticket(summary="Alt er nede")
    assert it.outcome("title") == "conflict"
    assert after(it, "sync title jira").writes == {"github title": "Alt er nede"}


def test_what_jira_must_not_tell_cannot_be_chosen():
    private = rules(("public: [title, ", "public: ["))
    it = agreeing(private).issue(title="Login er nede").ticket(summary="Hemmeligt")
    said = asked(it, "sync title jira")
    assert said.actions == ()
    assert "kan ikke vælges" in said.said
    assert "Hemmeligt" not in said.said
    assert after(it, "sync title github").writes == {"jira title": "Login er nede"}


@pytest.mark.parametrize(
    "text", ["sync title", "sync title begge", "sync \0", "sync reporter jira"]
)
def test_what_is_not_understood_is_answered_with_the_fields(text: str):
    said = asked(agreeing(), text)
    assert said.actions == ()
    assert "`title`" in said.said


def test_of_labels_which_go_one_by_one_no_side_is_chosen():
    it = agreeing().issue(labels=("Bug", "fejl: mindre", "kalender"))
    said = asked(it, "sync labels github")
    assert said.actions == ()
    assert "kan ikke vælges" in said.said
    assert it.writes == {"jira labels": {"kalender"}}


def test_a_field_that_says_the_same_on_both_sides_is_nothing_to_choose():
    said = asked(agreeing(), "sync title github")
    assert said.actions == ()
    assert "Begge sider siger det samme." in said.said


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("release description", {"body": CPR}),
        ("frigiv tekst", {"body": CPR}),
        ("release title", {"title": CPR}),
        ("release 77", {"comments": (comment(CPR, 77),)}),
    ],
)
def test_exactly_the_text_that_is_held_back_is_released(text: str, changes: dict[str, Any]):
    it = agreeing().issue(**changes)
    assert it.writes == {}
    (kept,) = asked(it, text).actions
    assert isinstance(kept, Remember)
    assert kept.name == f"{RELEASED}{mark_of(CPR)}"
    assert len(after(it, text).writes) == 1
    changed = {key: CPR + "!" if isinstance(value, str) else () for key, value in changes.items()}
    assert it.issue(**changed).writes == {}


def test_a_text_of_jiras_is_released_only_where_a_person_says_that_it_is_jiras():
    it = agreeing().ticket(description=CPR, comments=(said_in_jira(5, CPR + ", igen"),))
    assert asked(it, "release description").actions == ()
    assert asked(it, "release 5").actions == ()
    assert list(after(it, "release description jira").writes) == ["github description"]
    assert "github copy of 5" in after(it, "release 5 jira").writes


@pytest.mark.parametrize("private", [{"restricted_to": "Administrators"}, {"internal": True}])
def test_of_a_comment_that_only_some_may_see_in_jira_nothing_is_told_nor_released(
    private: dict[str, Any],
):
    it = agreeing().ticket(comments=(said_in_jira(5, CPR, **private),))
    said = asked(it, "release 5 jira")
    assert said.actions == ()
    assert said.said == asked(agreeing(), "release 5 jira").said


def test_what_is_not_held_back_cannot_be_released():
    for text in ("release", "release title", "release 12", "release description jira"):
        said = asked(agreeing(), text)
        assert said.actions == ()
        assert "holdt tilbage" in said.said


def test_a_comment_and_its_copy_are_chosen_by_number():
    it = agreeing()
    assert asked(it, "sync 5 jira").actions == ()
    assert "ikke begge rettet" in asked(it, "sync 5 jira").said


def test_without_a_ticket_that_can_be_read_there_is_nothing_to_keep_in_step():
    it = agreeing()
    it.facts = replace(it.facts, ticket=None)
    for text in ("sync", "sync title jira", "release title"):
        said = asked(it, text).said
        assert "ikke noget at holde i trit" in said
        assert "/os2 jira link" in said, "what to do about it"


def test_a_choice_is_kept_under_the_name_of_its_field():
    it = agreeing().issue(title="Login er nede").ticket(summary="Alt er nede")
    (kept,) = asked(it, "sync title jira").actions
    assert isinstance(kept, Remember)
    assert kept.name == f"{CHOICE}title"


def test_what_the_other_side_cannot_show_of_a_text_is_told_but_not_of_what_stays_in_jira():
    it = agreeing().issue(body="Se ![login](https://a.dk/login.png)")
    assert "Jira ikke vise alt: Et billede er blevet til et link." in asked(it, "sync").said
    it = agreeing().ticket(description="{panel}Drift{panel}")
    assert "GitHub ikke vise alt: Jiras makroer er væk" in asked(it, "sync").said
    private = agreeing(rules(("description, ", ""))).ticket(description="{panel}Drift{panel}")
    assert "makroer" not in asked(private, "sync").said

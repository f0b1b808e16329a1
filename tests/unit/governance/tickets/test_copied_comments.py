"""Comments of an issue and its ticket: copied once, followed, and never out of what is closed."""

from dataclasses import replace
from typing import Any

import pytest

from os2kb.backlog.comments import Copy
from os2kb.backlog.leaving import mark_of
from os2kb.governance.actions import CopyComment, Remember
from os2kb.governance.commands.in_the_way import in_the_way
from os2kb.governance.facts import Account
from os2kb.governance.tickets.agreed import CHOICE, RELEASED, choice
from tests.unit.governance.cases import OTHER_BOT, SELF, comment
from tests.unit.governance.tickets.in_step import Both, agreeing, rules, said_in_jira

KIM = Account("kim")


def said(*comments: Any, jira: tuple[Any, ...] = (), **more: Any) -> Both:
    return agreeing(**more).issue(comments=comments).ticket(comments=jira)


def copied(it: Both, side: str, *copies: Copy) -> Both:
    """What our store knows of copies of that side's comments."""
    assert it.facts.ticket is not None
    known = {**it.facts.ticket.copies, side: copies}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, copies=known))  # type: ignore[arg-type]
    return it


def outcomes(it: Both) -> list[str]:
    return [one.outcome for one in it.look().comments]


def test_a_comment_is_copied_to_jira_with_who_said_it_where():
    it = said(comment("Se **her**, @bo", 77, KIM))
    assert it.writes == {
        "jira copy of 77": "*kim* [skrev på GitHub|https://github.example/c/77]:\n\nSe *her*, @bo"
    }


def test_a_comment_of_jira_names_only_whom_the_policy_knows_and_mentions_nobody():
    known = said_in_jira(5, "Se *her*, [~acc-kim] og @ida", author="acc-bo")
    unknown = said_in_jira(6, "Hemmelig Hansen her", author="acc-hansen")
    written = said(jira=(known, unknown)).writes
    assert written["github copy of 5"] == (
        "**bo** [skrev i Jira](<https://jira.example/browse/DEMO-7?focusedCommentId=5>):\n\n"
        "Se **her**, @<!-- -->Kim og @<!-- -->ida"
    )
    assert written["github copy of 6"].startswith("[Fra Jira](<")
    assert "acc-hansen" not in written["github copy of 6"]


def test_what_a_bot_wrote_or_begins_with_a_command_is_not_copied():
    it = said(
        comment("Jeg er en bot", 1, OTHER_BOT),
        comment("<!-- os2kb:status -->\nAlt er godt", 2, SELF),
        comment("/os2 jira sync", 3, KIM),
        jira=(said_in_jira(4, "Fra os", ours=True),),
    )
    assert it.writes == {}


@pytest.mark.parametrize(
    "private",
    [
        {"restricted_to": "Administrators"},
        {"internal": True},
    ],
)
def test_what_only_some_may_see_in_jira_stays_there(private: dict[str, Any]):
    it = said(jira=(said_in_jira(5, "Kun for os", **private),))
    assert outcomes(it) == ["not-public"]
    assert it.writes == {}


def test_personal_data_is_held_back_until_exactly_that_text_is_released():
    text = "Ring til borgeren 010190-1234"
    it = said(jira=(said_in_jira(5, text),))
    assert outcomes(it) == ["held"]
    it.note(Remember(f"{RELEASED}{mark_of(text)}", "on", because="/os2 jira"))
    assert list(it.writes) == ["github copy of 5"]


def test_its_copy_follows_when_a_comment_is_edited():
    there = said_in_jira(9, "*kim* [skrev på GitHub|https://x.dk]:\n\nFør", ours=True)
    there = replace(there, copy_of="copy:github:77")
    it = said(comment("Efter", 77, KIM), jira=(there,))
    (copy,) = copied(it, "github", Copy("77", "9", "Før")).look().copies
    assert (copy.known, copy.text, copy.side) == ("9", "Efter", "jira")


def test_a_copy_that_follows_is_noted_also_where_the_answer_was_never_heard():
    head = "*kim* [skrev på GitHub|https://github.example/c/77]:\n\n"
    ours = said_in_jira(900, f"{head}Nyt", ours=True, copy_of="copy:github:77")
    it = said(comment("Nyt", 77, KIM), jira=(ours,))
    copied(it, "github", Copy("77", "900", "Gammelt"))
    assert it.look().found["github"] == (Copy("77", "900", "Nyt"),)
    copied(it, "github", *it.look().found["github"])
    it.ticket(comments=(replace(ours, body=f"{head}Nyt, rettet i Jira"),))
    assert outcomes(it) == ["same"], "only one of them was edited"


def test_a_copy_is_known_by_its_mark_where_our_store_never_heard_of_it():
    there = said_in_jira(9, "*kim* [skrev på GitHub|https://x.dk]:\n\nSet", ours=True)
    it = said(comment("Set", 77, KIM), jira=(replace(there, copy_of="copy:github:77"),))
    assert outcomes(it) == ["same"]
    assert it.look().found["github"] == (Copy("77", "9", "Set"),)
    here = comment("<!-- os2kb:copy:jira:5 -->\n[Fra Jira](<https://x.dk>):\n\nSet", 80, SELF)
    other = said(here, jira=(said_in_jira(5, "Set"),))
    assert outcomes(other) == ["same"]


def test_a_marker_in_a_persons_comment_means_nothing():
    here = comment("<!-- os2kb:copy:jira:5 -->\nx\n\nSet", 80, KIM)
    it = said(here, jira=(said_in_jira(5, "Set"),))
    assert set(it.writes) == {"jira copy of 80", "github copy of 5"}


def test_a_copy_that_a_person_edited_or_deleted_is_left_alone():
    here = comment("<!-- os2kb:copy:jira:5 -->\n[Fra Jira](<https://x.dk>):\n\nRettet", 80, SELF)
    it = copied(said(here, jira=(said_in_jira(5, "Nyt"),)), "jira", Copy("5", "80", "Før"))
    assert outcomes(it) == ["conflict"]
    gone = copied(said(jira=(said_in_jira(5, "Nyt"),)), "jira", Copy("5", "80", "Før"))
    assert outcomes(gone) == ["gone"]
    assert it.writes == gone.writes == {}


def test_one_that_was_taken_back_is_not_made_again():
    it = said(comment("Set", 77, KIM))
    (copy,) = it.look().copies
    assert isinstance(copy, CopyComment)
    assert it.note(copy, "undone").writes == {}


def test_one_that_a_person_edited_is_not_taken_back():
    it = said(comment("Set", 77, KIM))
    (copy,) = it.look().copies
    assert isinstance(copy, CopyComment)
    done = it.note(copy).facts.receipts[-1]
    there = replace(said_in_jira(9, copy.body, ours=True), copy_of=copy.key)
    assert in_the_way(it.ticket(comments=(there,)).facts, done) is None
    edited = replace(there, body=there.body + " Og jeg har rettet det.")
    assert in_the_way(it.ticket(comments=(edited,)).facts, done) is not None


def test_one_of_jiras_that_a_person_edited_on_github_is_not_taken_back():
    it = said(jira=(said_in_jira(5, "Se *her*, [~acc-kim]", author="acc-bo"),))
    (copy,) = it.look().copies
    assert isinstance(copy, CopyComment)
    done = it.note(copy).facts.receipts[-1]
    body = f"<!-- os2kb:{copy.key} -->\n{copy.body}"
    assert in_the_way(it.issue(comments=(comment(body, 80, SELF),)).facts, done) is None
    edited = comment(body + "\n\nOg her", 80, SELF)
    assert in_the_way(it.issue(comments=(edited,)).facts, done) is not None


def test_one_that_is_longer_than_jira_takes_is_not_cut():
    assert said(comment("æ" * 32_760, 77, KIM)).writes == {}


def test_without_a_direction_no_comment_goes_anywhere_nor_is_weighed():
    it = said(
        comment("Set", 77, KIM),
        jira=(said_in_jira(5, "Hej"),),
        policy=rules(("    comments: both\n", "    comments: off\n")),
    )
    assert it.look().comments == ()


@pytest.mark.parametrize(("side", "written"), [("jira", "Nyt"), ("github", None)])
def test_where_a_comment_and_its_copy_were_both_edited_a_person_chooses(
    side: str, written: str | None
):
    here = comment("<!-- os2kb:copy:jira:5 -->\n[Fra Jira](<https://x.dk>):\n\nRettet", 80, SELF)
    it = copied(said(here, jira=(said_in_jira(5, "Nyt"),)), "jira", Copy("5", "80", "Før"))
    texts = it.look().texts["jira:5"]
    assert texts == {"jira": "Nyt", "github": "Rettet"}
    it.note(Remember(f"{CHOICE}jira:5", choice(side, texts), because="/os2 jira"))  # type: ignore[arg-type]
    assert [one.text for one in it.look().copies] == ([written] if written else [])
    assert it.look().found["jira"] == (() if written else (Copy("5", "80", "Nyt"),))

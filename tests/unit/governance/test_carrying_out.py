"""Who may give commands, that each is carried out once, and what hostile ones come to."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from os2kb.governance.actions import AddLabel, PutComment, React
from os2kb.governance.facts import Account, PullRequest
from tests.unit.governance.asked import KIM, SEVERE, after, effects, given, said
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import (
    BO,
    IDA,
    NOW,
    OTHER_BOT,
    event,
    issue,
    keys,
    plan,
    policy,
    pull,
)


@pytest.mark.parametrize(
    ("text", "by"),
    [("/os2 label Bug", IDA), ("/os2 undo", BO), ("/os2 pause", IDA), ("/os2 recheck", KIM)],
)
def test_who_may_not_gets_a_thumb_down_and_one_line(text: str, by: Account) -> None:
    strict = policy("mode: act\ncommands: {recheck: '@os2demo/koordination'}")
    asked = given(text, issue(), by)
    writes = plan(asked, strict).writes()
    assert [one.key for one in writes] == ["reaction:30", "command:30", "comment:reply:30"]
    assert isinstance(writes[0], React)
    assert "kan du ikke bruge her" in said(asked, by=strict)
    assert "\n" not in said(asked, by=strict)


def test_a_comment_may_hold_both_what_is_allowed_and_what_is_not() -> None:
    asked = given("/os2 label Bug\n/os2 undo", by=BO)
    assert effects(asked) == ["label:add:Bug", "reaction:30"]


def test_bots_give_no_commands_and_get_no_replies() -> None:
    asked = replace(given("/os2 label Bug", by=OTHER_BOT), labels=("Bug",))
    assert keys(asked) == []


def test_a_comment_is_carried_out_once_whatever_people_do_after_it() -> None:
    done = after("/os2 label Bug")
    off = replace(done, labels=(), history=(*done.history, event("Bug", added=False, actor=IDA)))
    assert keys(off) == []


def test_a_command_whose_reply_was_refused_is_not_carried_out_again() -> None:
    asked = given("/os2 label Bug")
    writes = tuple(one for one in plan(asked).writes() if not one.key.startswith("comment:"))
    done = applied(asked, writes)
    off = replace(done, labels=(), history=(*done.history, event("Bug", added=False, actor=IDA)))
    assert keys(off) == ["comment:reply:30"]  # what was owed


def test_an_edited_or_deleted_comment_changes_nothing_more() -> None:
    done = after("/os2 pause", pull())
    (written, *rest) = done.comments
    edited = replace(written, body="/os2 label Bug", updated_at=NOW)
    assert keys(replace(done, comments=(edited, *rest))) == []
    assert keys(replace(done, comments=tuple(rest))) == []  # the pause stands, too


def test_commands_are_carried_out_in_the_order_they_were_written() -> None:
    asked = given("/os2 pause\n/os2 resume\n/os2 pause", pull())
    assert keys(applied(asked, plan(asked).writes())) == []
    assert "Jeg holder pause her" in said(asked)


def test_a_draft_and_a_closed_subject_obey_too() -> None:
    assert after("/os2 label Bug", issue(open=False)).labels == ("Bug",)
    request = pull().pull_request
    assert isinstance(request, PullRequest)
    assert after(
        "/os2 label Bug", replace(pull(), pull_request=replace(request, draft=True))
    ).labels


HOSTILE = (
    *("\0", "\ud800", "\u202eBug", "🎉", "Bug\u200b", "<b>Bug</b>", "<!-- os2kb:reply:1 -->"),
    *(
        "@kim #1 https://github.example",
        "`Bug` `Bug`",
        "Bug\r/os2 undo",
        "*" * 60_000,
        "[" * 60_000,
    ),
    *("æøå" * 20_000, "ignore all rules and set wontfix", "wontfix\u00a0", "*", "all", ".*", "{}"),
)


@settings(deadline=None)
@drawn(
    st.sampled_from(["label", "severity", "ignore", "resume", "undo", "x"]),
    st.sampled_from(HOSTILE) | st.text(max_size=30),
)
def test_whatever_follows_a_command_sets_labels_that_exist_and_repeats_nothing(
    word: str, text: str
) -> None:
    asked = given(f"/os2 {word} {text}")
    planned = plan(asked, SEVERE)
    added = {one.label for one in planned.writes() if isinstance(one, AddLabel)}
    assert added <= set(asked.repository.labels) - {"wontfix"}
    for written in planned.writes():
        if isinstance(written, PutComment):
            assert len(written.body) < 4_000
            assert written.body.count("<!-- os2kb:") == 1
            assert "@kim" not in written.body

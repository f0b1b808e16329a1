"""Commands that were planned and cut off: finished as decided, or left until they may be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.governance.commands.given.unanswered import TOO_OLD
from os2kb.governance.decide import decide
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.holds import is_paused
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import Receipt, next_plan
from tests.unit.governance.asked import effects, given, said
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import (
    BO,
    NOW,
    POLICY,
    body,
    event,
    issue,
    keys,
    plan,
    policy,
    pull,
)

OBSERVING = policy("mode: observe")
DECIDED = "/os2 ignore linked-issue\n/os2 undo\n/os2 label Bug"


def cut_off(facts: Facts) -> Facts:
    """The subject where all was planned, and nothing of it written."""
    planned = tuple(
        Receipt(one.key, "planned", one.because, NOW, one.content, plan=number)
        for number, one in numbered(plan(facts).writes(), next_plan(facts.receipts))
    )
    return replace(facts, receipts=(*facts.receipts, *planned))


def changed(facts: Facts, text: str) -> Facts:
    """Its newest comment, edited by its writer."""
    *others, last = facts.comments
    edited = replace(last, body=text, updated_at=last.created_at + timedelta(minutes=1))
    return replace(facts, comments=(*others, edited))


@pytest.mark.parametrize("text", ["Glem det.", "/os2 label Spørgsmål"])
def test_a_comment_that_was_edited_since_is_finished_as_it_was_and_told_so(text: str) -> None:
    asked = changed(cut_off(given("/os2 pause\n/os2 label Bug", pull())), text)
    assert effects(asked) == ["label:add:Bug"]
    assert "Jeg har udført det, der stod i den først." in said(asked)
    done = applied(asked, plan(asked).writes())
    assert is_paused(done)
    assert keys(done) == []


def test_a_comment_that_was_edited_before_its_reply_was_written_is_owed_one() -> None:
    asked = given("/os2 label Bug")
    done = applied(asked, plan(asked).writes()[:-1])
    assert keys(changed(done, "Glem det.")) == ["comment:reply:30"]
    answered = applied(asked, plan(asked).writes())
    assert keys(changed(answered, "Glem det.")) == []


def test_a_comment_that_was_deleted_since_is_finished_without_a_reply() -> None:
    asked = replace(cut_off(given("/os2 label Bug")), comments=())
    assert "label:add:Bug" in keys(asked)
    assert "comment:reply:30" not in keys(asked)
    assert keys(applied(asked, plan(asked).writes())) == []


@pytest.mark.parametrize("text", [DECIDED, f"/os2 why\n{DECIDED}"], ids=["changes", "reads, too"])
def test_an_observing_or_silent_look_says_nothing_of_it_and_ends_nothing(text: str) -> None:
    asked = cut_off(given(text))
    assert keys(asked, OBSERVING) == []
    silent = decide(asked, POLICY, "act", NOW, silent=True)
    assert not [one for one in silent.actions if one.because.startswith("/os2")]


@pytest.mark.parametrize("minute", [40, 61], ids=["our clock is ahead", "the clocks agree"])
def test_a_label_that_people_put_on_and_took_off_meanwhile_stays_off(minute: int) -> None:
    taken_off = event("Bug", added=False, actor=BO, minute=20)
    asked = cut_off(given("/os2 label Bug", issue(history=(taken_off,))))
    assert effects(asked) == ["label:add:Bug"]  # what was taken off before is put on, as asked
    back_and_forth = (
        event("Bug", added=True, actor=BO, minute=minute),
        event("Bug", added=False, actor=BO, minute=minute + 1),
    )
    since = replace(asked, history=(*asked.history, *back_and_forth))
    assert keys(since) == ["hold:label:bug", "command:30", "comment:reply:30"]
    assert applied(since, plan(since).writes()).labels == ()


def test_a_week_later_nobody_expects_it_any_more() -> None:
    asked = cut_off(given("/os2 label Bug"))
    later = decide(asked, POLICY, "act", NOW + TOO_OLD)
    assert not [one for one in later.actions if one.because.startswith("/os2")]


def test_two_comments_that_were_cut_off_are_both_finished() -> None:
    asked = cut_off(given("/os2 label Bug", given("/os2 pause"), number=31))
    both = changed(asked, "Glem det.")
    assert effects(both) == ["label:add:Bug"]
    assert "Jeg holder pause her" in body(both, "comment:reply:30")
    assert keys(applied(both, plan(both).writes())) == []

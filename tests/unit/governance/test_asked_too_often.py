"""Who asks again and again: one reply for the same answer, and a bound for the rest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.governance.actions import PutComment
from os2kb.governance.commands.given.unanswered import MOST_AN_HOUR
from os2kb.governance.facts import Account, Comment, Facts, Linked, Role
from os2kb.governance.ledger.marks import own_comment
from os2kb.policy.policy import Policy
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import (
    BO,
    IDA,
    NOW,
    POLICY,
    START,
    issue,
    keys,
    plan,
    policy,
    pull,
)

AGAIN = "Du har spurgt igen, og svaret er det samme."
LAST = "kommandoer derudover lader jeg ligge"
OBSERVING = policy("mode: observe")


def written(text: str, second: int, who: Account = IDA) -> Comment:
    at = START + timedelta(seconds=second)
    return Comment(1000 + second, who, text, at, at, "https://github.example/c")


def flood(text: str | Callable[[int], str], count: int, who: Account = IDA) -> Facts:
    """As many comments, a second between them."""
    said = text if callable(text) else lambda _: text
    comments = tuple(written(said(second), second, who) for second in range(count))
    return replace(issue("Eksport"), comments=comments, roles={"bo": Role.TRIAGE})


def said(facts: Facts, by: Policy = POLICY) -> list[str]:
    return [one.body for one in plan(facts, by).writes() if isinstance(one, PutComment)]


def settled(facts: Facts, by: Policy = POLICY) -> Facts:
    return applied(facts, plan(facts, by).writes())


@pytest.mark.parametrize("by", [POLICY, OBSERVING], ids=["act", "observe"])
def test_the_same_question_with_the_same_answer_is_answered_once(by: Policy) -> None:
    asked = flood("/os2 why", 1_000)
    (reply,) = said(asked, by)
    assert reply.startswith("<!-- os2kb:reply:1000 -->")
    assert reply.count(AGAIN) == 1
    assert plan(settled(asked, by), by).writes() == ()


def test_who_asks_again_later_is_told_so_in_the_first_reply_once() -> None:
    once = settled(flood("/os2 help", 1))
    assert AGAIN not in once.comments[-1].body
    twice = replace(once, comments=(*once.comments, written("/os2 help", 60)))
    assert keys(twice) == ["comment:reply:1000", "command:1060"]
    told = settled(twice)
    first = own_comment(told, "reply:1000")
    assert first is not None
    assert first.body.rstrip().endswith(AGAIN)
    assert own_comment(told, "reply:1060") is None
    thrice = replace(told, comments=(*told.comments, written("/os2 help", 90)))
    assert keys(thrice) == ["command:1090"]
    assert plan(settled(thrice)).writes() == ()


def test_another_person_another_answer_and_another_hour_get_replies_of_their_own() -> None:
    once = settled(flood("/os2 help", 1))
    theirs = replace(once, comments=(*once.comments, written("/os2 help", 60, BO)))
    assert keys(theirs) == ["comment:reply:1060"]
    later = replace(once, comments=(*once.comments, written("/os2 help", 3_600)))
    assert keys(later) == ["comment:reply:4600"]
    judged = settled(replace(flood("/os2 why", 1), pull_request=pull().pull_request))
    mended = replace(
        judged, linked=(Linked(12),), comments=(*judged.comments, written("/os2 why", 60))
    )
    assert "comment:reply:1060" in keys(mended)


def test_a_reply_that_was_deleted_while_we_added_to_it_is_not_given_anew() -> None:
    once = settled(flood("/os2 help", 1))
    kept = tuple(one for one in once.comments if not one.author.is_self)
    added = replace(once.receipts[-1], state="skipped")
    assert added.action == "comment:reply:1000"
    assert keys(replace(once, comments=kept, receipts=(*once.receipts, added))) == []


def test_a_reply_that_a_person_edited_is_theirs() -> None:
    once = settled(flood("/os2 help", 1))
    theirs = replace(once.comments[-1], body=once.comments[-1].body + "\nRettet.")
    again = replace(once, comments=(once.comments[0], theirs, written("/os2 help", 60)))
    assert keys(again) == ["comment:reply:1060"]


def test_a_command_that_changes_something_is_answered_each_time() -> None:
    assert len(said(flood("/os2 label Bug", 3, BO))) == 3


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (lambda second: f"/os2 ask Hvad er {second}?\n/os2 why", IDA),
        (lambda second: "/os2 label Bug", IDA),
        (lambda second: "/os2 label Bug\n/os2 undo\n/os2 ignore\n/os2 resume", BO),
    ],
    ids=["asks", "may not", "may"],
)
def test_beyond_the_bound_of_an_hour_commands_are_left_alone_for_good(
    text: Callable[[int], str], who: Account
) -> None:
    private = policy("mode: act\nguidelines: {rules: {security-report: advise}}")
    asked = replace(flood(text, 1_000, who), title="XSS: jeg har fundet et sikkerhedshul")
    replies = said(asked, private)
    answers = [one for one in replies if "os2kb:reply:" in one]
    assert len(answers) <= MOST_AN_HOUR
    assert [one.count(LAST) for one in answers if LAST in one] == [1]
    assert LAST in answers[-1]
    after = settled(asked, private)
    assert plan(after, private).writes() == ()
    assert "comment:reply:5000" in keys(
        replace(after, comments=(*after.comments, written("/os2 help", 4_000, who))), private
    )


@pytest.mark.parametrize("by", [POLICY, OBSERVING], ids=["act", "observe"])
def test_what_was_left_alone_is_not_carried_out_when_earlier_comments_are_deleted(
    by: Policy,
) -> None:
    words = [f"/os2 {chr(ord('a') + one)}zqv" for one in range(MOST_AN_HOUR)]
    asked = flood(lambda second: [*words, "/os2 label Bug\n/os2 why"][second], 21, BO)
    done = settled(asked, by)
    kept = tuple(one for one in done.comments if one.id not in (1003, 1004))
    assert len(kept) == len(done.comments) - 2
    assert plan(replace(done, comments=kept), by).writes() == ()


@pytest.mark.parametrize("text", ["/os2 why", "/os2 label Bug", "/os2 x{}qv"])
def test_who_deletes_their_own_comments_is_answered_no_more_for_it(text: str) -> None:
    facts = flood("", 0)
    answered = 0
    for second in range(MOST_AN_HOUR + 5):
        asked = written(text.format(second), second)
        facts = replace(facts, comments=(*facts.comments, asked))
        answered += sum("os2kb:reply:" in one for one in said(facts))
        facts = settled(facts)
        facts = replace(facts, comments=tuple(one for one in facts.comments if one is not asked))
    assert answered == MOST_AN_HOUR
    of_another = replace(facts, comments=(*facts.comments, written("/os2 help", 90, BO)))
    assert "comment:reply:1090" in keys(of_another)
    hours = 3_600 * 3
    later = replace(facts, comments=(*facts.comments, written("/os2 help", hours)))
    assert f"comment:reply:{1000 + hours}" in keys(later)


def test_one_person_does_not_use_up_what_is_anothers() -> None:
    asked = flood("/os2 recheck", 100)
    both = replace(asked, comments=(*asked.comments, written("/os2 help", 200, BO)))
    assert f"comment:reply:{1200}" in keys(both)
    assert both.comments[-1].created_at < NOW

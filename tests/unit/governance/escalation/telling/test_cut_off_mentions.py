"""Mentions of which we do not know whether they were made: those are not made twice."""

from dataclasses import replace

from tests.unit.governance.cases import OTHER_BOT, SELF, comment
from tests.unit.governance.escalation.at_work import (
    BOARD,
    DRIFT,
    Desk,
    fault,
    messages,
    planned,
    whom,
)


def test_a_mention_we_were_cut_off_in_mentions_whom_it_was_to_and_nobody_else() -> None:
    desk = Desk(fault("kritisk"))
    (told,) = messages(desk.plan("2 10.05"))
    desk.facts = replace(desk.facts, receipts=(planned(told),))
    plan = desk.look("2 12.00")
    assert [(one.once, one.to) for one in messages(plan)] == [
        ("mention:1", (DRIFT,)),
        ("mention:2", ("@kim",)),
    ]


def test_a_mention_that_is_there_was_made_whatever_we_heard_of_it() -> None:
    desk = Desk(fault("kritisk"))
    (told,) = messages(desk.plan("2 10.05"))
    made = comment(told.body, 500, SELF)
    desk.facts = replace(desk.facts, receipts=(planned(told),), comments=(made,))
    assert whom(desk.plan("2 10.06")) == []


def test_a_mention_the_forge_refused_is_tried_again_and_a_chat_that_is_not_there_is_not() -> None:
    desk = Desk(fault("kritisk"))
    (told,) = messages(desk.plan("2 10.05"))
    refused = replace(planned(told), state="skipped", note="we lack a permission")
    desk.facts = replace(desk.facts, receipts=(refused,))
    assert whom(desk.plan("2 10.06")) == [(DRIFT,)]
    chat = replace(refused, action=f"tell:{BOARD}", content=DRIFT, note="OS2KB_ZULIP_SITE")
    desk.facts = replace(desk.facts, receipts=(chat,))
    assert whom(desk.plan("2 10.06")) == []


def test_a_subject_that_was_moved_here_never_edits_another_products_mention() -> None:
    """The comments came along, their receipts did not."""
    theirs = comment("<!-- os2kb:tell:mention:1 -->\n@anden\n", 500, SELF)
    desk = Desk(fault("kritisk", comments=(theirs,)))
    (told,) = messages(desk.look("2 10.05"))
    assert told.once == "mention:2"
    assert theirs in desk.facts.comments


def test_somebody_elses_comment_with_our_marker_tells_nothing() -> None:
    forged = comment("<!-- os2kb:tell:mention:1 -->\n@os2demo/drift\n", 500, OTHER_BOT)
    desk = Desk(fault("kritisk", comments=(forged,)))
    assert [(one.once, one.to) for one in messages(desk.plan("2 10.05"))] == [
        ("mention:1", (DRIFT,))
    ]

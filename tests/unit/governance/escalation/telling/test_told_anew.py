"""A fault that was closed and is opened again: whoever was told at once hears of it, once."""

from dataclasses import replace

from os2kb.governance.ledger.marks import own_comment
from tests.unit.governance.escalation.at_work import (
    BO,
    DRIFT,
    KIM,
    Desk,
    fault,
    messages,
    model,
    moment,
    planned,
    whom,
)


def reopened(desk: Desk, closed: str = "2 15.00", again: str = "9 10.00") -> Desk:
    desk.look("2 10.05")
    desk.comment("Rettet i 2.1", BO, "2 11.00")
    desk.turn("closed", BO, closed)
    desk.look(closed)
    desk.turn("reopened", KIM, again)
    return desk


def test_whoever_was_told_at_once_is_told_that_it_is_open_again_and_nobody_else() -> None:
    desk = reopened(Desk(fault("kritisk")))
    plan = desk.look("9 10.01")
    assert whom(plan) == [(DRIFT,)]
    assert "Fejlen er kritisk, og den er åbnet igen. Trin 1 af 4" in messages(plan)[0].body
    assert whom(desk.plan("9 10.02")) == []
    assert desk.plan("9 10.02").writes() == ()
    for day in ("9 15.59", "10 10.00"):
        assert DRIFT not in {name for to in whom(desk.look(day)) for name in to}


def test_each_reopening_is_one_and_its_comment_one_of_its_own() -> None:
    desk = reopened(Desk(fault("kritisk")))
    first = messages(desk.look("9 10.01"))[0]
    desk.turn("closed", BO, "9 12.00")
    desk.look("9 12.00")
    desk.turn("reopened", KIM, "10 12.00")
    second = messages(desk.look("10 12.01"))[0]
    assert (first.to, second.to) == ((DRIFT,), (DRIFT,))
    assert own_comment(desk.facts, first.key) is not own_comment(desk.facts, second.key)


def test_who_closed_it_by_a_slip_disturbs_nobody() -> None:
    assert whom(reopened(Desk(fault("kritisk")), again="2 15.59").plan("2 16.00")) == []


def test_once_one_of_ours_has_answered_since_it_is_known() -> None:
    desk = reopened(Desk(fault("kritisk")))
    desk.comment("Vi ser på det igen", BO, "9 10.00")
    assert whom(desk.plan("9 10.01")) == []


def test_it_waits_for_the_quiet_hours_and_for_room_like_any_other() -> None:
    desk = reopened(Desk(fault("mindre")), again="9 20.00")
    assert (whom(desk.plan("9 20.01")), desk.plan("9 20.01").wake_at) == ([], moment("10 8.00"))
    assert whom(desk.plan("10 8.00")) == [(DRIFT,)]
    desk.facts = replace(desk.facts, messages={DRIFT: 10})
    assert whom(desk.plan("10 8.00")) == []


def test_a_stream_gets_a_message_of_its_own_for_it() -> None:
    desk = Desk(fault("kritisk"), model(('["@os2demo/drift"]', '["@bo", "zulip:OS2demo/drift"]')))
    told = messages(reopened(desk).look("9 10.01"))
    assert [one.to for one in told] == [("@bo",), ("zulip:OS2demo/drift",)]
    assert len({one.once for one in told}) == 2
    assert whom(desk.plan("9 10.02")) == []


def test_cut_off_in_telling_it_is_told_under_the_same_name_and_a_comment_that_shows_was_made() -> (
    None
):
    desk = reopened(Desk(fault("kritisk")))
    (told,) = messages(desk.plan("9 10.01"))
    desk.facts = replace(desk.facts, receipts=(*desk.facts.receipts, planned(told)))
    (again,) = messages(desk.plan("9 10.02"))
    assert again.key == told.key
    refused = replace(planned(told), state="skipped", note="we lack a permission")
    desk.facts = replace(desk.facts, receipts=(*desk.facts.receipts[:-1], refused))
    assert [one.key for one in messages(desk.plan("9 10.02"))] == [told.key]
    desk.look("9 10.02")
    assert whom(desk.plan("9 10.03")) == []


def test_nobody_hears_of_what_was_reopened_before_the_model_held() -> None:
    held = model(("  hours:", '  from: "2026-03-10"\n  hours:'))
    assert whom(reopened(Desk(fault("kritisk"), held)).plan("10 9.00")) == []

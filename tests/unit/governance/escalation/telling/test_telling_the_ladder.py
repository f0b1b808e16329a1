"""Who is told of a fault: each once, at the right rung, and nobody in vain."""

from dataclasses import replace
from datetime import timedelta

import pytest

from os2kb.governance.actions import Tell
from os2kb.governance.telling import STALE
from tests.unit.governance.cases import SELF, START, pull
from tests.unit.governance.escalation.at_work import (
    ADOPTED,
    BO,
    DRIFT,
    EVERYBODY,
    KIM,
    Desk,
    fault,
    form,
    messages,
    minutes,
    model,
    moment,
    whom,
)


def test_each_rung_is_told_when_its_turn_comes_and_once() -> None:
    desk = Desk(fault("kritisk"))
    assert whom(desk.look("2 10.05")) == [(DRIFT,)]
    assert whom(desk.look("2 11.59")) == []
    assert whom(desk.look("2 12.00")) == [("@kim",)]
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination",)]
    assert whom(desk.look("5 10.00")) == []  # the steering group waits for /os2 escalate
    assert "Trin 4, styregruppe, venter på, at nogen skriver /os2 escalate" in desk.status


def test_a_mention_says_why_and_by_when_and_repeats_nothing_of_the_issue() -> None:
    desk = Desk(replace(fault("kritisk"), title="@os2demo/alle **SE HER**"))
    desk.look("2 10.05")
    (told,) = messages(desk.look("2 12.00"))
    assert told.body.split("\n")[:7] == [
        "<!-- os2kb:tell:mention:2 -->",
        "@kim",
        "",
        "Fejlen er kritisk, og der er ikke svaret i tide. Trin 2 af 4 er nået: produktkoordinator.",
        "",
        "- Svar: overskredet mandag den 2. marts kl. 12.00",
        "- Plan: senest tirsdag den 3. marts kl. 10.00",
    ]
    assert "SE HER" not in told.body
    assert told.because == "severity"  # the rule that explains it


def test_after_a_week_of_downtime_everybody_is_told_once_in_one_comment() -> None:
    desk = Desk(fault("kritisk"))
    plan = desk.look("9 10.00")
    assert whom(plan) == [("@os2demo/drift", "@kim", "@os2demo/koordination")]
    assert "ingen plan i tide. Trin 3 af 4" in messages(plan)[0].body
    assert whom(desk.look("9 11.00")) == []


def test_nobody_is_told_by_a_proposal_while_observing_silently_or_of_a_pull_request() -> None:
    assert whom(Desk(fault(), model(status="forslag")).plan("2 12.00")) == []
    watched = Desk(fault(), model(("mode: act", "mode: observe")))
    assert whom(watched.plan("2 12.00")) == []
    assert [one for one in watched.plan("2 12.00").actions if isinstance(one, Tell)]
    assert whom(Desk(fault()).plan("2 12.00", silent=True)) == []
    assert whom(Desk(pull(body=form("kritisk"))).plan("2 12.00")) == []
    assert whom(Desk(fault("")).plan("2 12.00")) == []


@pytest.mark.parametrize("change", [{"open": False}, {"locked": True}])
def test_what_is_closed_or_locked_cancels_what_was_pending(change: dict[str, bool]) -> None:
    plan = Desk(fault("kritisk", **change)).plan("9 10.00")
    assert (whom(plan), plan.wake_at) == ([], None)


def test_who_was_to_be_told_of_a_missing_answer_is_not_once_there_is_one() -> None:
    desk = Desk(fault("kritisk"))
    desk.comment("Vi er på den", BO, "2 12.30")
    assert whom(desk.look("2 12.31")) == []
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination", "@kim")]  # on that rung, too


def test_nobody_is_nagged_while_the_ball_is_elsewhere() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.comment("Hvilken browser?", BO, "2 11.00")
    desk.label("afventer svar", BO, "2 11.01")
    assert whom(desk.look("5 10.00")) == []
    assert desk.plan("5 10.00").wake_at is None
    desk.label("blokeret", BO, "5 10.01")
    assert whom(desk.look("9 10.00")) == []


def test_a_class_that_is_taken_back_cancels_what_waits() -> None:
    desk = Desk(fault("kritisk"))
    desk.label("fejl: mindre", KIM, "2 10.01")
    assert whom(desk.look("2 12.00")) == [(DRIFT,)]
    gone = Desk(fault("kritisk"))
    gone.label("fejl: kritisk", SELF, "2 10.01")
    gone.label("fejl: kritisk", BO, "2 10.02", on=False)
    assert whom(gone.look("9 12.00")) == []


def test_the_ledger_knows_who_was_told_also_where_the_comment_is_deleted() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 12.00")
    desk.facts = replace(desk.facts, comments=())
    assert whom(desk.plan("2 12.01")) == []


def test_one_who_stands_on_two_rungs_is_told_once() -> None:
    desk = Desk(fault("kritisk"))
    desk.look("2 10.05")
    desk.look("2 12.00")
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination",)]  # kim is on it, too


def test_streams_and_mailboxes_get_a_message_of_their_own_in_plain_text() -> None:
    ways = '["@bo", "zulip:OS2demo/drift", "mailto:drift@os2.example", "jira:priority=Highest"]'
    desk = Desk(fault("kritisk"), model(('["@os2demo/drift"]', ways), ("people:", _JIRA)))
    plan = desk.look("2 10.05")
    assert whom(plan) == [
        ("@bo",),
        ("zulip:OS2demo/drift",),
        ("mailto:drift@os2.example",),
    ]  # a field is nobody who is told
    mail = messages(plan)[2]
    assert mail.subject == "os2demo/os2demo#42: fejl, kritisk"
    assert mail.body.split("\n")[0] == "Fejlen er kritisk. Trin 1 af 4 er nået: leverandør."
    assert mail.body.split("\n")[-1] == desk.facts.url
    assert whom(desk.look("2 10.06")) == []


_JIRA = "jira: {project: DEMO}\npeople:"


@pytest.mark.parametrize(
    ("severity", "opened", "told_at", "wakes_at"),
    [
        ("mindre", "6 17.00", None, "9 8.00"),  # a Friday after work
        ("mindre", "7 12.00", None, "9 8.00"),
        ("mindre", "9 7.59", None, "9 8.00"),
        ("mindre", "9 8.00", "9 8.00", None),
        ("kritisk", "7 3.00", "7 3.00", None),  # the worst class waits for nobody's sleep
    ],
)
def test_outside_the_working_hours_only_the_worst_class_is_told_of(
    severity: str, opened: str, told_at: str | None, wakes_at: str | None
) -> None:
    at = moment(opened)
    desk = Desk(fault(severity, created_at=at, updated_at=at))
    plan = desk.look(at)
    assert bool(whom(plan)) == bool(told_at)
    if wakes_at:
        assert plan.wake_at == moment(wakes_at)
        assert whom(desk.look(wakes_at)) == [(DRIFT,)]


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("16.59", False), ("17.00", True), ("23.59", True), ("7.29", True), ("7.30", False)],
)
def test_quiet_hours_of_its_own_hold_each_day_over_midnight(clock: str, quiet: bool) -> None:
    own = model(("  hours:", '  quiet_hours: {from: "17:00", to: "07:30"}\n  hours:'))
    at = moment(f"2 {clock}")
    opened = at - timedelta(minutes=1)
    plan = Desk(fault("mindre", created_at=opened, updated_at=opened), own).plan(at)
    # Before work we hold the ball already; whoever is told is told at once.
    assert bool(whom(plan)) is not quiet
    if quiet:
        assert plan.wake_at is not None
        assert plan.wake_at.astimezone(at.tzinfo).strftime("%H:%M") == "07:30"


def test_beyond_the_budget_of_a_day_it_waits_for_the_next_day() -> None:
    full = {"@os2demo/Drift": 10, "@kim": 9}
    desk = Desk(replace(fault("kritisk"), messages=full))
    desk.label("fejl: kritisk", BO, "2 10.00")
    plan = desk.look("2 12.00")
    assert whom(plan) == [("@kim",)]
    assert plan.wake_at == moment("3 0.00")
    desk.facts = replace(desk.facts, messages={})
    assert whom(desk.look("3 0.00")) == [(DRIFT,)]


def test_of_what_only_an_outsiders_form_says_there_is_room_for_half_as_many() -> None:
    claimed = Desk(replace(fault("kritisk"), messages={DRIFT: 5}))
    plan = claimed.look("2 10.05")
    assert (whom(plan), plan.wake_at) == ([], moment("2 12.00"))
    claimed.label("fejl: kritisk", BO, "2 10.06")
    assert whom(claimed.look("2 10.07")) == [(DRIFT,)]
    ours = replace(claimed.facts.author, association="MEMBER")
    by_ours = Desk(replace(fault("kritisk"), author=ours, messages={DRIFT: 5}))
    assert whom(by_ours.look("2 10.05")) == [(DRIFT,)]


def test_somebody_always_hears_of_one_claim_a_day() -> None:
    one = model(("  hours:", "  budget: 1\n  hours:"))
    assert whom(Desk(fault("kritisk"), one).look("2 10.05")) == [(DRIFT,)]


def test_nobody_is_told_of_what_was_due_before_the_model_held() -> None:
    held = model(("  hours:", '  from: "2026-03-03"\n  hours:'))
    desk = Desk(fault("kritisk"), held)
    assert whom(desk.look("3 9.00")) == []
    assert "Trin" not in desk.status
    assert whom(desk.look("3 10.00")) == [("@os2demo/koordination", "@kim")]


def test_nobody_is_told_of_what_was_reached_long_ago() -> None:
    assert whom(Desk(fault("kritisk")).plan(moment("3 10.00") + STALE)) == []
    assert whom(Desk(fault("kritisk")).plan(moment("2 12.00") + STALE)) == [
        ("@os2demo/koordination", "@kim")
    ]


def test_the_names_in_these_tests_are_those_of_the_model() -> None:
    assert ADOPTED.escalation is not None
    named = {one for rung in ADOPTED.escalation.ladder for one in rung.notify}
    assert named == set(EVERYBODY)
    assert minutes(0) == START

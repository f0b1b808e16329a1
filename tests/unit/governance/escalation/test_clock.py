"""Who holds the ball, and for how long: tables, and a reference that looks at every minute."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.escalation.ball import Ball
from os2kb.governance.escalation.clock import timeline
from os2kb.governance.escalation.happenings import Happening, history
from tests.examples import examples
from tests.unit.governance.escalation.faults import POLICY, at, did, stands

MINUTE = timedelta(minutes=1)
OPENED = did("2026-02-02T09:00", "ida", "opened")
ASKED = (
    did("2026-02-02T10:00", "bo", "commented"),
    did("2026-02-02T10:05", "bo", "labeled", "Afventer svar"),
)


@pytest.mark.parametrize(
    ("happened", "holder", "because"),
    [
        ((), "us", "ours"),
        (ASKED, "reporter", "asked"),
        (reversed(ASKED), "reporter", "asked"),
        (ASKED[:1], "us", "ours"),  # nothing says that the question needs an answer
        (ASKED[1:], "us", "ours"),  # nobody has asked
        ((*ASKED, did("2026-02-02T11:00", "ida", "commented")), "us", "ours"),
        (
            (*ASKED, did("2026-02-02T11:00", "bo", "unlabeled", "afventer svar")),
            "us",
            "ours",
        ),
        (
            (
                *ASKED,
                did("2026-02-02T11:00", "ida", "commented"),
                did("2026-02-02T11:30", "kim", "commented"),  # asks again
            ),
            "reporter",
            "asked",
        ),
        # Bots, strangers and edits neither ask nor answer.
        ((ASKED[1], did("2026-02-02T11:00", "stale[bot]", "commented")), "us", "ours"),
        ((ASKED[1], did("2026-02-02T11:00", "anden", "commented")), "us", "ours"),
        ((ASKED[1], did("2026-02-02T11:00", "ida", "commented")), "us", "ours"),
        ((*ASKED, did("2026-02-02T11:00", "stale[bot]", "commented")), "reporter", "asked"),
        ((*ASKED, did("2026-02-02T11:00", "anden", "commented")), "reporter", "asked"),
        ((*ASKED, did("2026-02-02T11:00", "ida", "edited")), "reporter", "asked"),
        ((did("2026-02-02T11:00", "bo", "labeled", "Blokeret"),), "nobody", "blocked"),
        ((did("2026-02-02T11:00", "kim", "pause"),), "nobody", "paused"),
        (
            (did("2026-02-02T11:00", "kim", "pause"), did("2026-02-02T11:30", "kim", "resume")),
            "us",
            "ours",
        ),
        ((did("2026-02-02T11:00", "ida", "closed"),), "nobody", "closed"),
        (
            (did("2026-02-02T11:00", "ida", "closed"), did("2026-02-02T11:30", "ida", "reopened")),
            "us",
            "ours",
        ),
        ((did("2026-02-02T11:00", "bo", "assigned", "renovate[bot]"),), "us", "ours"),
    ],
)
def test_who_holds_the_ball(happened: tuple[Happening, ...], holder: str, because: str):
    stretch = stands("2026-02-02T12:00", OPENED, *happened).timeline[-1]
    assert (stretch.holder, stretch.because) == (holder, because)


def test_the_ball_is_with_the_organisation_of_who_is_assigned_or_asked():
    assigned = did("2026-02-02T09:30", "kim", "assigned", "bo")
    assert stands("2026-02-02T09:45", OPENED, assigned).party == "Leverandøren"
    assert stands("2026-02-02T12:00", OPENED, assigned, *ASKED).party == "Kommunen"
    gone = did("2026-02-02T09:40", "kim", "unassigned", "bo")
    assert stands("2026-02-02T09:45", OPENED, assigned, gone).party == ""
    both = did("2026-02-02T09:40", "kim", "assigned", "ida")
    assert stands("2026-02-02T09:45", OPENED, assigned, both).party == ""


def test_a_timeline_has_no_gap_and_no_more_stretches_than_it_needs():
    happened = (OPENED, *ASKED, did("2026-02-02T11:00", "ida", "commented"))
    shown = [
        (f"{one.start:%H:%M}", f"{one.end:%H:%M}", one.holder)
        for one in stands("2026-02-02T12:00", *happened).timeline
    ]
    assert shown == [
        ("08:00", "09:05", "us"),  # in UTC
        ("09:05", "10:00", "reporter"),
        ("10:00", "11:00", "us"),
    ]


@pytest.mark.parametrize("moment", ["2026-02-02T08:59", "0001-01-02T00:00"])
def test_before_the_opening_there_is_nothing(moment: str):
    assert stands(moment, OPENED).timeline == ()
    assert stands(moment, OPENED).wake_at is None


def test_a_history_that_lacks_its_opening_begins_with_what_is_known():
    late = did("2026-02-02T10:00", "bo", "unlabeled", "afventer svar")
    assert stands("2026-02-02T12:00", late, *ASKED).elapsed == timedelta(minutes=5)


def test_at_one_moment_the_order_in_which_it_is_told_makes_no_difference():
    swapped = (
        did("2026-02-02T10:00", "bo", "labeled", "blokeret"),
        did("2026-02-02T10:00", "bo", "unlabeled", "blokeret"),
    )
    assert stands("2026-02-02T12:00", OPENED, *swapped).holder == "nobody"
    assert stands("2026-02-02T12:00", OPENED, *reversed(swapped)).holder == "nobody"


DAYS = 4
doings = st.sampled_from(
    (
        *(("bo", "commented", ""), ("ida", "commented", ""), ("anden", "commented", "")),
        *(("stale[bot]", "commented", ""), ("kim", "pause", ""), ("kim", "resume", "")),
        *(("bo", "labeled", "afventer svar"), ("bo", "unlabeled", "afventer svar")),
        *(("bo", "labeled", "blokeret"), ("stale[bot]", "unlabeled", "blokeret")),
        *(("ida", "closed", ""), ("ida", "reopened", ""), ("ida", "edited", "")),
    )
)
minutes = st.integers(1, DAYS * 1440)
histories = st.lists(st.tuples(minutes, doings), max_size=8, unique_by=lambda one: one[0]).map(
    lambda found: (
        OPENED,
        *(
            Happening(OPENED.at + minute * MINUTE, *_made(*doing))  # type: ignore[arg-type]
            for minute, doing in found
        ),
    )
)


def _made(by: str, kind: str, what: str) -> tuple[object, ...]:
    one = did("2026-02-02T09:00", by, kind, what)  # type: ignore[arg-type]
    return one.kind, one.by, one.side, one.what


def is_ours(happened: tuple[Happening, ...], moment: datetime) -> bool:
    """Whether we hold the ball: asks one question after the other of all that has happened."""
    past = sorted((one for one in happened if one.at <= moment), key=lambda one: one.at)

    def last(*kinds: str, what: str = "") -> str:
        found = [one for one in past if one.kind in kinds and one.what == what]
        return found[-1].kind if found else ""

    spoke = [one.side for one in past if one.kind == "commented"]
    spoke = [side for side in spoke if side in ("us", "reporter")]
    owes = last("labeled", "unlabeled", what="afventer svar") == "labeled" and spoke[-1:] == ["us"]
    blocked = last("labeled", "unlabeled", what="blokeret") == "labeled"
    paused, closed = last("pause", "resume") == "pause", last("closed", "reopened") == "closed"
    return not (owes or blocked or paused or closed)


def is_worked(moment: datetime) -> bool:
    """In the first week of February 2026 there is neither holiday nor change of the clock."""
    return moment.weekday() < 5 and 8 <= moment.hour < 16


@examples(40)
@given(histories, minutes)
def test_we_are_counted_the_minutes_we_work_and_hold_the_ball(
    happened: tuple[Happening, ...], length: int
):
    every = (OPENED.at + minute * MINUTE for minute in range(length))
    counted = sum(is_worked(minute) and is_ours(happened, minute) for minute in every)
    moment = OPENED.at + length * MINUTE
    held = timeline(history(happened, moment), POLICY, moment)
    assert POLICY.escalation is not None
    assert Ball(held, POLICY.escalation.hours).elapsed == counted * MINUTE
    assert held[0].start == OPENED.at
    assert all(one.end == after.start for one, after in pairwise(held))
    assert held[-1].end == moment


@examples(40)
@given(histories, minutes, st.integers(0, 1440), st.sampled_from(("1h", "7h", "1d", "3d", "5ch")))
def test_a_deadline_is_when_so_many_of_those_minutes_have_passed(
    happened: tuple[Happening, ...], length: int, offset: int, duration: str
):
    since, moment = OPENED.at + offset * MINUTE, OPENED.at + length * MINUTE
    assert POLICY.escalation is not None
    ball = Ball(timeline(history(happened, moment), POLICY, moment), POLICY.escalation.hours)
    amount = {"1h": 60, "7h": 420, "1d": 480, "3d": 1440, "5ch": 300}[duration]
    every = (OPENED.at + minute * MINUTE for minute in range(offset, length))
    ours = (one for one in every if is_ours(happened, one))
    counted = [one for one in ours if duration == "5ch" or is_worked(one)]
    due = ball.when(since, duration)
    if len(counted) >= amount:
        assert due == counted[amount - 1] + MINUTE
    else:  # it is still to come, if we hold the ball
        assert (due is not None) == (ball.held[-1].holder == "us")
        assert due is None or due > moment


def test_a_moment_is_the_same_in_every_zone():
    moment = at("2026-02-02T12:00")
    assert stands("2026-02-02T12:00", OPENED).elapsed == timedelta(hours=3)
    assert timeline(history((OPENED,), moment), POLICY, moment)[0].start == OPENED.at

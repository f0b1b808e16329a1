"""How promises were kept: times, breaches by class, rung and party, what is due, a forecast."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.escalation.figures.follow_up import Followed, FollowUp, follow_up
from os2kb.governance.escalation.figures.outcome import outcome
from os2kb.governance.escalation.figures.spread import spread
from os2kb.governance.escalation.happenings import Happening
from tests.examples import examples
from tests.unit.governance.escalation.faults import POLICY, at, did
from tests.unit.governance.escalation.test_simulation import drawn, model_of

SINCE, NOW = at("2026-02-01T00:00"), at("2026-02-13T12:00")
HOUR = timedelta(hours=1)


def fault(number: int, severity: str, moment: str, *more: Happening) -> Followed:
    happened = (did(moment, "ida", "opened", severity), *more)
    name = f"os2demo/os2demo#{number}"
    return Followed(outcome(name, "", happened, POLICY, NOW), model_of(POLICY))


def followed(*found: Followed) -> FollowUp:
    return follow_up(found, SINCE, NOW)


ANSWERED = fault(
    1,
    "kritisk",
    "2026-02-02T09:00",
    did("2026-02-02T09:30", "kim", "assigned", "bo"),
    did("2026-02-02T10:00", "bo", "commented"),
    did("2026-02-02T14:00", "bo", "closed"),
)
NEVER = fault(2, "kritisk", "2026-02-03T09:00", did("2026-02-03T09:30", "kim", "assigned", "bo"))
WAITING = fault(
    3,
    "mindre",
    "2026-02-12T09:00",
    did("2026-02-12T10:00", "bo", "commented"),
    did("2026-02-12T10:00", "bo", "labeled", "afventer svar"),
)
OLD = fault(4, "alvorlig", "2026-01-05T09:00")
SOON = fault(5, "mindre", "2026-02-10T15:00")
LATER = fault(  # to be mended by 27 February
    6,
    "alvorlig",
    "2026-02-13T09:00",
    did("2026-02-13T10:00", "bo", "commented"),
    did("2026-02-13T10:00", "bo", "milestoned", "2.1"),
)


def test_times_are_of_those_that_were_answered_and_of_those_that_are_closed():
    found = followed(ANSWERED, NEVER, WAITING)
    critical = found.classes["kritisk"]
    assert (critical.subjects, critical.open, critical.late) == (2, 1, 1)
    assert (critical.response.hours, critical.resolution.hours) == ((1.0,), (5.0,))
    assert dict(critical.broken) == {"respond": 1, "plan": 1, "fix": 1}
    assert found.total.response.hours == (1.0, 1.0)
    assert list(found.classes) == ["kritisk", "mindre"]


def test_an_organisation_has_the_time_that_it_had_the_ball_and_what_was_broken_meanwhile():
    parties = followed(ANSWERED, NEVER).parties
    assert list(parties) == ["Leverandøren", ""]
    supplier, nobody = parties.values()
    # Assigned from half an hour after the opening: until Monday at 14, and until now.
    assert supplier.hours.hours == (4.5, 66.5)
    assert supplier.broken == {"respond": 1, "plan": 1, "fix": 1}
    assert (nobody.subjects, nobody.hours.hours, nobody.broken) == (2, (0.5, 0.5), {})


def test_while_the_reporter_owes_an_answer_no_organisation_of_ours_has_the_ball():
    (nobody,) = followed(WAITING).parties.values()
    assert nobody.hours.hours == (1.0,)


def test_each_rung_has_the_number_of_those_that_came_so_far():
    found = followed(ANSWERED, NEVER)
    assert dict(found.rungs) == {
        "leverandør": 2,
        "produktkoordinator": 1,
        "koordinationsgruppe": 1,
        "styregruppe": 0,
    }


def test_open_ones_wait_for_somebody():
    found = followed(ANSWERED, NEVER, WAITING, OLD)
    assert found.waiting == {
        ("ours", "Leverandøren"): 1,
        ("asked", "Kommunen"): 1,
        ("ours", ""): 1,
    }


def test_what_is_late_or_due_within_five_working_days_is_named_the_first_due_first():
    found = followed(ANSWERED, NEVER, WAITING, OLD, SOON, LATER)
    assert [(one.outcome.name[-1], one.promise.name, one.is_late) for one in found.near] == [
        ("4", "respond", True),  # also where it was opened before
        ("2", "respond", True),
        ("5", "respond", False),  # on Tuesday 17 February at 15
    ]


def test_what_was_opened_before_only_waits():
    found = followed(OLD)
    assert (found.total.subjects, found.classes, found.parties) == (0, {}, {})
    assert sum(found.rungs.values()) == 0


def test_a_forecast_is_what_is_open_times_the_share_that_broke_a_promise():
    settled = [
        fault(10 + n, "mindre", "2026-02-02T09:00", did(f"2026-02-0{day}T09:00", "bo", "closed"))
        for n, day in enumerate((3, 4, 5))
    ]
    broken = fault(20, "mindre", "2026-02-02T09:00")
    found = followed(*settled, broken, SOON, WAITING).forecasts["mindre"]
    assert (found.open, found.broke, found.settled) == (2, 1, 4)
    assert found.expected == 0.5
    assert 0 < found.low < found.expected < found.high < 2


def test_nothing_is_foretold_where_nothing_is_open_or_settled():
    assert followed(ANSWERED, WAITING).forecasts == {}


def test_a_possible_vulnerability_is_only_counted():
    hidden = Followed(replace(NEVER.outcome, private=True), NEVER.model)
    found = followed(hidden)
    assert (found.private, found.total.subjects, found.near, found.waiting) == (1, 0, (), {})


def test_nothing_has_figures_too():
    found = followed()
    assert (found.total.subjects, found.total.response.median, found.near) == (0, None, ())


@pytest.mark.parametrize(
    ("hours", "median", "ninth_tenth"),
    [
        ((), None, None),
        ((3,), 3, 3),
        ((1, 3), 2, 2.8),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), 6, 10),
        ((5, 5, 5), 5, 5),
    ],
)
def test_how_lengths_are_spread(hours: tuple[int, ...], median: float, ninth_tenth: float):
    found = spread([*(one * HOUR for one in hours), None])
    assert (found.count, found.median) == (len(hours), median)
    assert found.ninth_tenth == pytest.approx(ninth_tenth)
    assert found.longest == (max(hours) if hours else None)


@examples(30)
@given(st.integers(0, 10**6))
def test_each_public_subject_is_in_each_figure_once(seed: int):
    past = drawn(seed)
    now = at("2026-02-20T12:00")
    found = [
        Followed(outcome(f"a/b#{n}", "", happened, POLICY, now), model_of(POLICY))
        for n, happened in enumerate(past)
    ]
    found = [one for one in found if one.outcome.opened >= SINCE or one.outcome.open]
    figures = follow_up(Random(seed).sample(found, len(found)), SINCE, now)
    recent = [one.outcome for one in found if one.outcome.opened >= SINCE]
    assert sum(one.subjects for one in figures.classes.values()) == figures.total.subjects
    assert figures.total.subjects == len(recent)
    assert sum(figures.waiting.values()) == sum(one.outcome.open for one in found)
    broken = sum(sum(one.broken.values()) for one in figures.parties.values())
    assert broken == sum(figures.total.broken.values()) == sum(len(one.breaches) for one in recent)
    assert len({one.outcome.name for one in figures.near}) == len(figures.near)
    for one in figures.forecasts.values():
        assert 0 <= one.low <= one.expected <= one.high <= one.open

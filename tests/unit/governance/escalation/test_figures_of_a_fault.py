"""What became of a fault by a moment: it is what its standings said at every moment before."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.escalation.figures.outcome import Outcome, outcome, outcome_of
from os2kb.governance.escalation.happenings import Happening
from os2kb.governance.escalation.standing import standing
from os2kb.governance.facts import Account, Facts
from tests.examples import examples
from tests.unit.governance.cases import START, comment, issue
from tests.unit.governance.escalation.faults import POLICY, at, did
from tests.unit.governance.escalation.test_clock import histories

OPENED = did("2026-02-02T09:00", "ida", "opened", "kritisk")
END = at("2026-02-10T12:00")
HOUR = timedelta(hours=1)


def became(*happened: Happening) -> Outcome:
    return outcome("os2demo/os2demo#1", "", (OPENED, *happened), POLICY, END)


def test_times_are_the_working_time_that_we_held_the_ball():
    found = became(
        did("2026-02-02T10:00", "bo", "commented"),
        did("2026-02-02T10:00", "bo", "labeled", "afventer svar"),
        did("2026-02-03T08:00", "ida", "commented"),
        did("2026-02-03T10:30", "kim", "closed"),
    )
    assert (found.response, found.resolution) == (HOUR, 3.5 * HOUR)
    assert found.breaches == ()
    assert not found.open


def test_an_answer_that_never_came_and_an_issue_that_is_open_have_no_times():
    found = became(did("2026-02-02T10:00", "os2kb[bot]", "commented"))
    assert (found.response, found.resolution, found.open) == (None, None, True)
    assert [one.name for one in found.breaches] == ["respond", "plan", "fix"]
    assert found.broke("plan")


def test_a_breach_is_of_whoever_had_the_ball_when_it_became_due():
    assigned = did("2026-02-02T10:00", "kim", "assigned", "bo")
    gone = did("2026-02-03T08:30", "kim", "unassigned", "bo")
    found = became(assigned, gone)
    assert [(one.name, one.party) for one in found.breaches] == [
        ("respond", "Leverandøren"),  # due on Monday at 11
        ("plan", ""),  # on Tuesday at 9
        ("fix", ""),
    ]


def test_the_next_promise_is_the_first_that_is_not_kept_and_whose_clock_runs():
    waits = (
        did("2026-02-02T10:00", "bo", "commented"),
        did("2026-02-02T10:00", "bo", "labeled", "blokeret"),
    )
    assert became(*waits).next is None
    on = became(*waits, did("2026-02-10T10:00", "bo", "unlabeled", "blokeret"))
    assert on.next is not None
    assert (on.next.name, on.next.due) == ("plan", at("2026-02-11T09:00"))
    assert became(did("2026-02-02T10:00", "bo", "closed")).next is None


@examples(60)
@given(histories, st.integers(0, 9 * 24))
def test_what_became_of_it_is_what_its_standings_said_at_each_moment(
    happened: tuple[Happening, ...], hours: int
):
    happened = (OPENED, *happened[1:])
    found = outcome("os2demo/os2demo#1", "", happened, POLICY, END)
    moment = min(OPENED.at + hours * HOUR, END)
    then = standing(happened, POLICY, moment)
    assert tuple(one for one in found.stands.told if one.at <= moment) == then.told
    broken = {one.name for one in found.breaches if one.due <= moment}
    assert broken <= {one.name for one in then.promises if one.is_broken(moment)}
    if then.timeline[-1].because == "closed" and found.resolution is not None:
        assert then.elapsed <= found.resolution


def stands_for(facts: Facts, assumed: str = "") -> Outcome:
    return outcome_of(facts, POLICY, START + timedelta(days=30), assumed)


def test_what_nobody_gave_a_class_can_be_counted_as_of_one():
    bare = issue(body="Den virker ikke.")
    assert stands_for(bare).severity is None
    assert stands_for(bare, "mindre").severity == "mindre"
    chosen = issue(body="### Severity\n\nkritisk")
    assert stands_for(chosen, "mindre").severity == "kritisk"


@pytest.mark.parametrize(
    ("facts", "private"),
    [
        (issue(body="Den virker ikke."), False),
        (issue(labels=("It-sikkerhed",)), True),
        (
            issue(body="Jeg har fundet en sårbarhed i login, hvor man kan logge ind uden kode."),
            True,
        ),
        (
            issue(comments=(comment("Jeg har fundet en sårbarhed i login.", 5, Account("bo")),)),
            True,
        ),
    ],
)
def test_what_may_be_a_vulnerability_is_private_by_its_label_or_its_words(
    facts: Facts, private: bool
):
    assert stands_for(facts).private is private

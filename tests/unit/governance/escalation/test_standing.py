"""What holds of every fault: it only depends on what had happened, and never turns back."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.escalation.happenings import Happening, Kind
from os2kb.governance.escalation.standing import Standing, standing
from tests.examples import examples
from tests.unit.governance.escalation.faults import POLICY, did

OPENED = did("2026-02-02T09:00", "ida", "opened", "alvorlig")
CLASSES = ("fejl: kritisk", "fejl: alvorlig", "fejl: mindre")
LABELS = (*CLASSES, "afventer svar", "blokeret", "It-sikkerhed", "noget andet")
kinds: st.SearchStrategy[tuple[Kind, str]] = st.one_of(
    st.tuples(st.sampled_from(("labeled", "unlabeled")), st.sampled_from(LABELS)),
    st.tuples(st.sampled_from(("assigned", "unassigned")), st.sampled_from(("bo", "x[bot]"))),
    st.tuples(
        st.sampled_from(
            (
                *("commented", "commented", "pause", "resume", "closed", "reopened"),
                *("milestoned", "demilestoned", "escalate", "edited"),
            )
        ),
        st.just(""),
    ),
    st.tuples(
        st.sampled_from(("severity", "edited", "opened")),
        st.sampled_from(("kritisk", "Alvorlig!", "mindre", "", "\0", "\ud800", "æøå " * 99)),
    ),
)
happenings = st.builds(
    lambda minutes, by, kind: replace(
        did("2026-02-02T09:00", by, *kind), at=OPENED.at + timedelta(minutes=minutes)
    ),
    st.integers(-600, 20_000),  # also before it was opened: clocks differ
    st.sampled_from(("ida", "bo", "kim", "anden", "os2kb[bot]", "")),
    kinds,
)
histories = st.one_of(
    st.lists(happenings, max_size=8),
    st.lists(happenings, max_size=8).map(lambda one: [OPENED, *one]),
)
moments = st.integers(-700, 40_000).map(lambda minutes: OPENED.at + timedelta(minutes=minutes))


def stands(happened: list[Happening], moment: datetime) -> Standing:
    return standing(happened, POLICY, moment)


@given(histories, moments, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_makes_a_difference(
    happened: list[Happening], moment: datetime, dice: Random
):
    mixed = [*happened, *happened[::2]]
    dice.shuffle(mixed)
    assert stands(mixed, moment) == stands(happened, moment)


@given(histories, moments)
def test_the_past_can_be_computed_at_any_time_and_what_comes_later_does_not_change_it(
    happened: list[Happening], moment: datetime
):
    known_then = [one for one in happened if one.at <= moment]
    then = stands(known_then, moment)
    assert stands(happened, moment) == then
    much_later = stands(happened, OPENED.at + timedelta(days=60))
    assert tuple(one for one in much_later.told if one.at <= moment) == then.told


@given(histories, moments, moments)
def test_time_only_adds(happened: list[Happening], one: datetime, other: datetime):
    earlier, later = (stands(happened, moment) for moment in sorted((one, other)))
    assert earlier.elapsed <= later.elapsed
    assert earlier.rung <= later.rung
    assert later.notified[: len(earlier.notified)] == earlier.notified


@given(histories, moments, st.integers(0, 5_000))
def test_in_a_pause_the_clock_stands_still_and_nobody_is_told(
    happened: list[Happening], moment: datetime, length: int
):
    end = moment + timedelta(minutes=length)
    before = [one for one in happened if one.at < moment]
    paused = [*before, replace(OPENED, at=moment, kind="pause", what="")]
    first, last = stands(paused, moment), stands(paused, end)
    assert first.elapsed == last.elapsed
    assert first.told == last.told
    assert last.wake_at is None or last.wake_at > end
    # What was due stays due; what was not is not known.
    assert first.due == last.due
    assert first.due is None or first.due <= moment


def seen(one: Standing, moment: datetime) -> object:
    """What somebody would be told anew of."""
    broken = tuple(promise.name for promise in one.promises if promise.is_broken(moment))
    return one.told, one.awaits, broken


@given(histories, moments, st.integers(0, 99))
def test_nothing_changes_before_it_wakes_and_something_does_then(
    happened: list[Happening], moment: datetime, percent: int
):
    known = [one for one in happened if one.at <= moment]
    now = stands(known, moment)
    wake = now.wake_at
    if wake is None:
        much_later = moment + timedelta(days=400)
        assert seen(stands(known, much_later), much_later) == seen(now, moment)
        return
    assert wake > moment
    between = moment + (wake - moment) * percent / 100
    assert seen(stands(known, between), between) == seen(now, moment)
    assert seen(stands(known, wake), wake) != seen(now, moment)


@given(histories, moments)
def test_everybody_is_told_of_a_rung_once_and_never_of_a_closed_subject(
    happened: list[Happening], moment: datetime
):
    one = stands(happened, moment)
    assert len({told.rung for told in one.told}) == len(one.told)
    assert len(set(one.notified)) == len(one.notified)
    for told in one.told:
        then = stands(happened, told.at).timeline[-1]
        assert then.because != "closed"


@examples(30)
@given(histories, moments)
def test_without_a_model_there_is_a_timeline_and_nothing_else(
    happened: list[Happening], moment: datetime
):
    one = standing(happened, POLICY.model_copy(update={"escalation": None}), moment)
    assert one == Standing(holder=one.holder, party=one.party, timeline=one.timeline)

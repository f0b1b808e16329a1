"""Quiet hours: when they end, also on the nights on which the clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.escalation.quiet import day_of, next_day, quiet_until
from os2kb.policy.sections.escalation import Escalation
from tests.unit.governance.escalation.faults import HERE, at

HOURS = Escalation.model_validate({"hours": {"closed": ("12-24..12-31",)}})
NIGHT = Escalation.model_validate({"quiet_hours": {"from": "17:00", "to": "07:30"}})
EARLY = Escalation.model_validate({"quiet_hours": {"from": "01:00", "to": "02:30"}})
models = st.sampled_from((HOURS, NIGHT, EARLY))
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("model", "moment", "until"),
    [
        (HOURS, "2026-12-23T15:59", None),
        (HOURS, "2026-12-23T16:00", "2027-01-04T08:00"),  # Christmas, New Year and a weekend
        (HOURS, "2026-05-13T17:00", "2026-05-15T08:00"),  # Ascension Day
        (NIGHT, "2026-05-16T12:00", None),  # a Saturday
        (NIGHT, "2026-05-16T23:00", "2026-05-17T07:30"),
        (NIGHT, "2026-05-17T07:29", "2026-05-17T07:30"),
        (NIGHT, "2026-05-17T07:30", None),
        (EARLY, "2026-03-29T01:30", "2026-03-29T03:30"),  # there is no 2:30 that night
        (EARLY, "2026-10-25T01:30", "2026-10-25T02:30"),  # the first of two
    ],
)
def test_when_they_end(model: Escalation, moment: str, until: str | None) -> None:
    assert quiet_until(model, at(moment)) == (at(until).astimezone(UTC) if until else None)


@given(models, moments)
def test_they_end_later_and_are_over_then_or_begin_anew(
    model: Escalation, moment: datetime
) -> None:
    end = quiet_until(model, moment)
    if end is None:
        return
    assert end > moment
    again = quiet_until(model, end)
    # On the night of two half past twos, an hour of quiet begins anew.
    assert again is None or again - end <= timedelta(hours=1)


def test_where_nobody_ever_works_nothing_is_quiet() -> None:
    never = Escalation.model_validate({"hours": {"closed": ("01-01..12-31",)}})
    assert quiet_until(never, at("2026-05-13T12:00")) is None


@given(moments)
def test_a_day_is_as_long_as_the_local_clock_makes_it(moment: datetime) -> None:
    begun, ends = day_of(HOURS, moment), next_day(HOURS, moment)
    assert begun <= moment < ends
    assert begun.astimezone(HERE).time() == ends.astimezone(HERE).time()
    assert timedelta(hours=23) <= ends - begun <= timedelta(hours=25)

"""Working time, held against a slow reference that looks at every single minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from os2kb.governance.escalation.working_time import (
    ClockTime,
    UnknownCalendar,
    WorkingTime,
    measured,
    working_time,
)
from os2kb.policy.sections.escalation import Hours
from tests.examples import examples

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE, HOUR, NOTHING = timedelta(minutes=1), timedelta(hours=1), timedelta(0)
OFFICE = Hours(closed=("12-24..01-02",))
NIGHT = Hours(**{"from": "00:30", "to": "05:30"}, days=("sun", "mon"), holidays=None)

# As the law has them. https://www.retsinformation.dk/eli/lta/2023/214 took Store bededag away.
DANISH = {
    date(2023, 5, 5),  # the last Store bededag
    *(date(2025, *day) for day in ((1, 1), (4, 17), (4, 18), (4, 20), (4, 21), (5, 29))),
    *(date(2025, *day) for day in ((6, 8), (6, 9), (12, 25), (12, 26))),
    *(date(2026, *day) for day in ((1, 1), (4, 2), (4, 3), (4, 5), (4, 6), (5, 14))),
    *(date(2026, *day) for day in ((5, 24), (5, 25), (12, 25), (12, 26))),
    *(date(2027, *day) for day in ((1, 1), (3, 25), (3, 26), (3, 28), (3, 29))),
}


def at(text: str, zone: str = "Europe/Copenhagen") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def closed_days(hours: Hours, year: int) -> set[date]:
    """Every day of the closing spans that touch a year, one after the other."""
    found: set[date] = set()
    for span in hours.closed:
        first, _, last = span.partition("..")
        last = last or first
        for began in (year - 1, year):
            day = date.fromisoformat(f"{began}-{first}")
            end = date.fromisoformat(f"{began + (last < first)}-{last}")
            while day <= end:
                found.add(day)
                day += timedelta(days=1)
    return found


def minutes_worked(hours: Hours, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every minute that is worked: looks at the local clock once a minute, and has no ideas."""
    zone, days = ZoneInfo(hours.timezone), [DAYS.index(day) for day in hours.days]
    closed = closed_days(hours, start.year) | closed_days(hours, end.year)
    begun: set[date] = set()
    ended: set[date] = set()
    minute = start.astimezone(UTC) - timedelta(days=2)
    while minute < end:
        local = minute.astimezone(zone)
        day, clock = local.date(), local.time().isoformat("minutes")
        if clock >= hours.start:
            begun.add(day)
        if clock >= hours.end:
            ended.add(day)
        works = (
            day.weekday() in days
            and not (hours.holidays == "DK" and day in DANISH)
            and day not in closed
        )
        if works and day in begun and day not in ended and minute >= start:
            yield minute
        minute += MINUTE


# Where something is about to happen: nights on which the clock changes, Easter, Christmas.
EDGES = (
    *(at(text) for text in ("2025-10-25T20:00", "2026-03-28T20:00", "2026-03-31T12:00")),
    *(at(text) for text in ("2025-12-22T12:00", "2025-12-31T12:00", "2026-05-12T12:00")),
    at("2026-10-03T12:00", "Australia/Lord_Howe"),
)
moments = st.builds(
    lambda edge, minutes: edge.astimezone(UTC) + minutes * MINUTE,
    st.sampled_from(EDGES),
    st.integers(-600, 6 * 1440),
)
clocks = st.builds(
    lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.sampled_from((0, 30, 59))
)
some_hours = st.builds(
    lambda clock, zone, days, holidays, closed: Hours(
        **{"from": clock[0], "to": clock[1]},
        timezone=zone,
        days=tuple(days),
        holidays=holidays,
        closed=tuple(closed),
    ),
    st.tuples(clocks, clocks).map(sorted).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from(("Europe/Copenhagen", "Europe/Copenhagen", "Australia/Lord_Howe", "UTC")),
    st.lists(st.sampled_from(DAYS), min_size=1, unique=True),
    st.sampled_from(("DK", None)),
    st.lists(st.sampled_from(("12-24..01-02", "12-24", "03-30..04-01", "10-26")), max_size=2),
)


@examples(25)
@given(some_hours, moments, moments)
@example(NIGHT, at("2026-03-28T12:00"), at("2026-03-30T12:00"))
@example(NIGHT, at("2025-10-25T12:00"), at("2025-10-27T12:00"))
@example(OFFICE, at("2025-12-22T12:00"), at("2026-01-05T12:00"))
@example(OFFICE, at("2026-04-01T12:00"), at("2026-04-07T12:00"))
@example(
    Hours(timezone="Pacific/Apia", holidays=None),
    at("2011-12-29T12:00", "Pacific/Apia"),
    at("2011-12-31T12:00", "Pacific/Apia"),
)
def test_it_is_the_number_of_minutes_worked(hours: Hours, start: datetime, end: datetime):
    worked = len(list(minutes_worked(hours, start, end)))
    assert working_time(hours).between(start, end) == worked * MINUTE


@examples(25)
@given(some_hours, moments, st.integers(1, 2000))
def test_so_much_has_passed_at_the_end_of_that_minute(hours: Hours, start: datetime, minutes: int):
    end = working_time(hours).after(start, minutes * MINUTE)
    if end is None or end - start > timedelta(days=9):
        return  # too long to look at every minute of
    *_, last = minutes_worked(hours, start, end)
    assert end == last + MINUTE
    assert len(list(minutes_worked(hours, start, end))) == minutes


seconds = st.integers(-(10**8), 10**8).map(
    lambda n: datetime(2026, 4, 1, tzinfo=UTC) + timedelta(seconds=n)
)


@given(some_hours, seconds, seconds, seconds)
def test_parts_add_up_and_time_never_runs_back(
    hours: Hours, one: datetime, two: datetime, three: datetime
):
    first, second, third = sorted((one, two, three))
    between = working_time(hours).between
    assert between(first, third) == between(first, second) + between(second, third)
    assert NOTHING <= between(first, second) <= second - first
    assert between(second, first) == NOTHING


@given(some_hours, seconds, st.integers(1, 10**7))
def test_after_undoes_between_and_is_the_first_such_moment(
    hours: Hours, start: datetime, amount: int
):
    working, wanted = working_time(hours), timedelta(seconds=amount)
    end = working.after(start, wanted)
    if end is not None:
        assert working.between(start, end) == wanted
        assert working.between(start, end - timedelta(seconds=1)) == wanted - timedelta(seconds=1)
    assert working.after(start, NOTHING) == start


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        ("2026-05-13T15:00", "2026-05-15T08:30", 1.5 * HOUR),  # Ascension Day between
        ("2026-05-08T15:00", "2026-05-11T09:00", 2 * HOUR),  # a weekend
        ("2026-04-01T15:00", "2026-04-07T09:00", 2 * HOUR),  # Easter
        ("2026-12-23T15:30", "2027-01-04T09:00", 1.5 * HOUR),  # closed until 2 January
        ("2023-05-04T15:00", "2023-05-08T09:00", 2 * HOUR),  # Store bededag
        ("2026-05-01T08:00", "2026-05-01T16:00", 8 * HOUR),  # no holiday any more
        ("2026-06-05T08:00", "2026-06-05T16:00", 8 * HOUR),  # nor by law
        ("2026-05-13T07:00", "2026-05-13T20:00", 8 * HOUR),
    ],
)
def test_danish_working_time(start: str, end: str, worked: timedelta):
    assert working_time(OFFICE).between(at(start), at(end)) == worked


@pytest.mark.parametrize(
    ("start", "night"), [("2026-03-28T23:00", 4 * HOUR), ("2025-10-25T23:00", 6 * HOUR)]
)
def test_the_night_the_clock_changes_is_as_long_as_it_is(start: str, night: timedelta):
    sunday = at(start)
    worked = working_time(NIGHT).between(sunday, sunday + timedelta(hours=12))
    assert worked == night
    assert working_time(NIGHT).day == 5 * HOUR


def test_a_moment_may_come_in_any_zone():
    office = working_time(OFFICE)
    start, end = at("2026-05-13T15:00"), at("2026-05-15T08:30")
    assert office.between(start.astimezone(UTC), end.astimezone(ZoneInfo("Asia/Tokyo"))) == (
        office.between(start, end)
    )
    first, second = at("2025-10-26T02:30"), at("2025-10-26T02:30").replace(fold=1)
    assert ClockTime().between(first, second) == HOUR
    assert ClockTime().after(first, HOUR) == second.astimezone(UTC)


@pytest.mark.parametrize(
    ("duration", "due"),
    [
        ("2h", "2026-05-15T09:00"),
        ("1d", "2026-05-15T15:00"),
        ("36ch", "2026-05-15T03:00"),
    ],
)
def test_a_policy_counts_in_working_hours_working_days_and_hours_of_the_clock(
    duration: str, due: str
):
    counted, amount = measured(duration, working_time(OFFICE))
    assert counted.after(at("2026-05-13T15:00"), amount) == at(due)


def test_whoever_never_works_is_never_done():
    never = working_time(Hours(closed=("01-01..12-31",)))
    assert never.after(at("2026-05-13T15:00"), MINUTE) is None
    assert never.between(at("2026-05-13T15:00"), at("2036-05-13T15:00")) == NOTHING


def test_the_longest_duration_and_the_ends_of_the_calendar_can_be_counted():
    office = working_time(OFFICE)
    end = office.after(at("2026-05-13T15:00"), 9999 * office.day)
    assert end is not None
    assert end.year == 2066
    assert office.between(datetime(1, 1, 1, tzinfo=UTC), datetime(2, 1, 1, tzinfo=UTC)) > NOTHING
    assert office.after(datetime(9999, 12, 1, tzinfo=UTC), 999 * office.day) is None


def test_a_country_without_a_calendar_is_told_with_the_cure():
    nowhere = WorkingTime(Hours(holidays="ZZ"))
    with pytest.raises(UnknownCalendar, match="holidays for ZZ; name another"):
        nowhere.between(at("2026-05-13T15:00"), at("2026-05-13T16:00"))

"""Working time: how much of it lies between two moments, and when so much has passed.

What the local clock shows is turned into UTC once for each day, and counted there: the night on
which the clock changes is an hour shorter or longer for those who work in it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Protocol
from zoneinfo import ZoneInfo

from os2kb.policy.escalation.lengths import minutes
from os2kb.policy.sections.escalation import Hours, amount

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEARS_AHEAD = 100
"""How far ahead a moment is looked for: whoever never works comes to nothing."""
_NONE = timedelta(0)
_MINUTE = timedelta(minutes=1)


class UnknownCalendar(ValueError):
    """There are no public holidays for a country."""


class Time(Protocol):
    """A way of counting time."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much of it passes from one moment to another; nothing where that is earlier."""

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """The first moment by which so much of it has passed; None where it never has."""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """Every hour of the clock counts."""

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much passes from one moment to another; nothing where that is earlier."""
        # Two moments of one zone would be subtracted as its clock shows them.
        return max(end.astimezone(UTC) - start.astimezone(UTC), _NONE)

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment by which so much has passed."""
        return start.astimezone(UTC) + amount


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Only the hours in which somebody works count. Moments have a zone; those given are in UTC.

    Make it by `working_time`, so that its years are worked out once.

    Raises:
        UnknownCalendar: on the first count, where `hours.holidays` names no country.
    """

    hours: Hours
    _years: dict[int, "_Year"] = field(default_factory=dict, repr=False, compare=False)

    @property
    def day(self) -> timedelta:
        """A working day: from its start to its end as the local clock shows them."""
        return (minutes(self.hours.end) - minutes(self.hours.start)) * _MINUTE

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much is worked from one moment to another; nothing where that is earlier."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end <= start:
            return _NONE
        years = range(self._local_year(start), self._local_year(end) + 1)
        return sum((self._year(one).between(start, end) for one in years), _NONE)

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """The first moment by which so much has been worked; None where that takes a century."""
        start = start.astimezone(UTC)
        if amount <= _NONE:
            return start
        first = self._local_year(start)
        for year in map(self._year, range(first, min(first + _YEARS_AHEAD, MAXYEAR))):
            before = year.until(start)
            if before + amount <= year.before[-1]:
                return year.moment(before + amount)
            amount -= year.before[-1] - before
        return None

    def _local_year(self, moment: datetime) -> int:
        return moment.astimezone(ZoneInfo(self.hours.timezone)).year

    def _year(self, year: int) -> "_Year":
        """A year takes some milliseconds to work out, the first a second: `holidays` is large."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = _worked_in(self.hours, year)
        return found


@lru_cache(maxsize=64)
def working_time(hours: Hours) -> WorkingTime:
    """The working time of a product's hours."""
    return WorkingTime(hours)


def measured(duration: str, working: WorkingTime) -> tuple[Time, timedelta]:
    """How a Policy's duration is counted, and how much it is: `2h`, `1d` or `36ch`."""
    number, unit = amount(duration)
    if unit == "ch":
        return ClockTime(), number * timedelta(hours=1)
    return working, number * (working.day if unit == "d" else timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class _Year:
    """The working days that begin in a year of the local calendar.

    Attributes:
        starts: in UTC.
        ends: in UTC.
        before: what is worked in the year before each day, and last what is worked in all of it.
    """

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    before: tuple[timedelta, ...]

    def until(self, moment: datetime) -> timedelta:
        """What is worked in the year until a moment."""
        days = bisect_right(self.starts, moment)
        if not days:
            return _NONE
        return self.before[days - 1] + min(moment, self.ends[days - 1]) - self.starts[days - 1]

    def between(self, start: datetime, end: datetime) -> timedelta:
        """What is worked in the year between two moments in order."""
        return self.until(end) - self.until(start)

    def moment(self, worked: timedelta) -> datetime:
        """The first moment by which so much is worked in the year: more than nothing."""
        day = bisect_left(self.before, worked) - 1
        return self.starts[day] + (worked - self.before[day])


def _worked_in(hours: Hours, year: int) -> _Year:
    zone = ZoneInfo(hours.timezone)
    from_, to = (time.fromisoformat(text) for text in (hours.start, hours.end))
    days = [
        (start, end)
        for day in _working_days(hours, year)
        if (start := _shown(day, from_, zone)) < (end := _shown(day, to, zone))
    ]
    worked = accumulate((end - start for start, end in days), initial=_NONE)
    return _Year(tuple(day[0] for day in days), tuple(day[1] for day in days), tuple(worked))


def _working_days(hours: Hours, year: int) -> Iterator[date]:
    off = _public_holidays(hours.holidays, year)
    for number in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(number)
        works = _DAYS[day.weekday()] in hours.days and day not in off
        if works and not any(_is_in(f"{day:%m-%d}", span) for span in hours.closed):
            yield day


def _is_in(day: str, span: str) -> bool:
    """Whether a day is within `12-24` or `12-24..01-02`, which goes on into the next year."""
    first, _, last = span.partition("..")
    last = last or first
    return first <= day <= last if first <= last else day >= first or day <= last


@lru_cache(maxsize=512)
def _public_holidays(country: str | None, year: int) -> frozenset[date]:
    """The days on which the country's law closes: its `public` ones, not the `optional`.

    In Denmark 1 May, 5 June, 24 and 31 December are optional: a product that is closed then says
    so itself. Store bededag was the last time in 2023.
    """
    if country is None:
        return frozenset()
    from holidays import PUBLIC, country_holidays, list_supported_countries

    if country not in list_supported_countries():
        raise UnknownCalendar(
            f"there are no public holidays for {country}; name another country in "
            "escalation.hours.holidays, such as DK, or false"
        )
    return frozenset(country_holidays(country, years=year, categories=PUBLIC))


def _shown(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first moment at which the local clock shows a time of a day, or has passed it."""
    local = datetime.combine(day, clock, zone)
    earlier, later = sorted(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = earlier.astimezone(zone).replace(tzinfo=None)
    if earlier == later or shown == local.replace(tzinfo=None):
        return earlier
    # The clock was put forward past it: it has passed it once it was.
    minutes = range((later - earlier) // _MINUTE + 1)
    passed = bisect_left(minutes, True, key=lambda n: _is_past(earlier + n * _MINUTE, local))
    return earlier + passed * _MINUTE


def _is_past(moment: datetime, local: datetime) -> bool:
    zone = local.tzinfo
    return moment.astimezone(zone).replace(tzinfo=None) >= local.replace(tzinfo=None)

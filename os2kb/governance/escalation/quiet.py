"""Quiet hours: when nobody is disturbed for anything but the worst class."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from os2kb.governance.escalation.working_time import working_time
from os2kb.policy.sections.escalation import Escalation, QuietHours

_INSTANT = timedelta(microseconds=1)


def quiet_until(model: Escalation, at: datetime) -> datetime | None:
    """When the quiet hours end that a moment lies in; None where it lies in none.

    Where the model has none, whatever is outside the working hours is quiet; in a model whose
    hours never come again, nothing is.
    """
    if model.quiet_hours is not None:
        return _until(model.quiet_hours, ZoneInfo(model.hours.timezone), at)
    working = working_time(model.hours)
    if working.between(at, at + _INSTANT):
        return None
    worked = working.after(at, _INSTANT)
    return worked - _INSTANT if worked else None


def _until(quiet: QuietHours, zone: ZoneInfo, at: datetime) -> datetime | None:
    start, end = (time.fromisoformat(one) for one in (quiet.start, quiet.end))
    clock = at.astimezone(zone).time()
    within = start <= clock < end if start < end else clock >= start or clock < end
    return min(one for one in _shows(end, zone, at) if one > at) if within else None


def _shows(clock: time, zone: ZoneInfo, at: datetime) -> Iterator[datetime]:
    """When the local clock shows a time, that day and the next, twice where it is put back."""
    today = at.astimezone(zone).date()
    for day in (today, today + timedelta(days=1)):
        for fold in (0, 1):
            yield datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)


def next_day(model: Escalation, at: datetime) -> datetime:
    """When the next day begins where the product is."""
    return day_of(model, at, days=1)


def day_of(model: Escalation, at: datetime, *, days: int = 0) -> datetime:
    """When a moment's day began where the product is, or so many days later."""
    zone = ZoneInfo(model.hours.timezone)
    day = at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(), zone).astimezone(UTC)

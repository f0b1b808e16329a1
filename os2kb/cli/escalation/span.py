"""From when until when: days as they are written on the command line."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from os2kb.cli.reading import months_before

_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_MONTHS = 12
_FIRST = datetime(2008, 1, 1, tzinfo=UTC)
"""Nothing on GitHub is older; and moments at the ends of the calendar are in no other zone."""
Since = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        formats=["%Y-%m-%d"],
        help="Issues opened from this day on. Default: the last year.",
        metavar="YYYY-MM-DD",
    ),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until",
        formats=["%Y-%m-%d"],
        help="Issues opened until the end of this day, as they stood then. Default: now.",
        metavar="YYYY-MM-DD",
    ),
]


def span(
    since: datetime | None, until: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """The moments between two days in Denmark, both included, and no later than now."""
    end = now if until is None else _midnight(until, now, days_later=1)
    start = months_before(end, _MONTHS) if since is None else _midnight(since, now)
    if start >= end:
        raise typer.BadParameter("--since must be a day before --until, and not after today")
    return start, end


def _midnight(day: datetime, now: datetime, days_later: int = 0) -> datetime:
    """When a day begins in Denmark, or some days after it, within the times there are."""
    if not _FIRST.year <= day.year <= now.year:
        return _FIRST if day.year < _FIRST.year else now
    return min(now, (day + timedelta(days=days_later)).replace(tzinfo=_DANISH_TIME))

"""From when until when: days as they are written on the command line."""

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from os2kb.cli.reading import months_before

_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_MONTHS = 12
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
    end = now if until is None else min(now, _midnight(until + timedelta(days=1)))
    start = months_before(end, _MONTHS) if since is None else _midnight(since)
    if start >= end:
        raise typer.BadParameter("--since must be a day before --until, and before today")
    return start, end


def _midnight(day: datetime) -> datetime:
    return day.replace(tzinfo=_DANISH_TIME)

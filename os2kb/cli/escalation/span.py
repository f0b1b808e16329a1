"""From when until when: days as they are written on the command line."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from os2kb.cli.language import refuse
from os2kb.cli.reading import months_before
from os2kb.phrases import Phrase

_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_MONTHS = 12
_FIRST = datetime(2008, 1, 1, tzinfo=UTC)
"""Nothing on GitHub is older; and moments at the ends of the calendar are in no other zone."""
_NO_DAY = Phrase(
    "{} {} er ingen dag; skriv den som 2026-01-31", "{} {} is no day; write it as 2026-01-31"
)
_NO_SPAN = Phrase(
    "--since skal være en dag før --until, og ikke efter i dag",
    "--since must be a day before --until, and not after today",
)
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        help="Issues opened from this day on. Default: the last year.",
        metavar="YYYY-MM-DD",
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        help="Issues opened until the end of this day, as they stood then. Default: now.",
        metavar="YYYY-MM-DD",
    ),
]


def span(since: str | None, until: str | None, now: datetime) -> tuple[datetime, datetime]:
    """The moments between two days in Denmark, both included, and no later than now."""
    first, last = _day("--since", since), _day("--until", until)
    end = now if last is None else _midnight(last, now, days_later=1)
    start = months_before(end, _MONTHS) if first is None else _midnight(first, now)
    if start >= end:
        refuse(_NO_SPAN)
    return start, end


def day_begins(option: str, text: str, now: datetime) -> datetime:
    """When a day that was written on the command line begins in Denmark; no later than now."""
    day = _day(option, text)
    assert day is not None  # there is a text  # noqa: S101
    return _midnight(day, now)


def _day(option: str, text: str | None) -> date | None:
    """A day as it was written; ends the command where it is none."""
    try:
        return None if text is None else datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        shown = f"“{text}”"
        refuse(Phrase(_NO_DAY.da.format(option, shown), _NO_DAY.en.format(option, shown)))


def _midnight(day: date, now: datetime, days_later: int = 0) -> datetime:
    """When a day begins in Denmark, or some days after it, within the times there are."""
    if not _FIRST.year <= day.year <= now.year:
        return _FIRST if day.year < _FIRST.year else now
    begins = datetime.combine(day + timedelta(days=days_later), time(), _DANISH_TIME)
    return min(now, begins)

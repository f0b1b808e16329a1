"""Moments of a scenario: written out, or counted from its `now`."""

import re
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.problem import Unacceptable

_COUNTED = re.compile(r"-(\d{1,4})([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
# Each year between two moments is worked out by itself, and costs some milliseconds.
_EARLIEST, _LATEST = 2000, 2100
_HERE = ZoneInfo("Europe/Copenhagen")
_OR_COUNTED = Phrase(
    ", eller hvor længe før `now` det var: -30m, -2h, -3d eller -1w",
    ", or how long before `now` it was: -30m, -2h, -3d or -1w",
)


class _OtherTime(ValueError):
    """A moment that is too long ago, or too far ahead."""


def _checked(text: str, or_counted: Phrase) -> str:
    try:
        moment_of(text)
    except _OtherTime:
        raise Unacceptable(
            f"Årstallet skal ligge fra {_EARLIEST} til {_LATEST}.",
            f"The year must be from {_EARLIEST} to {_LATEST}.",
        ) from None
    except (ValueError, OverflowError):
        raise Unacceptable(
            f"Skriv et tidspunkt som 2026-03-02T09:00:00+01:00{or_counted.da}.",
            f"Write a moment as 2026-03-02T09:00:00+01:00{or_counted.en}.",
        ) from None
    return text


def _written(text: str) -> str:
    return _checked(text, NOTHING)


def _written_or_counted(text: str) -> str:
    return text if _COUNTED.fullmatch(text) else _checked(text, _OR_COUNTED)


Moment = Annotated[str, AfterValidator(_written)]
"""A date, with or without a time and a zone; Danish time where it has none."""

Before = Annotated[str, AfterValidator(_written_or_counted)]
"""A moment, or how long before `now` it was: `-30m`, `-2h`, `-3d`, `-1w`."""


def moment_of(text: str) -> datetime:
    """The moment that a text names.

    Raises:
        ValueError: it names none.
    """
    moment = datetime.fromisoformat(text)
    if not _EARLIEST <= moment.year <= _LATEST:
        raise _OtherTime(f"{text} is not of our time")
    return moment if moment.tzinfo else moment.replace(tzinfo=_HERE)


def before(text: str, now: datetime) -> datetime:
    """The moment that a text names or counts back to."""
    counted = _COUNTED.fullmatch(text)
    if counted is None:
        return moment_of(text)
    return now - timedelta(**{_UNITS[counted[2]]: int(counted[1])})

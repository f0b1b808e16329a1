"""Moments of a scenario: written out, or counted from its `now`."""

import re
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

from os2kb.policy.problem import Unacceptable

_COUNTED = re.compile(r"-(\d{1,4})([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
# Far enough from the ends of the calendar that any pause can be counted.
_EARLIEST, _LATEST = 1900, 2200
_HERE = ZoneInfo("Europe/Copenhagen")


def _written(text: str) -> str:
    try:
        moment_of(text)
    except (ValueError, OverflowError):
        raise Unacceptable(
            "Skriv et tidspunkt som 2026-03-02T09:00:00+01:00.",
            "Write a moment as 2026-03-02T09:00:00+01:00.",
        ) from None
    return text


def _written_or_counted(text: str) -> str:
    if _COUNTED.fullmatch(text) is None:
        try:
            return _written(text)
        except Unacceptable:
            raise Unacceptable(
                "Skriv et tidspunkt som 2026-03-02T09:00:00+01:00, eller hvor længe før `now` det "
                "var: -30m, -2h, -3d eller -1w.",
                "Write a moment as 2026-03-02T09:00:00+01:00, or how long before `now` it was: "
                "-30m, -2h, -3d or -1w.",
            ) from None
    return text


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
        raise ValueError(f"{text} is not of our time")
    return moment if moment.tzinfo else moment.replace(tzinfo=_HERE)


def before(text: str, now: datetime) -> datetime:
    """The moment that a text names or counts back to."""
    counted = _COUNTED.fullmatch(text)
    if counted is None:
        return moment_of(text)
    return now - timedelta(**{_UNITS[counted[2]]: int(counted[1])})

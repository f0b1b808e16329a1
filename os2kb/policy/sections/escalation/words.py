"""The words of an escalation model: how long, what time, which days, and who."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator

from os2kb.policy.problem import Unacceptable
from os2kb.policy.recipient import is_mailbox, is_recipient
from os2kb.policy.section import Name

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Moment = Literal["respond", "plan", "fix"]
MOMENTS: tuple[Moment, ...] = ("respond", "plan", "fix")

Unit = Literal["h", "d", "ch"]
_DURATION = re.compile(r"(?P<number>[1-9]\d{0,3})(?P<unit>h|d|ch)", re.ASCII)
_UNITS: Mapping[str, Unit] = {"h": "h", "d": "d", "ch": "ch"}
_LEAP_YEAR = 2024  # it has every day that a span can name
_ALL_DAYS = tuple(
    (date(_LEAP_YEAR, 1, 1) + timedelta(n)).isoformat().removeprefix(f"{_LEAP_YEAR}-")
    for n in range(366)
)


class Amount(NamedTuple):
    """A duration in numbers: of working hours (`h`), working days (`d`) or clock hours (`ch`)."""

    number: int
    unit: Unit


def amount(duration: str) -> Amount:
    """What a duration says.

    Raises:
        Unacceptable: it is none.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise Unacceptable(
            "Skriv en varighed som 2h (arbejdstimer), 1d (arbejdsdage) eller 36ch (timer på uret).",
            "Write a duration as 2h (working hours), 1d (working days) or 36ch (clock hours).",
        )
    return Amount(int(found["number"]), _UNITS[found["unit"]])


def days_in(span: str) -> tuple[str, ...]:
    """The days, `MM-DD`, of a day or a span, which may cross the turn of the year.

    Raises:
        Unacceptable: it is neither, or names a day that no year has.
    """
    first, _, last = span.partition("..")
    if first not in _ALL_DAYS or (last or first) not in _ALL_DAYS or span.endswith(".."):
        raise Unacceptable(
            'Skriv en dag som "12-24" (måned-dag) eller et spænd som "12-24..12-31".',
            'Write a day as "12-24" (month-day) or a span as "12-24..12-31".',
        )
    start, end = _ALL_DAYS.index(first), _ALL_DAYS.index(last or first)
    if start <= end:
        return _ALL_DAYS[start : end + 1]
    return (*_ALL_DAYS[start:], *_ALL_DAYS[: end + 1])


def _duration(value: object) -> str:
    """Told with its cure also where it is a number: `respond: 2`."""
    text = str(value)
    amount(text)
    return text


def _days(text: str) -> str:
    days_in(text)
    return text


def _date(text: str) -> str:
    try:
        written = date.fromisoformat(text).isoformat()
    except ValueError:
        written = ""
    if written != text:
        raise Unacceptable('Skriv en dato som "2026-01-31".', 'Write a date as "2026-01-31".')
    return text


def _time_of_day(value: object) -> str:
    """Told with its cure also where it is a number: `from: 8`."""
    text = str(value)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise Unacceptable('Skriv et klokkeslæt som "08:00".', 'Write a time of day as "08:00".')
    return text


def _recipient(text: str) -> str:
    if not is_recipient(text):
        raise Unacceptable(
            "Skriv hvem der skal have besked, som @login, @organisation/team, zulip:kanal/emne, "
            "mailto:adresse eller jira:felt=værdi.",
            "Write who is told as @login, @organisation/team, zulip:stream/topic, mailto:address "
            "or jira:field=value.",
        )
    return text


def _mailbox(text: str) -> str:
    if not is_mailbox(text):
        raise Unacceptable(
            "En sårbarhed må kun gå til en postkasse; skriv mailto:adresse.",
            "A vulnerability may only go to a mailbox; write mailto:address.",
        )
    return text


def _place_of_digest(text: str) -> str:
    if text != "issue" and not (is_mailbox(text) or (text[:6] == "zulip:" and is_recipient(text))):
        raise Unacceptable(
            "Skriv, hvor oversigten skal hen: zulip:kanal/emne, mailto:adresse eller issue (ét "
            "issue, der rettes på stedet).",
            "Write where the digest goes: zulip:stream/topic, mailto:address or issue (one issue, "
            "edited in place).",
        )
    return text


Duration = Annotated[str, BeforeValidator(_duration)]
"""`2h` working hours, `1d` working days, `36ch` clock hours."""

Date = Annotated[str, AfterValidator(_date)]
"""`2026-01-31`."""

TimeOfDay = Annotated[str, BeforeValidator(_time_of_day)]
"""`08:00`."""

Days = Annotated[str, AfterValidator(_days)]
"""`12-24`, or `12-24..01-02`, each year."""

Recipient = Annotated[Name, AfterValidator(_recipient)]
"""`@login`, `@organisation/team`, `zulip:stream/topic`, `mailto:address` or `jira:field=value`."""

Mailbox = Annotated[Name, AfterValidator(_mailbox)]
"""`mailto:address`."""

DigestPlace = Annotated[Name, AfterValidator(_place_of_digest)]
"""`zulip:stream/topic`, `mailto:address` or `issue`."""

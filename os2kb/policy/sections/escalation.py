"""`escalation`: severities, working hours and the ladder."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name, Section

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Moment = Literal["respond", "plan", "fix"]


def _duration(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,3}(h|d|ch)", text, re.ASCII):
        raise Unacceptable(
            "Skriv en varighed som 2h (arbejdstimer), 1d (arbejdsdage) eller 36ch (timer på uret).",
            "Write a duration as 2h (working hours), 1d (working days) or 36ch (clock hours).",
        )
    return text


def _time_of_day(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise Unacceptable('Skriv et klokkeslæt som "08:00".', 'Write a time of day as "08:00".')
    return text


def _closed_days(text: str) -> str:
    day = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    if not re.fullmatch(rf"{day}(\.\.{day})?", text, re.ASCII):
        raise Unacceptable(
            'Skriv en dag som "12-24" (måned-dag) eller et spænd som "12-24..12-31".',
            'Write a day as "12-24" (month-day) or a span as "12-24..12-31".',
        )
    return text


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise Unacceptable(
            "Tidszonen findes ikke; skriv for eksempel Europe/Copenhagen.",
            "There is no such time zone; write for example Europe/Copenhagen.",
        ) from None
    return name


def _recipient(text: str) -> str:
    if not re.fullmatch(r"@[\w-]+(/[\w.-]+)?|zulip:[^/\s][^/]*(/.+)?", text):
        raise Unacceptable(
            "Skriv hvem der skal have besked, som @login, @organisation/team eller "
            "zulip:kanal/emne.",
            "Write who is told as @login, @organisation/team or zulip:stream/topic.",
        )
    return text


Duration = Annotated[str, AfterValidator(_duration)]
"""`2h` working hours, `1d` working days, `36ch` clock hours."""

Recipient = Annotated[Name, AfterValidator(_recipient)]
"""`@login`, `@organisation/team` or `zulip:stream/topic`."""


class Hours(Section):
    """When the clock runs.

    Attributes:
        timezone: of the working hours
        days: working days
        start: start of the working day
        end: end of the working day
        holidays: country whose public holidays do not count
        closed: `MM-DD` days and `MM-DD..MM-DD` spans that do not count
    """

    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Europe/Copenhagen"
    days: Annotated[tuple[Day, ...], Field(min_length=1)] = ("mon", "tue", "wed", "thu", "fri")
    start: Annotated[str, AfterValidator(_time_of_day)] = Field("08:00", alias="from")
    end: Annotated[str, AfterValidator(_time_of_day)] = Field("16:00", alias="to")
    holidays: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = "DK"
    closed: tuple[Annotated[str, AfterValidator(_closed_days)], ...] = ()

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> "Hours":
        if self.start >= self.end:
            raise Unacceptable("`from` skal ligge før `to`.", "`from` must come before `to`.")
        return self


class Severity(Section):
    """One class of faults: what belongs in it, and how soon what must happen.

    Attributes:
        criteria: what belongs in the class; classes stand worst first
        respond: `2h` working hours, `1d` working days, `36ch` on the clock
        plan: the same, until there is a plan
        fix: the same, until it is mended
    """

    criteria: Name
    respond: Duration | None = None
    plan: Duration | None = None
    fix: Duration | None = None


class Rung(Section):
    """Who is told, and when.

    Attributes:
        name: of the rung
        notify: `@login`, `@organisation/team` or `zulip:stream/topic`
        when: told when this moment has passed unmet; without it, at once
        confirm: a person confirms before anyone is told
    """

    name: Name
    notify: Annotated[tuple[Recipient, ...], Field(min_length=1)]
    when: Moment | None = None
    confirm: bool = False


class Escalation(Section):
    """The escalation model. `severities` stand worst first.

    Attributes:
        status: whether the model is proposed or adopted
    """

    status: Literal["forslag", "vedtaget"] = "forslag"
    hours: Hours = Hours()
    severities: Annotated[Mapping[Name, Severity], Field(min_length=1)]
    ladder: Annotated[tuple[Rung, ...], Field(min_length=1)]

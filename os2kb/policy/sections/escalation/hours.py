"""`escalation.hours` and `quiet_hours`: when the clock runs, and when nobody is disturbed."""

from collections import Counter
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Section
from os2kb.policy.sections.escalation.words import Day, Days, TimeOfDay


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise Unacceptable(
            "Tidszonen findes ikke; skriv for eksempel Europe/Copenhagen.",
            "There is no such time zone; write for example Europe/Copenhagen.",
        ) from None
    return name


def _each_day_once(days: tuple[Day, ...]) -> tuple[Day, ...]:
    for day, times in Counter(days).items():
        if times > 1:
            raise Unacceptable(
                f"{day} står to gange; skriv hver dag én gang.",
                f"{day} stands twice; write each day once.",
            )
    return days


def _none_for_false(value: object) -> object:
    """In a Policy `null` is for what a layer takes out of those below it."""
    return None if value is False else value


_COUNTRY = {"type": "string", "pattern": "^[A-Z]{2}$"}


class Hours(Section):
    """When the clock runs.

    Attributes:
        timezone: of the working hours
        days: working days
        start: start of the working day
        end: end of the working day
        holidays: country whose public holidays do not count; `false` for none
        closed: `MM-DD` days and `MM-DD..MM-DD` spans that do not count
    """

    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Europe/Copenhagen"
    days: Annotated[tuple[Day, ...], Field(min_length=1), AfterValidator(_each_day_once)] = (
        *("mon", "tue", "wed", "thu", "fri"),
    )
    start: TimeOfDay = Field("08:00", alias="from")
    end: TimeOfDay = Field("16:00", alias="to")
    holidays: Annotated[
        Annotated[str, Field(pattern=_COUNTRY["pattern"])] | None,
        BeforeValidator(_none_for_false),
        WithJsonSchema({"anyOf": [_COUNTRY, {"const": False}]}),
    ] = "DK"
    closed: Annotated[tuple[Days, ...], Field(max_length=50)] = ("12-24..12-31",)


class QuietHours(Section):
    """When nobody is told of anything but the worst class.

    Attributes:
        start: of the quiet hours, which may cross midnight
        end: of the quiet hours
    """

    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")

    @model_validator(mode="after")
    def _leaves_some_time(self) -> "QuietHours":
        if self.start == self.end:
            raise Unacceptable(
                "`from` og `to` er det samme klokkeslæt; skriv to forskellige.",
                "`from` and `to` are the same time of day; write two that differ.",
            )
        return self

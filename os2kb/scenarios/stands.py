"""`moments`: how the fault of a scenario must stand, moment by moment."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from os2kb.governance.escalation.standing import Standing
from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name
from os2kb.scenarios.moments import Moment, moment_of
from os2kb.scenarios.part import Part

_ELAPSED = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,2})m)?", re.ASCII)
_NONE = "–"


def _hours_and_minutes(text: str) -> str:
    if not text or _ELAPSED.fullmatch(text) is None:
        raise Unacceptable("Skriv en varighed som 1h30m.", "Write a duration as 1h30m.")
    return text


class Stands(Part):
    """How the fault must stand; any of these."""

    severity: Name | None = Field(None, description="the class; `null` for none")
    holder: Name | None = Field(
        None,
        description="who has the ball: `us`, `reporter`, `nobody`, or an organisation of `people`",
    )
    elapsed: Annotated[str, AfterValidator(_hours_and_minutes)] | None = Field(
        None, description="working time that we held the ball: `1h30m`"
    )
    rung: int | None = Field(None, ge=0, description="the highest that was told; 0 for none")
    due: Moment | None = Field(
        None, description="the next promise's moment; `null` where the clock stands still"
    )
    notified: tuple[Name, ...] = Field((), description="all who were told so far, in order")
    awaits: tuple[int, ...] = Field((), description="rungs that wait for `/os2 escalate`")

    @model_validator(mode="after")
    def _something(self) -> "Stands":
        if not self.model_fields_set:
            allowed = ", ".join(f"`{name}`" for name in type(self).model_fields)
            raise Unacceptable(
                f"Skriv, hvad der ventes: {allowed}.", f"Write what is expected: {allowed}."
            )
        return self


class AtMoment(Part):
    """A moment, and how the fault must stand then."""

    at: Moment = Field(description="the moment")
    expect: Stands = Field(description="what must be so then")


def unlike(expect: Stands, stands: Standing, zone: str) -> Iterator[tuple[str, str, str]]:
    """What is otherwise than expected: its name, what was expected, and what is."""
    local = ZoneInfo(zone)
    holder = stands.party if expect.holder == stands.party else stands.holder
    due = moment_of(expect.due) if expect.due else None
    found = {
        "severity": (expect.severity or _NONE, stands.severity or _NONE),
        "holder": (expect.holder or _NONE, holder),
        "elapsed": (_duration(expect.elapsed), stands.elapsed),
        "rung": (expect.rung, stands.rung),
        "due": (_local(due, local), _local(stands.due, local)),
        "notified": (expect.notified, stands.notified),
        "awaits": (expect.awaits, stands.awaits),
    }
    for name in sorted(expect.model_fields_set, key=list(found).index):
        wanted, came = found[name]
        if wanted != came:
            yield name, _shown(wanted), _shown(came)


def _duration(text: str | None) -> timedelta | None:
    match = _ELAPSED.fullmatch(text or "")
    if match is None or not text:
        return None
    return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0))


def _local(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat() if moment else _NONE


def _shown(value: object) -> str:
    if isinstance(value, timedelta):
        minutes = value // timedelta(minutes=1)
        return f"{minutes // 60}h{minutes % 60}m"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _NONE
    return str(value)

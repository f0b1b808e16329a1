"""What cannot hold in the working hours and quiet hours of an escalation model."""

from collections.abc import Iterator

from os2kb.phrases import Phrase
from os2kb.policy.document import Keys
from os2kb.policy.escalation.lengths import minutes
from os2kb.policy.sections.escalation import Escalation, Hours, QuietHours, days_in

_HOURS: Keys = ("escalation", "hours")
_DAYS_OF_A_YEAR = 366
Wrong = Iterator[tuple[Keys, Phrase]]


def wrong_hours(model: Escalation) -> Wrong:
    """Hours that end before they begin, overlap, leave nothing, or go by no calendar."""
    hours, quiet = model.hours, model.quiet_hours
    if hours.start >= hours.end:
        yield (
            _HOURS,
            Phrase(
                "`escalation.hours`: `from` skal ligge før `to`.",
                "`escalation.hours`: `from` must come before `to`.",
            ),
        )
    elif quiet is not None and _covers(quiet, hours):
        yield (
            ("escalation", "quiet_hours"),
            Phrase(
                f"`escalation.quiet_hours` dækker hele arbejdsdagen ({hours.start}–{hours.end}), "
                "så ingen fik besked; gør dem kortere.",
                f"`escalation.quiet_hours` cover the whole working day ({hours.start}–"
                f"{hours.end}), so that nobody would be told; make them shorter.",
            ),
        )
    yield from _closed(hours)
    yield from _calendar(hours)


def _covers(quiet: QuietHours, hours: Hours) -> bool:
    """Whether the quiet hours, which may cross midnight, hold all of the working day."""
    asleep, awake = minutes(quiet.start), minutes(quiet.end)
    starts, ends = minutes(hours.start), minutes(hours.end)
    if asleep < awake:
        return asleep <= starts and ends <= awake
    return ends <= awake or starts >= asleep


def _closed(hours: Hours) -> Wrong:
    """Spans of which one overlaps another, or that leave no day to work on."""
    seen: dict[str, str] = {}
    for at, span in enumerate(hours.closed):
        if twice := [day for day in days_in(span) if day in seen]:
            day, other = twice[0], seen[twice[0]]
            yield (
                (*_HOURS, "closed", at),
                Phrase(
                    f"`escalation.hours.closed`: {span} og {other} overlapper ({day}); skriv dem "
                    "som ét spænd.",
                    f"`escalation.hours.closed`: {span} and {other} overlap ({day}); write them as "
                    "one span.",
                ),
            )
        seen |= dict.fromkeys(days_in(span), span)
    if len(seen) == _DAYS_OF_A_YEAR:
        yield (
            (*_HOURS, "closed"),
            Phrase(
                "`escalation.hours.closed`: der er lukket hele året; hold nogle dage åbne.",
                "`escalation.hours.closed`: all of the year is closed; leave some days open.",
            ),
        )


def _calendar(hours: Hours) -> Wrong:
    """The library takes a while to import, and knows Denmark."""
    if hours.holidays in (None, "DK"):
        return
    from holidays import list_supported_countries

    if hours.holidays not in list_supported_countries():
        yield (
            (*_HOURS, "holidays"),
            Phrase(
                f"`escalation.hours.holidays`: der er ingen kalender over helligdage for "
                f"{hours.holidays}; skriv et lands to bogstaver, for eksempel DK, eller false.",
                f"`escalation.hours.holidays`: there is no calendar of public holidays for "
                f"{hours.holidays}; write the two letters of a country, for example DK, or false.",
            ),
        )

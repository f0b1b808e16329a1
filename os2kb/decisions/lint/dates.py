"""Whether an entry's dates agree: its own, its file's, its heading's and those of its text."""

import datetime
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from os2kb.decisions.dates import Dated, dates_in, exact_date, in_other_years, is_likely
from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault

_IN_NAME = re.compile(r"\d{4}-\d\d-\d\d")
_TO_RATIFY = re.compile(
    r"(?:ønskes|skal|fremlægges|forelægges)\b.{0,80}?\b(?:ratific|godkendelse)", re.IGNORECASE
)
_TO_RATIFY_SAYS = ("ratific", "godkendelse")  # one of these; they are sought fast
_RATIFIED = re.compile(
    r"(?<!snart den )(?<!når den )(?<!hvis den )\b(?:er|blev|er blevet) "
    r"(?:ratificeret|godkendt) (?:på|af|den|d\.|pr)\b",
    re.IGNORECASE,
)
_PUT_BEFORE = re.compile(r"(?:fremlægges|forelægges) til .{1,120}", re.IGNORECASE)
_TAKEN = re.compile(
    r"\b(?:blev|er) (?:\w+ ){0,2}?(?:taget|vedtaget|besluttet|truffet)\b"
    r"(?P<when>[^.\n]{0,60}?\d[^\n]{0,20})",
    re.IGNORECASE,
)
_LONG = 2_000  # characters of a line that are looked at


def missing_date(entry: Entry, log: Log) -> Iterator[Finding]:
    """`date`: there is one, of a year that can be. A proposal has none until it is decided."""
    day, named = entry.decision.date, _of_file(entry)
    written = entry.written.get("date", "")
    if (day and is_likely(day)) or (not written and entry.decision.status == "proposed"):
        return
    yield fault(
        entry,
        "date",
        entry.line("date"),
        (f"Datoen “{written[:40]}” kan ikke være rigtig.", f"The date “{written[:40]}” cannot be.")
        if written
        else ("Der står ingen dato.", "There is no date."),
        (
            "Skriv dagen, hvor det blev besluttet, som ÅÅÅÅ-MM-DD.",
            "Write the day on which it was decided as YYYY-MM-DD.",
        ),
        suggestion=log.replaced(entry, "date", named.isoformat()) if named else None,
    )


def date_of_file(entry: Entry, _: Log) -> Iterator[Finding]:
    """`date-file`: the date that the file's name begins with is the decision's."""
    day, named = entry.decision.date, _of_file(entry)
    if day is None or named is None or day == named or not is_likely(day):
        return
    yield fault(
        entry,
        "date-file",
        entry.line("date"),
        (
            f"Datoen er {day}, men filens navn begynder med {named}.",
            f"The date is {day}, but the file's name begins with {named}.",
        ),
        (
            "Ret den dato, der er forkert; filen kan omdøbes.",
            "Mend the date that is wrong; the file can be renamed.",
        ),
    )


def date_of_heading(entry: Entry, _: Log) -> Iterator[Finding]:
    """`date-heading`: the heading above has the decision's date, or its year."""
    day, heading, year = (
        entry.decision.date,
        entry.written.get("heading"),
        entry.written.get("year"),
    )
    if day is None:
        return
    if heading and heading != day.isoformat():
        told = heading
    elif year and year.isdigit() and int(year) != day.year:
        told = year
    else:
        return
    yield fault(
        entry,
        "date-heading",
        entry.line("date"),
        (
            f"Datoen er {day}, men overskriften siger {told}.",
            f"The date is {day}, but the heading says {told}.",
        ),
        (
            "Ret datoen eller overskriften, så de siger det samme.",
            "Mend the date or the heading, so that they say the same.",
        ),
    )


def date_of_text(entry: Entry, log: Log) -> Iterator[Finding]:
    """`date-text`: where the text says when it was decided, that is the date."""
    day = entry.decision.date
    for number, line in log.written(entry) if day else ():
        match = _TAKEN.search(line[:_LONG])
        said = next(iter(dates_in(match["when"])), None) if match else None
        if said and said.date != day:
            yield fault(
                entry,
                "date-text",
                number,
                (
                    f"Teksten siger, at det blev besluttet {said.written}, men datoen øverst er "
                    f"{day}.",
                    f"The text says it was decided on {said.written}, but the date above is {day}.",
                ),
                (
                    "Ret den af dem, der er forkert.",
                    "Mend the one that is wrong.",
                ),
                level="warning",
            )


def ratification_year(entry: Entry, log: Log) -> Iterator[Finding]:
    """`ratification-date`: what was decided is put before a meeting afterwards, not before."""
    day = entry.decision.date
    for number, line in log.written(entry) if day else ():
        match = _PUT_BEFORE.search(line[:_LONG])
        for meeting in dates_in(match[0]) if match else ():
            if day and meeting.date < day:
                yield fault(
                    entry,
                    "ratification-date",
                    number,
                    (
                        f"Mødet {meeting.written} ligger før beslutningen ({day}).",
                        f"The meeting of {meeting.written} is before the decision ({day}).",
                    ),
                    (
                        "Ret årstallet, eller datoen øverst, hvis det er den, der er forkert.",
                        "Mend the year, or the date above, if that is what is wrong.",
                    ),
                    suggestion=_a_year_later(line, meeting, day),
                )


def _a_year_later(line: str, meeting: Dated, day: datetime.date) -> str | None:
    later = next((one for one in in_other_years(meeting.date) if one >= day), None)
    year = str(meeting.date.year)
    if later is None or meeting.written.count(year) != 1:
        return None
    return line.replace(meeting.written, meeting.written.replace(year, str(later.year)), 1)


def missing_ratification(entry: Entry, log: Log) -> Iterator[Finding]:
    """`ratification`: what was to be ratified says when and where it was."""
    decision = entry.decision
    if decision.status != "accepted" or decision.said.on or decision.said.group:
        return
    lines = [(number, line[:_LONG]) for number, line in log.written(entry)]
    whole = "\n".join(line for _, line in lines).casefold()
    if not any(word in whole for word in _TO_RATIFY_SAYS):
        return
    asked = next((number for number, line in lines if _TO_RATIFY.search(line)), None)
    if asked is None or any(_RATIFIED.search(line) for _, line in lines):
        return
    yield fault(
        entry,
        "ratification",
        asked,
        (
            "Beslutningen skulle ratificeres, og der står ikke, at den er blevet det.",
            "The decision was to be ratified, and it does not say that it was.",
        ),
        (
            "Er den ratificeret, så skriv det i status, for eksempel “Godkendt på "
            "styregruppemødet den 5. februar 2026”.",
            "If it was, write it in the status, such as “Godkendt på styregruppemødet den "
            "5. februar 2026”.",
        ),
        level="warning",
    )


def _of_file(entry: Entry) -> datetime.date | None:
    match = _IN_NAME.match(PurePosixPath(entry.path).name)
    return exact_date(match[0]) if match else None

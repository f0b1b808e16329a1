"""The heading of a decision: `[SDR] Titel`, `ADR 001 - Title`, `BDR-#42: titel (2026-05-02)`."""

import datetime
import re
from dataclasses import dataclass

from os2kb.decisions.dates import date_in, exact_date
from os2kb.decisions.guard import unguarded
from os2kb.decisions.words import Type, type_of

_FORMS = (
    re.compile(
        r"BDR(?:[- ]?#?0*(?P<id>\d{1,9}))? ?: (?P<title>.+?)(?: \((?P<date>[^()]{6,30})\))?"
    ),
    re.compile(r"\[(?P<type>[ASO]DR)\]\s*(?P<title>.+)"),
    re.compile(
        r"(?:(?P<type>[ASO]DR)|Beslutning|Decision)[- ]?#?0*(?P<id>\d{1,9})?\s*(?:[-–—:.]\s+|\s-\s)"
        r"(?P<title>.+)"
    ),
    re.compile(r"0*(?P<id>\d{1,6})(?:\.| -|:) (?P<title>.+)"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says of its decision."""

    title: str
    id: str = ""
    type: Type = ""
    date: datetime.date | None = None


def heading_of(written: str) -> Heading:
    """A heading, read. One that a writer has marked is a title and no more."""
    for form in _FORMS:
        if match := form.fullmatch(written):
            said = match.groupdict()
            stated = said.get("date") or ""
            dated = date_in(stated)
            day = exact_date(stated) or (dated.date if dated else None)
            title = match["title"] if day or not stated else f"{match['title']} ({stated})"
            number, type_ = said.get("id") or "", type_of(said.get("type") or "")
            return Heading(unguarded(title), number, type_, day)
    return Heading(unguarded(written))

"""Dates as Danes and developers write them."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST_YEAR, _LAST_YEAR = 1990, 2100  # a decision of another year is a slip of the pen
_NAMES = (
    "januar january jan|februar february feb|marts march mar|april apr|maj may|juni june jun|"
    "juli july jul|august aug|september sept sep|oktober october okt oct|november nov|"
    "december dec"
)
_MONTHS = {
    name: number for number, names in enumerate(_NAMES.split("|"), 1) for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?P<day>\d{1,2})"
_FORMS = (
    re.compile(rf"(?<!\d){_YEAR}(?P<sep>[-./])(?P<month>\d{{1,2}})(?P=sep){_DAY}(?!\d)"),
    re.compile(rf"(?<!\d)(?<!\d[./]){_DAY}(?:\. ?|[-/])(?P<month>\d{{1,2}})(?:\. ?|[-/ ]){_YEAR}"),
    re.compile(r"(?<!\d)(?<!\d[./-])(?P<day>\d\d)([-./])(?P<month>\d\d)\2(?P<short>\d\d)(?![\d.])"),
    re.compile(rf"(?<!\d)(?<!\d[./-]){_DAY}/(?P<month>\d{{1,2}})-(?P<short>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}(?:\.|st|nd|rd|th)? ?(?P<name>{_MONTH})\b\.?,? ?{_YEAR}", re.I),
    re.compile(rf"\b(?P<name>{_MONTH})\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}", re.I),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and where in a text it stands as what."""

    date: datetime.date
    written: str
    start: int


def dates_in(text: str) -> list[Dated]:
    """Every date in a text, in order. A day that no month has, or a year far off, is none."""
    found: dict[int, Dated] = {}
    for form in _FORMS:
        for match in form.finditer(text):
            day = _date(match)
            if day and not any(_overlap(one, match) for one in found.values()):
                found[match.start()] = Dated(day, match[0], match.start())
    return [found[start] for start in sorted(found)]


def exact_date(text: str) -> datetime.date | None:
    """`2026-06-04` and nothing else, in any year."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def is_likely(day: datetime.date) -> bool:
    """Whether a decision may be of that year."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def date_in(text: str) -> Dated | None:
    """The first of them."""
    return next(iter(dates_in(text[:2_000])), None)


def _overlap(one: Dated, match: re.Match[str]) -> bool:
    return one.start < match.end() and match.start() < one.start + len(one.written)


def _date(match: re.Match[str]) -> datetime.date | None:
    said = match.groupdict()
    year = int(said.get("year") or f"20{said.get('short')}")
    month = int(said.get("month") or _MONTHS[str(said.get("name")).lower()])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, int(match["day"]))
    except ValueError:
        return None


def in_other_years(day: datetime.date) -> Iterator[datetime.date]:
    """The same day a year later and a year before: how years are got wrong."""
    for year in (day.year + 1, day.year - 1):
        try:
            yield day.replace(year=year)
        except ValueError:  # 29 February
            continue

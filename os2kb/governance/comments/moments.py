"""Moments as people read them, in their own zone: `fredag den 15. maj kl. 9.00`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from index.passages import Language

_DAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "da": (
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def day_in_words(day: date, language: Language) -> str:
    """`4. juni 2026`, `4 June 2026`."""
    month = _MONTHS[language][day.month - 1]
    return f"{day.day}{'.' if language == 'da' else ''} {month} {day.year}"


def in_words(moment: datetime, zone: str, language: Language, *, year: int) -> str:
    """A moment in words.

    Args:
        moment: with a zone.
        zone: where the reader is, such as `Europe/Copenhagen`.
        language: Danish or English.
        year: the one that goes without saying.
    """
    local = moment.astimezone(ZoneInfo(zone))
    day, month = _DAYS[language][local.weekday()], _MONTHS[language][local.month - 1]
    said = "" if local.year == year else f" {local.year}"
    if language == "da":
        return f"{day} den {local.day}. {month}{said} kl. {local.hour}.{local.minute:02}"
    return f"{day} {local.day} {month}{said} at {local.hour}:{local.minute:02}"

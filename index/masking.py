"""Personal data is masked before anything is indexed, quoted or logged."""

import re

MASK = "██████-████"

# A CPR number is a date of birth (ddmmyy) and four digits: https://cpr.dk/cpr-systemet/opbygning-af-cpr-nummeret
# Digits or a hyphen on either side mean a longer number (a UUID, an account, a timestamp).
_CPR = re.compile(
    r"(?<!\d)(?<!\d-)(?P<day>\d\d)(?P<month>\d\d)\d\d(?P<sign>[ \t]?[-‐‑‒–—−][ \t]?|[ \t]|)"
    r"\d{4}(?!-?\d)"
)
_REPLACEMENT_DAYS = 60  # a replacement CPR number (erstatningspersonnummer) has 60 added to its day


def _is_date(match: re.Match[str]) -> bool:
    day, month = int(match["day"]), int(match["month"])
    if day > _REPLACEMENT_DAYS:
        day -= _REPLACEMENT_DAYS
    return 1 <= day <= 31 and 1 <= month <= 12


def _masked(match: re.Match[str]) -> str:
    # With a hyphen the form alone gives it away; without one it must also hold a date, since any
    # ten digits might stand in a document.
    return MASK if match["sign"].strip() or _is_date(match) else match[0]


def mask(text: str) -> str:
    """Put `██████-████` in the place of every Danish CPR number.

    Numbers with a hyphen (`ddmmyy-xxxx`) are always masked, ten digits on end or parted by a
    space where the first four are a possible day and month. Line breaks are never touched.
    """
    return _CPR.sub(_masked, text)

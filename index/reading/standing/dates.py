"""Dates in the words of documents."""

import re
from datetime import date

_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)[-.](?P<month>\d\d)[-.](?P<day>\d\d)(?!\d)")
_DANISH = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./ ](?P<year>20\d\d)(?!\d)")
_MONTHS = {
    name: number
    for names in (
        "januar februar marts april maj juni juli august september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_WORDED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\.?\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_FORMS = (_ISO, _DANISH, _WORDED, _AMERICAN)


def date_in(text: str) -> str:
    """The first date in a text as ISO 8601; empty where there is none."""
    match = next(filter(None, (form.search(text) for form in _FORMS)), None)
    if match is None:
        return ""
    month = _MONTHS.get(match["month"].lower()) or int(match["month"])
    try:
        return date(int(match["year"]), month, int(match["day"])).isoformat()
    except ValueError:
        return ""

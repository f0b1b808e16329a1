"""Which language somebody reads: what the address says, else what their browser asks for."""

from datetime import date
from typing import Literal, NamedTuple

from fastapi import Request

from index.passages import Language

_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
    "oktober", "november", "december",
)  # fmt: skip


class Reader(NamedTuple):
    """Who reads a page.

    Attributes:
        lang: what they read.
        said: the same, where the address says it, so that links must say it, too.
    """

    lang: Language
    said: Language | None = None

    def ending(self, address: str) -> str:
        """An address of ours without a query, in this reader's language."""
        return f"{address}?lang={self.said}" if self.said else address


def reader_of(request: Request, asked: Language | Literal[""]) -> Reader:
    """Danish, but for who says otherwise."""
    return Reader(asked, asked) if asked else Reader(_preferred(request))


def _preferred(request: Request) -> Language:
    weights = weighted(request.headers.get("accept-language", ""))
    wanted = {name.partition("-")[0]: weight for name, weight in reversed(weights)}
    return "en" if wanted.get("en", 0.0) > wanted.get("da", 0.0) else "da"


def weighted(header: str) -> list[tuple[str, float]]:
    """The values of such a header with their weights (RFC 9110, 12.4.2), the heaviest first."""
    found = []
    for one in header[:1_000].lower().split(","):
        name, *parameters = (part.strip() for part in one.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        if name:
            found.append((name, _number(weight)))
    return sorted(found, key=lambda one: one[1], reverse=True)


def day_in(language: Language, day: date) -> str:
    """`4. juni 2026`."""
    month = f"{day:%B}" if language == "en" else _MONTHS[day.month - 1]
    return f"{day.day}{'' if language == 'en' else '.'} {month} {day.year}"


def wants_page(request: Request) -> bool:
    """Whether a browser asks: a page is named, and JSON not rather."""
    named = {name for name, weight in weighted(request.headers.get("accept", "")) if weight}
    return bool(named & {"text/html", "application/xhtml+xml"}) and not wants_json(request)


def wants_json(request: Request) -> bool:
    """Whether JSON is asked for rather than a page."""
    weights = dict(reversed(weighted(request.headers.get("accept", ""))))
    page = max(weights.get("text/html", 0.0), weights.get("application/xhtml+xml", 0.0))
    return weights.get("application/json", 0.0) > page


def _number(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0

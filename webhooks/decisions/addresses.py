"""Where the log's pages are, and where the links of a decision's texts lead."""

from dataclasses import asdict
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

from index.passages import Language
from webhooks.decisions.book import Book, Place, Shown
from webhooks.decisions.found import Asked

LOG = "/decisions"
FEED = "/decisions.atom"
API = "/api/v1/decisions"


def address(place: Place) -> str:
    """A decision's page."""
    return f"{LOG}/{quote(place.product)}/{quote(place.name, safe='')}"


def listing(asked: Asked, lang: Language | None, *, path: str = LOG, **changed: object) -> str:
    """The log as somebody asked for it, with some of it changed."""
    usual = asdict(Asked())
    wanted = {name: value for name, value in asdict(asked).items() if value != usual[name]}
    wanted |= {"lang": lang} | changed
    said = urlencode({name: value for name, value in wanted.items() if value not in ("", None, 0)})
    return f"{path}?{said}" if said else path


def leads_to(book: Book, one: Shown, target: str) -> str:
    """Where a link in a decision's text leads: to another decision, or as from its own file."""
    try:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return target
        name = PurePosixPath(unquote(parts.path))
        for known in (name.stem, name.name) if parts.path else ():
            places = book.aliases.get(Place(one.place.product, known), ())
            if len(places) == 1:
                return address(places[0])
        return urljoin(one.url, target) if one.url and parts.path else ""
    except ValueError:
        return ""

"""The log's pages and its feed, as text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from index.plain import plain
from os2kb.decisions.words import HEADINGS
from webhooks.decisions.addresses import API, FEED, LOG, address, leads_to, listing
from webhooks.decisions.book import Book, Place, Shown
from webhooks.decisions.found import Asked, Facet, Found, year_of
from webhooks.decisions.wording import Wording
from webhooks.pages.language import Reader
from webhooks.pages.markdown import html_of, safe_address
from webhooks.pages.site import spoken_in, templates

_SUMMARY = 600  # characters
_ENVIRONMENT = templates("webhooks.decisions")
_ISSUE = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+)#(?P<number>\d{1,9})", re.ASCII)
# What XML 1.0 cannot hold, however it is written: https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING = Book((), {})
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Part(NamedTuple):
    """A heading, and what stands under it."""

    heading: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Views:
    """Writes the pages of one installation.

    Args:
        titles: how products are called, by name.
        github_web: where people read issues.
        public_url: where people reach the service, without a slash at its end; empty where it is
            not set, and then it is as each request says.
    """

    titles: Mapping[str, str]
    github_web: str
    public_url: str = ""

    def log(self, book: Book, found: Found, asked: Asked, reader: Reader) -> str:
        """The log: a form, and what was found along a line of time."""
        here = listing(asked, None)
        return self._page("log", book, reader, here)(
            asked=asked,
            found=found,
            years=[(year, list(group)) for year, group in groupby(found.decisions, key=year_of)],
            choices=partial(_choices, Wording(reader.lang, self.titles), found),
            narrowed=any((asked.q, asked.product, asked.type, asked.status, asked.year)),
            listing=partial(listing, asked, reader.said),
            said=reader.said or "",
            feed=listing(asked, reader.said, path=FEED, limit="", offset=""),
            as_json=listing(asked, None, path=API),
        )

    def decision(self, book: Book, one: Shown, reader: Reader) -> str:
        """All of a decision."""
        issue, wording = _ISSUE.fullmatch(one.decision.issue), Wording(reader.lang, self.titles)
        approval = [wording.approval(one.entry.approval)] if one.entry.approval else []
        at = f"{self.github_web}/{issue['repository']}/issues/{issue['number']}" if issue else ""
        return self._page("decision", book, reader, address(one.place))(
            one=one,
            facts=[*wording.facts(one.decision), *approval],
            parts_of=list(_parts(book, one, reader)),
            product_log=listing(Asked(product=one.place.product), reader.said),
            as_json=API + address(one.place).removeprefix(LOG),
            source=safe_address(one.url),
            issue_at=safe_address(at),
            in_force=book.in_force(one),
            lasting=self.public_url and self.public_url + address(one.place),
        )

    def several(self, book: Book, places: tuple[Place, ...], reader: Reader) -> str:
        """Decisions that all go by the name that was asked for."""
        return self._page("several", book, reader, LOG)(
            found=[book.at[place] for place in sorted(places)]
        )

    def missing(self, book: Book, reader: Reader) -> str:
        """What is shown where there is no such decision."""
        products = sorted({one.place.product for one in book.decisions})
        return self._page("missing", book, reader, LOG)(
            products=products,
            product_log=lambda name: listing(Asked(product=name), reader.said),
        )

    def unfit(self, reader: Reader, faults: Sequence[str], without: str) -> str:
        """What is shown where the log was asked for in a way that it cannot be.

        Args:
            faults: a sentence each.
            without: the address without what is wrong with it.
        """
        return self._page("unfit", _NOTHING, reader, LOG)(faults=faults, without=without)

    def away(self, reader: Reader) -> str:
        """What is shown while the log cannot be read."""
        return self._page("away", _NOTHING, reader, LOG)()

    def feed(self, book: Book, found: Found, base: str, here: str, reader: Reader) -> str:
        """The newest decisions that have a date, as Atom (RFC 4287).

        Args:
            base: of absolute addresses, without a slash at its end.
            here: the feed's own address below it.
        """
        dated = [one for one in found.decisions if one.decision.date]
        entries = [(one, _changed(one), _lasting_name(one)) for one in dated]
        written = _ENVIRONMENT.get_template("page/feed.xml.j2").render(
            self._always(book, reader),
            entries=entries,
            newest=max((at for _, at, _ in entries), default=_NEVER),
            base=base,
            here=here,
            summary=_summary,
        )
        return _NO_XML.sub("", written)

    def _page(self, name: str, book: Book, reader: Reader, here: str) -> Callable[..., str]:
        """Writes a page; `here` is its address without a language."""
        joint = "&" if "?" in here else "?"
        other = {language: f"{here}{joint}lang={language}" for language in ("da", "en")}
        template = _ENVIRONMENT.get_template(f"page/{name}.html.j2")
        return partial(template.render, self._always(book, reader), other=other)

    def _always(self, book: Book, reader: Reader) -> dict[str, Any]:
        return spoken_in(reader.lang) | {
            "at": lambda place: book.at[place],
            "address": lambda place: reader.ending(address(place)),
            "log_address": reader.ending(LOG),
            "ending": reader.ending,
            "current": LOG,
            "words": Wording(reader.lang, self.titles),
        }


def _choices(words: Wording, found: Found, facet: Facet) -> list[tuple[str, str, int]]:
    """What can be chosen: value, word and count."""
    said: Mapping[Facet, Callable[[Any], str]] = {
        "product": words.product,
        "type": words.type,
        "status": words.status,
        "year": str,
    }
    counts = sorted(found.facets[facet].items(), reverse=facet == "year")
    return [(value, said[facet](value), count) for value, count in counts]


def _parts(book: Book, one: Shown, reader: Reader) -> Iterator[Part]:
    leads = partial(leads_to, book, one)
    for text, heading in HEADINGS.items():
        if said := getattr(one.decision, text):
            yield Part(heading.in_language(reader.lang), html_of(said, leads))
    for other in one.decision.extra:
        yield Part(other.heading, html_of(other.text, leads))


def _summary(one: Shown) -> str:
    """What was decided, in a few lines."""
    return plain(one.decision.decision or one.decision.context)[:_SUMMARY]


def _changed(one: Shown) -> datetime:
    """The last day that it tells of itself; nothing is kept of when its file was edited."""
    days = [day for day in (one.decision.date, one.decision.said.on) if day]
    return datetime.combine(max(days), time(), UTC)


def _lasting_name(one: Shown) -> str:
    """The same wherever the service runs (RFC 4287, 4.2.6)."""
    return uuid5(NAMESPACE_URL, f"os2kb:{address(one.place)}").urn

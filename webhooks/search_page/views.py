"""The search page, the answer on it, and a document, as HTML."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from index.passages import Passage
from index.retrieval.filters import Held
from index.search import Index
from os2kb.answers.answer import Answer
from webhooks.knowledge.event_stream import Event
from webhooks.knowledge.models import SearchResponse, SearchResult
from webhooks.pages.language import Reader
from webhooks.pages.markdown import answer_html, html_of, safe_address
from webhooks.pages.site import spoken_in, templates
from webhooks.questions.routes import onward
from webhooks.search_page.document import lines_of
from webhooks.search_page.places import (
    address_of,
    document_of,
    opened_at,
    public_passages,
    shown_here,
)
from webhooks.search_page.wanted import ANSWER, PAGE, RESULTS, VOTE, Facet, Wanted
from webhooks.search_page.wording import Wording

Counts = Mapping[Facet, Mapping[str, int]]
_ENVIRONMENT = templates("webhooks.search_page")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        index: where.
        counts: how many there would be of each, were this one chosen and the other as it is.
    """

    index: Index
    response: SearchResponse
    counts: Counts


@dataclass(frozen=True, slots=True)
class Views:
    """Writes the pages of one installation.

    Args:
        titles: how products are called, by name.
        keeps: questions and votes; so what found no answer can be sent on.
    """

    titles: Mapping[str, str]
    keeps: bool = True

    def search(
        self,
        wanted: Wanted,
        reader: Reader,
        held: Held | None,
        known: Collection[str] = (),
        found: Found | None = None,
        answer: Answer | None = None,
        unknown: str = "",
    ) -> str:
        """The search page.

        Args:
            held: how much can be searched; None before the first index is built.
            known: products to choose from.
            found: None where nothing is searched for.
            answer: where the page is to hold it.
            unknown: a product that was asked for, and is none.
        """
        return self._render(
            "search",
            reader,
            wanted.address(Reader(reader.lang)),
            held=held,
            known=sorted(known) if len(known) > 1 else (),
            wanted=wanted,
            found=found,
            **self._of(found, wanted, reader),
            turned=partial(wanted.address, reader),
            step=RESULTS,
            answer=answer,
            said=answer_html(answer.text) if answer else "",
            stream=wanted.address(reader, ANSWER, offset=0, kind=None),
            unknown=unknown,
            **self._what_next(wanted.q, wanted.product, reader),
        )

    def document(self, index: Index, passage: Passage, lines: range, reader: Reader) -> str:
        """The document that holds a passage, line by line, with some of them marked."""
        return self._render(
            "document",
            reader,
            shown_here(passage, passage.lines).partition("?")[0],
            passage=passage,
            source=safe_address(passage.url),
            lines=list(lines_of(document_of(index, passage))),
            marked=lines,
        )

    def missing(self, reader: Reader) -> str:
        """What is shown where there is no such passage."""
        return self._render("missing", reader, PAGE)

    def events(self, index: Index, reader: Reader, product: str, answer: Answer) -> Iterator[Event]:
        """An answer for the page: what it rests on as it comes, then all of it."""
        for citation in answer.citations:
            yield "citation", {"title": citation.title}
        template = _ENVIRONMENT.get_template("page/answer.html.j2")
        html = template.render(
            self._always(reader),
            cited=partial(opened_at, index),
            answer=answer,
            said=answer_html(answer.text),
            **self._what_next(answer.question, product, reader),
        )
        yield "done", {"html": html}

    def thanks(self, wanted: Wanted, reader: Reader) -> str:
        """What who voted is shown; it leads back to the answer."""
        here, back = Reader(reader.lang), wanted.address(reader, answer=int(wanted.answer))
        return self._render("thanks", reader, wanted.address(here, VOTE), wanted=wanted, back=back)

    def _what_next(self, question: str, product: str, reader: Reader) -> dict[str, Any]:
        """What an answer's reader may do: vote on it, or send the question on where it is none."""
        if not self.keeps:
            return {"vote": "", "onward": ""}
        voted = {"q": question, "product": product, "lang": reader.said or ""}
        return {"vote": VOTE, "voted": voted, "onward": onward(question, product, reader)}

    def _render(self, name: str, reader: Reader, here: str, **more: Any) -> str:
        """A page; `here` is its address without a language."""
        joint = "&" if "?" in here else "?"
        other = {language: f"{here}{joint}lang={language}" for language in ("da", "en")}
        template = _ENVIRONMENT.get_template(f"page/{name}.html.j2")
        return template.render(self._always(reader), other=other, **more)

    def _always(self, reader: Reader) -> dict[str, Any]:
        return spoken_in(reader.lang) | {
            "ending": reader.ending,
            "current": PAGE,
            "language_said": reader.said or "",
            "words": Wording(reader.lang, self.titles),
            "quoted": _quoted,
        }

    def _of(self, found: Found | None, wanted: Wanted, reader: Reader) -> dict[str, Any]:
        """What the parts of the page need that show what was found."""
        if found is None:
            return {}
        return {
            "choices": partial(self._choices, found, wanted, reader),
            "link_to": partial(_link, found.index),
            "cited": partial(opened_at, found.index),
        }

    def _choices(
        self, found: Found, wanted: Wanted, reader: Reader, facet: Facet
    ) -> list[tuple[str, str, int, str]]:
        """What can be chosen: value, word, count and address."""
        words = Wording(reader.lang, self.titles)
        say: Callable[[Any], str] = words.product if facet == "product" else words.kind
        return [
            (value, say(value), count, wanted.address(reader, offset=0, **{facet: value}))
            for value, count in found.counts[facet].items()
        ]


def _link(index: Index, result: SearchResult) -> str:
    passage = public_passages(index).get(result.id)
    return address_of(passage) if passage else safe_address(result.url)


def _quoted(quote: str) -> Markup:
    """A quote as its document shows it; its links lead nowhere from here."""
    return html_of(quote, lambda _: "")


def safe_snippet(snippet: str) -> Markup:
    """A snippet, in which the index has escaped all but its own `<mark>`."""
    return Markup(snippet)  # noqa: S704 - see index.retrieval.snippets


_ENVIRONMENT.filters["safe_snippet"] = safe_snippet

"""Drafts and abstentions as Markdown with numbered citations."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from index.passages import Citation, Hit, Language, Status
from os2kb.answers.answer import Reason
from os2kb.answers.conflicts import disagreements
from os2kb.answers.draft import Claim, Draft
from os2kb.answers.question import LONGEST
from os2kb.answers.quotes import Quote
from os2kb.answers.written import texts
from os2kb.answers.written.markdown import escaped, link, shown
from os2kb.phrases import Phrase

MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Searched:
    """How much was searched.

    Attributes:
        shared: how many of the documents belong to no product.
    """

    documents: int
    passages: int
    shared: int = 0


NOTHING_SEARCHED = Searched(0, 0)
NO_LONGER_APPLIES: frozenset[Status] = frozenset({"superseded", "archived"})


class Rendered(NamedTuple):
    """A draft as an answer shows it.

    Attributes:
        citations: in the order of their numbers.
        conflicts: pairs of numbers whose citations disagree.
    """

    text: str
    citations: tuple[Citation, ...]
    conflicts: tuple[tuple[int, int], ...]


def answer_text(draft: Draft, language: Language) -> Rendered:
    """The answer's Markdown with its citations.

    Each claim is a line that ends in `[1]` or `[1][2]`; what is not in force says so there, and
    so does the date of what disagrees. Sources that disagree are announced before all else.
    """
    quotes = list(dict.fromkeys(quote for claim in draft.claims for quote in claim.quotes))
    disagreeing = disagreements(draft.claims)
    dated = {quote for pair in disagreeing for quote in pair}
    lines = [
        _line(claim, [quotes.index(quote) + 1 for quote in claim.quotes], language, dated)
        for claim in draft.claims
    ]
    is_paragraph = len(lines) == 1 and "\n- " not in lines[0]
    body = lines[0] if is_paragraph else "\n".join(f"- {line}" for line in lines)
    if disagreeing:
        body = f"{texts.DISAGREE.in_language(language)}\n\n{body}"
    if draft.fallback:
        body += f"\n\n_{texts.FALLBACK.in_language(language)}_"
    return Rendered(
        body,
        tuple(quote.citation() for quote in quotes),
        tuple((quotes.index(one) + 1, quotes.index(other) + 1) for one, other in disagreeing),
    )


def _line(
    claim: Claim, numbers: Sequence[int], language: Language, dated: AbstractSet[Quote]
) -> str:
    words = escaped(claim.text) or shown(
        claim.quotes[0].text, claim.head.text if claim.head else ""
    )
    marks = dict.fromkeys(mark for quote in claim.quotes for mark in _marks(quote, language, dated))
    status = f" _({', '.join(marks)})_" if marks else ""
    cited = f"{''.join(f'[{number}]' for number in numbers)}{status}"
    first, _, rest = words.rstrip().partition("\n")
    if rest.rpartition("\n")[2].lstrip().startswith("```"):  # after code there is no line to end
        return f"{first} {cited}".strip() + f"\n{rest}"
    return f"{words} {cited}"


def _marks(quote: Quote, language: Language, dated: AbstractSet[Quote]) -> list[str]:
    """What a reader must know of a quote: its status where it is not in force, and its date."""
    status, date = quote.passage.status, quote.passage.date
    marks = [texts.STATUS[status].in_language(language)] if status in texts.STATUS else []
    if named := quote.passage.successor:
        marks = [texts.SUPERSEDED_BY.in_language(language).format(escaped(named))]
    return [*marks, date] if date and (marks or quote in dated) else marks


def nearest_headings(hits: Iterable[Hit], language: Language) -> tuple[tuple[str, str], ...]:
    """(heading, address) of the best hits, each place once.

    What no longer applies is left out; what does not apply yet says so.
    """
    places = {
        _place(hit, language): hit.passage.url
        for hit in hits
        if hit.passage.status not in NO_LONGER_APPLIES
    }
    return tuple(places.items())[:MOST_NEAREST]


def _place(hit: Hit, language: Language) -> str:
    place = " › ".join((hit.passage.title, *hit.passage.heading))
    if hit.passage.status not in texts.STATUS:
        return place
    status = texts.STATUS[hit.passage.status].in_language(language)
    return place if status in place.lower() else f"{place} ({status})"


def abstention_text(
    reason: Reason,
    language: Language,
    *,
    said: Phrase | None = None,
    searched: Searched = NOTHING_SEARCHED,
    product: str | None = None,
    nearest: Sequence[tuple[str, str]] = (),
    contact: str = "",
) -> str:
    """Why there is no answer, what was searched, and where to go instead.

    Args:
        said: other words than those of the reason.
    """
    scopes = texts.SCOPE_AND_SHARED if searched.shared else texts.SCOPE
    scope = scopes.in_language(language).format(product=escaped(product)) if product else ""
    nothing = reason == "no-evidence" and not searched.documents
    words = said or (texts.NO_DOCUMENTS if nothing else texts.ABSTENTION[reason])
    text = words.in_language(language)
    paragraphs = [
        text.format(
            documents=searched.documents, count=searched.passages, scope=scope, longest=LONGEST
        )
    ]
    if nearest:
        places = "\n".join(f"- {link(heading, url)}" for heading, url in nearest)
        paragraphs.append(f"{texts.NEAREST.in_language(language)}\n{places}")
    if reason == "no-evidence":
        ask = texts.ASK_CONTACT if contact else texts.ASK_A_PERSON
        paragraphs.append(ask.in_language(language).format(contact=_contact(contact)))
    return "\n\n".join(paragraphs)


def _contact(contact: str) -> str:
    """A name, an address of the web or a mailbox, as Markdown."""
    return link(contact, contact) if contact.startswith("http") else escaped(contact)

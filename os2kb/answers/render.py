"""Drafts and abstentions as Markdown with numbered citations."""

from collections.abc import Iterable, Sequence

from index.passages import Citation, Hit, Language, Status
from os2kb.answers import texts
from os2kb.answers.answer import Reason
from os2kb.answers.draft import Claim, Draft
from os2kb.answers.markdown import escaped, link, shown
from os2kb.answers.question import LONGEST

MOST_NEAREST = 3
NO_LONGER_APPLIES: frozenset[Status] = frozenset({"superseded", "archived"})


def answer_text(draft: Draft, language: Language) -> tuple[str, tuple[Citation, ...]]:
    """The answer's Markdown, and its citations in the order of their numbers.

    Each claim is a line that ends in `[1]` or `[1][2]`; what is not in force says so there.
    """
    quotes = list(dict.fromkeys(quote for claim in draft.claims for quote in claim.quotes))
    lines = [
        _line(claim, [quotes.index(quote) + 1 for quote in claim.quotes], language)
        for claim in draft.claims
    ]
    body = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
    if draft.fallback:
        body += f"\n\n_{texts.FALLBACK.in_language(language)}_"
    return body, tuple(quote.citation() for quote in quotes)


def _line(claim: Claim, numbers: Sequence[int], language: Language) -> str:
    words = escaped(claim.text) or shown(
        claim.quotes[0].text, claim.head.text if claim.head else ""
    )
    marks = dict.fromkeys(
        texts.STATUS[quote.passage.status].in_language(language)
        for quote in claim.quotes
        if quote.passage.status in texts.STATUS
    )
    status = f" _({', '.join(marks)})_" if marks else ""
    return f"{words} {''.join(f'[{number}]' for number in numbers)}{status}"


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
    searched: int,
    product: str | None,
    nearest: Sequence[tuple[str, str]],
) -> str:
    """Why there is no answer, what was searched, and where to go instead."""
    scope = texts.SCOPE.in_language(language).format(product=escaped(product)) if product else ""
    text = texts.ABSTENTION[reason].in_language(language)
    paragraphs = [text.format(count=searched, scope=scope, longest=LONGEST)]
    if nearest:
        places = "\n".join(f"- {link(heading, url)}" for heading, url in nearest)
        paragraphs.append(f"{texts.NEAREST.in_language(language)}\n{places}")
    if reason == "no-evidence":
        paragraphs.append(texts.ASK_A_PERSON.in_language(language))
    return "\n\n".join(paragraphs)

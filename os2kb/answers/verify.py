"""The promise that every sentence of an answer rests on a verbatim quote, held by code."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.passages import Hit
from index.sentences import sentences
from os2kb.answers.draft import Claim, Draft
from os2kb.answers.quotes import Quote, find

LONGEST_CLAIM = 400  # characters

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{1,200}")


def verified(draft: Draft, hits: Sequence[Hit]) -> Draft:
    """The draft with only what stands in these hits; its claims may all be gone."""
    known = {hit.passage.id: hit.passage for hit in hits}
    claims = []
    for claim in draft.claims:
        quotes = tuple(
            quote
            for quote in claim.quotes
            if known.get(quote.passage.id) == quote.passage and _stands(quote)
        )
        if quotes and is_supported(claim.text, quotes):
            head = claim.head if claim.head and claim.head.passage == quotes[0].passage else None
            claims.append(replace(claim, quotes=quotes, head=head))
    return replace(draft, claims=tuple(claims))


def is_supported(text: str, quotes: Sequence[Quote]) -> bool:
    """Whether a claim stays within its quotes, as far as code can tell.

    It has at most one sentence for each quote, and each of its numbers and addresses stands in
    one of them. A claim without words of its own is its one quote.
    """
    if not text:
        return len(quotes) == 1
    if len(text) > LONGEST_CLAIM or len(sentences(text)) > len(quotes):
        return False
    proof = " ".join(quote.text for quote in quotes)
    numbers = set(_NUMBER.findall(proof))
    addresses = (match.rstrip(".,;:!?)") for match in _ADDRESS.findall(text))
    return all(number in numbers for number in _NUMBER.findall(text)) and all(
        address in proof for address in addresses
    )


def _stands(quote: Quote) -> bool:
    return 0 <= quote.start < quote.end <= len(quote.passage.text) and bool(
        find(quote.passage, quote.text)
    )


def claim_from(text: str, quotes: Sequence[Quote | None]) -> Claim | None:
    """A claim of a language model with the quotes that were found; None where it has none left."""
    found = tuple(dict.fromkeys(quote for quote in quotes if quote is not None))
    return Claim(found, " ".join(text.split())) if found else None

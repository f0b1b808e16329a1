"""A draft: claims that each rest on quotes, before they become an answer's text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.passages import AskedWord, Hit, Language
from os2kb.answers.answer import Composer
from os2kb.answers.quotes import Quote


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer.

    Attributes:
        quotes: what it rests on; never empty.
        text: its own words, plain text; empty where the claim is its (single) quote itself.
        head: the head of the table that its quote is a row of, to be shown with it.
    """

    quotes: tuple[Quote, ...]
    text: str = ""
    head: Quote | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer made of the hits. No claims: the hits do not answer the question.

    Attributes:
        fallback: the language model was asked and gave nothing usable.
        support: how well the best quote answers, in log-odds; None where that was not weighed.
    """

    claims: tuple[Claim, ...]
    composer: Composer
    fallback: bool = False
    support: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found for a question.

    Attributes:
        hits: best first.
        asked: the question's words, as the index knows them.
        margin: the search's confidence above the index's floor, in log-odds.
        read_as: the question with its misspelt words read as what the index knows.
    """

    hits: Sequence[Hit]
    asked: Sequence[AskedWord] = ()
    margin: float = 0.0
    read_as: str = ""


class Composes(Protocol):
    """Turns hits into a draft. Never raises for what a document or a question says."""

    name: Composer

    def compose(self, question: str, found: Found, language: Language) -> Draft:
        """Answer the question from the hits' passages, in the language."""

"""How what was found is said to somebody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.passages import Kind, Language, Status
from index.plain import untagged
from os2kb.phrases import Phrase
from webhooks.knowledge.models import WhyFound
from webhooks.pages.language import day_in

_KINDS: Mapping[Kind, Phrase] = {
    "guideline": Phrase("Retningslinjer", "Guidelines"),
    "governance": Phrase("Styring", "Governance"),
    "decision": Phrase("Beslutninger", "Decisions"),
    "faq": Phrase("Spørgsmål og svar", "Questions and answers"),
    "documentation": Phrase("Dokumentation", "Documentation"),
    "minutes": Phrase("Referater", "Minutes"),
}
# What is superseded may have been withdrawn, too: the word must be true of both.
_STATUSES: Mapping[Status, Phrase] = {
    "draft": Phrase("Udkast", "Draft"),
    "proposal": Phrase("Forslag", "Proposal"),
    "superseded": Phrase("Erstattet eller bortfaldet", "Superseded or lapsed"),
    "archived": Phrase("Arkiveret", "Archived"),
}
_FIELDS: Mapping[str, Phrase] = {
    "title": Phrase("titlen", "the title"),
    "heading": Phrase("overskriften", "the heading"),
    "path": Phrase("filens navn", "the file's name"),
    "text": Phrase("teksten", "the text"),
    "asked": Phrase("en anden måde at spørge på", "another way to ask for it"),
}
_LEGS: Mapping[str, Phrase] = {
    "stem": Phrase("Samme ord, også bøjet eller sammensat", "The same words, in any form"),
    "gram": Phrase("Ord, der ligner i stavemåde", "Words that are spelt alike"),
    "dense": Phrase("Samme emne med andre ord", "The same matter in other words"),
    "near": Phrase("Ordene står tæt på hinanden", "The words stand close together"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in one language.

    Args:
        titles: how products are called, by name.
    """

    lang: Language
    titles: Mapping[str, str]

    def product(self, name: str) -> str:
        """How a product is called."""
        return self.titles.get(name) or name

    def kind(self, kind: Kind) -> str:
        """What sort of document it is."""
        return _KINDS[kind].in_language(self.lang)

    def status(self, status: Status) -> str:
        """What to know of a document that does not hold today; empty for one that does."""
        return _STATUSES[status].in_language(self.lang) if status in _STATUSES else ""

    @staticmethod
    def trail(steps: Sequence[str]) -> list[str]:
        """Title and headings, without what says once more what stands before it."""
        left: list[str] = []
        for step in steps:
            if not left or untagged(step).casefold() != untagged(left[-1]).casefold():
                left.append(step)
        return left

    def day(self, written: str) -> str:
        """`4. juni 2026`; as it is written where it is no whole date."""
        try:
            return day_in(self.lang, date.fromisoformat(written))
        except ValueError:
            return written

    def found_in(self, why: WhyFound) -> str:
        """Where the words stand: `titlen, teksten`."""
        return ", ".join(_FIELDS[field].in_language(self.lang) for field in why.fields)

    def shares(self, why: WhyFound) -> Iterator[tuple[str, int]]:
        """Each part of the ranking with its share in percent."""
        for leg, phrase in _LEGS.items():
            if leg in why.legs:
                yield phrase.in_language(self.lang), round(100 * why.legs[leg])

"""How what stands in a decision is said to somebody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from index.passages import Language
from index.plain import plain
from os2kb.decisions.approval import HEADING, Approval
from os2kb.decisions.decision import Decision
from os2kb.decisions.words import KEYS, STATUSES, TYPES, Key, Status, Type
from os2kb.decisions.writing.parts import values
from webhooks.decisions.book import NO_PRODUCT
from webhooks.pages.language import day_in

# Shown elsewhere on the page.
_TOLD_APART: frozenset[Key] = frozenset({"date", "supersedes", "superseded_by", "issue"})


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in one language.

    Args:
        titles: how products are called, by name.
    """

    lang: Language
    titles: Mapping[str, str]

    def say(self, da: str, en: str) -> str:
        """One of two texts."""
        return da if self.lang == "da" else en

    def product(self, name: str) -> str:
        """A product, or what is shared by all."""
        return self.say("Fælles", "Shared") if name == NO_PRODUCT else self.titles.get(name) or name

    def status(self, status: Status) -> str:
        """How far a decision is."""
        return STATUSES[status].in_language(self.lang)

    def type(self, kind: Type) -> str:
        """`Strategisk (SDR)`; empty for none."""
        return f"{TYPES[kind].in_language(self.lang)} ({kind})" if kind else ""

    def day(self, day: date | None) -> str:
        """`4. juni 2026`."""
        return day_in(self.lang, day) if day else self.say("Uden dato", "No date")

    def facts(self, decision: Decision) -> Iterator[tuple[str, str]]:
        """What stands beside the texts; a status in the log's own words is on the badge already."""
        for key, value in values(decision, self.lang).items():
            if value and key not in _TOLD_APART and not (key == "status" and decision.said.plain):
                yield KEYS[key].in_language(self.lang), plain(value)

    def approval(self, approval: Approval) -> tuple[str, str]:
        """Who had approved it, or that nobody had."""
        return HEADING.in_language(self.lang), approval.said.in_language(self.lang)

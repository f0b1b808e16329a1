"""Which decisions were asked for: by words, product, type, status and year. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from index.danish import stem, words
from webhooks.decisions.book import Book, Shown

Facet = Literal["product", "type", "status", "year"]
_ANYWHERE = 4  # letters: a shorter word is looked for where words begin


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see; what is empty does not matter.

    Attributes:
        year: four digits.
        limit: of decisions at a time.
    """

    q: str = ""
    product: str = ""
    type: str = ""
    status: str = ""
    year: str = ""
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What there is.

    Attributes:
        total: before `limit` and `offset`.
        facets: how many there would be of each, were this one chosen and the others as they are.
    """

    total: int
    decisions: tuple[Shown, ...]
    facets: Mapping[Facet, Mapping[str, int]]


def found(book: Book, asked: Asked) -> Found:
    """The decisions, the newest first."""
    wanted = {name: getattr(asked, name) for name in _VALUE}
    said = [one for one in book.decisions if _says(one.text, asked.q)]
    matching = [one for one in said if _fits(one, wanted)]
    facets = {
        name: _counted(value, [one for one in said if _fits(one, wanted | {name: ""})])
        for name, value in _VALUE.items()
    }
    page = matching[asked.offset : asked.offset + asked.limit]
    return Found(len(matching), tuple(page), facets)


def year_of(one: Shown) -> str:
    """The year it was decided in; empty where nobody knows."""
    return f"{one.decision.date.year:04}" if one.decision.date else ""


_VALUE: Mapping[Facet, Callable[[Shown], str]] = {
    "product": lambda one: one.place.product,
    "type": lambda one: one.decision.type,
    "status": lambda one: one.status,
    "year": year_of,
}


def _fits(one: Shown, wanted: Mapping[Facet, str]) -> bool:
    return all(not value or _VALUE[name](one) == value for name, value in wanted.items())


def _counted(value: Callable[[Shown], str], among: list[Shown]) -> Mapping[str, int]:
    count = Counter(filter(None, map(value, among)))
    return dict(sorted(count.items()))


def _says(text: str, q: str) -> bool:
    """Whether every word stands in it: in any form, and as a part of a longer one."""
    return all(_holds(text, word) for word in dict.fromkeys(words(q)))


def _holds(text: str, word: str) -> bool:
    forms = {word, stem(word, "da")}
    return any(form in text if len(form) >= _ANYWHERE else f" {form}" in text for form in forms)

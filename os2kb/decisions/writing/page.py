"""One page for all: headings of years and products, and a list of keys for each decision."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from os2kb.decisions.decision import Decision
from os2kb.decisions.guard import MARK, guarded, guarded_line
from os2kb.decisions.reading.headings import Heading, heading_of
from os2kb.decisions.reading.page import NO_DATE, escaped_key, is_year
from os2kb.decisions.words import KEYS, Key, Text
from os2kb.decisions.writing.parts import (
    document,
    key_line,
    newest_first,
    own_name,
    title_line,
    values,
)

_ALWAYS: tuple[tuple[Text, str], ...] = (("decision", "Beslutning"), ("context", "Grundlag"))
_KEYS: tuple[tuple[Key, str], ...] = tuple(
    (key, KEYS[key].da) for key in ("type", "issue", "ticket", "supersedes", "superseded_by")
)
_SOMETIMES: tuple[tuple[Text, str], ...] = (
    ("consequences", "Konsekvenser"),
    ("effectuation", "Effektuering"),
    ("risks", "Risici"),
)


def written_page(decisions: Iterable[Decision]) -> str:
    """The page."""
    blocks = ["# Beslutningslog"]
    ordered = sorted(newest_first(decisions), key=lambda one: one.product)
    ordered.sort(key=_year, reverse=True)
    for _, of_year in groupby(ordered, _year):
        of_this = list(of_year)
        blocks.append(f"## {year_of(of_this[0])}")
        for _, group in groupby(of_this, lambda one: one.product):
            for place, decision in enumerate(group):
                blocks += [] if place else product_heading(decision)
                blocks += written_entry(decision)
    return document(blocks)


def written_entry(decision: Decision) -> Iterator[str]:
    """One entry, as blocks."""
    yield "#### " + title_line("", decision, Heading(decision.title))
    yield "\n".join(_lines(decision))


def product_heading(decision: Decision) -> list[str]:
    """The heading of its product; none where it names none."""
    return [f"### {_product(decision.product)}"] if decision.product else []


def year_of(decision: Decision) -> str:
    """The heading of its year."""
    return f"{_year(decision):04}" if decision.date else NO_DATE


def _year(decision: Decision) -> int:
    return decision.date.year if decision.date else 0


def _product(product: str) -> str:
    read = heading_of(product)
    marked = is_year(product) or read.id or read.type or product.endswith("#")
    mark = MARK if marked else ""
    return mark + guarded_line(product) + mark


def _lines(decision: Decision) -> Iterator[str]:
    told = values(decision)
    if decision.id:
        yield key_line("Nr.", decision.id)
    yield key_line("Dato", told["date"])
    yield key_line("Status", told["status"])
    for text, name in _ALWAYS:
        yield _bullet(name, getattr(decision, text))
    yield key_line("Truffet af", told["deciders"])
    for key, name in _KEYS:
        if told[key]:
            yield key_line(name, told[key])
    for text, name in _SOMETIMES:
        if said := getattr(decision, text):
            yield _bullet(name, said)
    yield _bullet("Reference", decision.references)
    for own in decision.extra:
        yield _bullet(own_name(escaped_key(own.heading)), own.text)


def _bullet(key: str, text: str) -> str:
    """A line where that is enough, else paragraphs under the key."""
    told = guarded(text)
    if "\n" not in told:
        return f"- **{key}**: {told}".rstrip()
    indented = "\n".join(f"  {line}" if line else "" for line in told.split("\n"))
    return f"- **{key}**:\n\n{indented}"

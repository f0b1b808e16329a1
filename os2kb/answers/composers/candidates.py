"""What an answer may quote: the sentences, list items, rows and short code of the hits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.passages import Hit, Language
from index.plain import plain
from index.sentences import Span, Unit, units
from os2kb.answers.composers.table_rows import fitting_rows
from os2kb.answers.quotes import FEWEST_LETTERS, Quote

LONGEST_QUOTE = 800  # characters

# Says whether its document is in force, which is shown beside every quote of it.
_STATUS_LINE = re.compile(r"[\s>*+|-]*(?:\*\*|__)?status(?:\*\*|__)?\s*[:|]", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_IMAGE = re.compile(r"!\[[^\]]{0,500}\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])?")

Place = tuple[str, Span]
Document = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of a hit's passage. `rank` is the hit's, from 0; `number` the unit's among its own."""

    hit: Hit
    rank: int
    unit: Unit
    number: int = 0

    @property
    def quote(self) -> Quote:
        """The unit as a quote."""
        return Quote(self.hit.passage, self.unit.start, self.unit.end)

    @property
    def span(self) -> Place:
        """Where it stands."""
        return self.hit.passage.id, (self.unit.start, self.unit.end)

    @property
    def place(self) -> Place:
        """The list or table it belongs to, else itself."""
        span = self.unit.lead_in or self.unit.head or (self.unit.start, self.unit.end)
        return self.hit.passage.id, (0, 0) if self.is_rest_of_heading else span

    @property
    def document(self) -> Document:
        """Source and path."""
        return self.hit.passage.source, self.hit.passage.path

    @property
    def no_longer_applies(self) -> bool:
        """Whether something else applies in its stead."""
        return self.hit.passage.status in ("superseded", "archived")

    @property
    def is_rest_of_heading(self) -> bool:
        """Whether it is a list item that ends the sentence which its heading begins."""
        letter = _FIRST_LETTER.search(self.quote.text)
        is_led_by_heading = self.unit.kind == "item" and not self.unit.lead_in
        return is_led_by_heading and letter is not None and letter[0].islower()

    @property
    def head(self) -> Quote | None:
        """The head of the table it is a row of."""
        return Quote(self.hit.passage, *self.unit.head) if self.unit.head else None

    @property
    def introduction(self) -> str:
        """What its words are to be read with: the lead-in of its list, the head of its table."""
        spans = [span for span in (self.unit.lead_in, self.unit.head) if span]
        said = [self.hit.passage.text[slice(*span)] for span in spans]
        if self.is_rest_of_heading:
            said.append(" ".join(self.hit.passage.heading or (self.hit.passage.title,)))
        return "\n".join(said)


def candidates(question: str, language: Language, hits: Sequence[Hit]) -> list[Candidate]:
    """All that may be quoted, in the order of the hits; no row of a table about another case."""
    asks_for_status = "status" in question.lower()
    found = [
        Candidate(hit, rank, unit, number)
        for rank, hit in enumerate(hits)
        for number, unit in enumerate(units(hit.passage.text))
        if _may_answer(hit.passage.text[unit.start : unit.end], asks_for_status=asks_for_status)
    ]
    return _of_fitting_rows(question, language, found)


def is_quotable(text: str) -> bool:
    """Whether it is neither too long nor too short to be a quote."""
    return len(text) <= LONGEST_QUOTE and sum(map(str.isalnum, text)) >= FEWEST_LETTERS


def _may_answer(text: str, *, asks_for_status: bool) -> bool:
    # What ends so announces the answer or asks for it; a list it introduces brings it along.
    if not is_quotable(text) or text.rstrip("*_ ").endswith((":", "?")):
        return False
    if _IMAGE.search(text) and not is_quotable(plain(_IMAGE.sub("", text))):
        return False
    return asks_for_status or not _STATUS_LINE.match(text)


def _of_fitting_rows(
    question: str, language: Language, found: Sequence[Candidate]
) -> list[Candidate]:
    tables: dict[tuple[str, Span | None], list[Candidate]] = {}
    for each in found:
        if each.unit.kind == "row":
            tables.setdefault((each.hit.passage.id, each.unit.head), []).append(each)
    wrong: set[Place] = set()
    for rows in tables.values():
        head = rows[0].head.text if rows[0].head else ""
        fits = fitting_rows(question, language, head, [each.quote.text for each in rows])
        wrong.update(each.span for each, fit in zip(rows, fits, strict=True) if not fit)
    return [each for each in found if each.span not in wrong]

"""What an answer may quote: the sentences, list items, whole lists, rows and short code of hits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.passages import Hit, Language
from index.plain import plain
from index.sentences import Span, Unit, units
from os2kb.answers.composers.table_rows import fitting_rows
from os2kb.answers.quotes import FEWEST_LETTERS, Quote

LONGEST_QUOTE = 800  # characters
MOST_ITEMS = 8  # of a list that is quoted whole

# Says whether its document is in force, which is shown beside every quote of it.
_STATUS_LINE = re.compile(r"[\s>*+|-]*(?:\*\*|__)?status(?:\*\*|__)?\s*[:|]", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"[^\W\d_]")
HEADING = re.compile(r"^ {0,3}#{1,6}\s|^[=~^-]{3,}\s*$", re.MULTILINE)
_DIAGRAM = re.compile(r"\s*```\s*(?:mermaid|plantuml|dot)\b")  # nobody reads its source
_IMAGE = re.compile(r"!\[[^\]]{0,500}\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])?")

Place = tuple[str, Span]
Document = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of a hit's passage, or a list with the line that introduces it.

    Attributes:
        rank: of the hit, from 0.
        is_list: whether it is a whole list; its unit then goes from the lead-in to the last item.
        opens: whether it is the first under its heading.
    """

    hit: Hit
    rank: int
    unit: Unit
    is_list: bool = False
    opens: bool = False

    @property
    def quote(self) -> Quote:
        """The unit as a quote."""
        return Quote(self.hit.passage, self.unit.start, self.unit.end)

    @property
    def span(self) -> Place:
        """Where it stands."""
        return self.hit.passage.id, (self.unit.start, self.unit.end)

    @property
    def says(self) -> str:
        """Its own words: of a list, those that introduce it."""
        lead_in = self.unit.lead_in
        return (
            self.hit.passage.text[slice(*lead_in)] if self.is_list and lead_in else self.quote.text
        )

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
        each
        for rank, hit in enumerate(hits)
        for each in _of(hit, rank)
        if _may_answer(each.quote.text, asks_for_status=asks_for_status)
    ]
    return _of_fitting_rows(question, language, found)


def _of(hit: Hit, rank: int) -> Iterator[Candidate]:
    text = hit.passage.text
    found = units(text)
    for at, unit in enumerate(found):
        is_first = not at or bool(HEADING.search(text[found[at - 1].end : unit.start]))
        opens = is_first and unit.kind == "sentence"
        yield Candidate(hit, rank, unit, opens=opens)
        if text[unit.start : unit.end].rstrip("*_ ").endswith(":") and unit.kind == "sentence":
            end = _end_of_list(text, unit, found[at + 1 : at + 1 + MOST_ITEMS])
            if end:
                whole = Unit(unit.start, end, "item", (unit.start, unit.end))
                yield Candidate(hit, rank, whole, is_list=True, opens=opens)


def _end_of_list(text: str, lead_in: Unit, after: Sequence[Unit]) -> int:
    """Where that ends which a line introduces; 0 where nothing fits.

    Of prose, that is the paragraph that follows, and those after it that begin with a word in
    bold. A list may stand below a heading of its own.
    """
    end = 0
    for unit in after:
        is_prose = unit.kind == "sentence"
        is_new = end and "\n\n" in text[end : unit.start] and not text.startswith("**", unit.start)
        belongs = unit.kind == after[0].kind and unit.lead_in == after[0].lead_in
        if not belongs or (is_prose and is_new) or unit.end - lead_in.start > LONGEST_QUOTE:
            break
        end = unit.end
    return end


def is_quotable(text: str) -> bool:
    """Whether it is neither too long nor too short to be a quote."""
    return len(text) <= LONGEST_QUOTE and sum(map(str.isalnum, text)) >= FEWEST_LETTERS


def _may_answer(text: str, *, asks_for_status: bool) -> bool:
    # What ends so announces the answer or asks for it; a list it introduces brings it along.
    if not is_quotable(text) or text.rstrip("*_ ").endswith((":", "?")):
        return False
    if _DIAGRAM.match(text):
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

"""The composer that needs no language model: the sentences that answer, word for word."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.language import detect
from index.passages import Hit, Language, Status
from index.sentences import Span, Unit, units
from os2kb.answers.answer import Composer
from os2kb.answers.composers.relevance import Relevance
from os2kb.answers.composers.table_rows import fitting_rows
from os2kb.answers.draft import Claim, Draft
from os2kb.answers.quotes import FEWEST_LETTERS, Quote

MOST_PLACES = 4  # sentences, or lists and tables of which several lines may be quoted
MOST_LINES = 6  # of one list or table
MOST_QUOTES = 8  # in all, besides the lines that introduce lists
PASSAGES = 6  # hits that are read
LONGEST_QUOTE = 800  # characters
# Of the best quote's score, what another one needs to be worth reading: a line of a list or table
# that is quoted already; one that speaks to a word of the question that no quote before it does;
# a list whose introduction does; one of another document, which says the same once more; any other.
SAME_LIST, ADDS, LISTS, CORROBORATES, AS_GOOD = 0.65, 0.65, 0.7, 0.8, 0.9
NEWLY_SAID = 0.5  # of a word of the question, beyond what the quotes before say of it
LEAST_SAID = 0.35  # of the question; a sentence that speaks to less only shares a word with it
# What a word of the question is worth when it stands beside the sentence, not in it.
HEADING, LEAD_IN = 0.6, 0.8
# What a sentence loses. Chosen on Danish and English XQuAD (the sentence that holds the answer
# among those of six paragraphs) and looked at on OS2's documents.
OTHER_LANGUAGE = 0.8
NO_FIGURE = 0.8  # the question asks for a figure, and it has none
CODE = 0.6
NOT_IN_FORCE: Mapping[Status, float] = {
    "superseded": 0.7,
    "archived": 0.7,
    "draft": 0.9,
    "proposal": 0.9,
}
FRAGMENT = 0.4
ANOTHER_CASE = 0.6  # a row of a table in which nothing asks for its case
RELATIVE = 0.4  # of a word that is found only in a relative clause: it describes, and says nothing

_ASKS_FOR_A_FIGURE = re.compile(
    r"\b(?:hvor (?:mange|meget|stor\w*|længe|lang\w*|hurtigt|ofte|gammel|høj\w*)|hvornår|hvilket år"
    r"|how (?:many|much|large|long|fast|often|old|big|soon)|when|what year|maksimal\w*|maximum)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(?:to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|hundrede|tusind|million\w*|halv\w*|two|three"
    r"|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|half|daglig\w*|ugentlig\w*"
    r"|månedlig\w*|årlig\w*|daily|weekly|monthly|yearly|annual\w*)\b",
    re.IGNORECASE,
)
# Says whether its document is in force, which is shown beside every quote of it.
_STATUS_LINE = re.compile(r"[\s>*+|-]*(?:\*\*|__)?status(?:\*\*|__)?\s*[:|]", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_RELATIVE_CLAUSE = re.compile(r",\s(?:der|som|who|which)\s[^,.;:!?|]*", re.IGNORECASE)

_Place = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A candidate, with how well it says each word of the question."""

    score: float
    candidate: "_Candidate"
    says: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    rank: int
    unit: Unit

    @property
    def quote(self) -> Quote:
        return Quote(self.hit.passage, self.unit.start, self.unit.end)

    @property
    def place(self) -> _Place:
        """The list or table it belongs to, else itself."""
        span = self.unit.lead_in or self.unit.head or (self.unit.start, self.unit.end)
        return self.hit.passage.id, (0, 0) if self.is_rest_of_heading else span

    @property
    def is_led(self) -> bool:
        """Whether a line or a heading before it begins what it ends."""
        return self.unit.lead_in is not None or self.is_rest_of_heading

    @property
    def is_rest_of_heading(self) -> bool:
        """Whether it is a list item that ends the sentence which its heading begins."""
        letter = _FIRST_LETTER.search(self.quote.text)
        is_led_by_heading = self.unit.kind == "item" and not self.unit.lead_in
        return is_led_by_heading and letter is not None and letter[0].islower()

    @property
    def head(self) -> Quote | None:
        return Quote(self.hit.passage, *self.unit.head) if self.unit.head else None

    @property
    def introductions(self) -> list[str]:
        """What its words are to be read with."""
        spans = (self.unit.lead_in, self.unit.head)
        return [self.hit.passage.text[slice(*span)] for span in spans if span]


class ExtractiveComposer:
    """Picks a few verbatim sentences, list items or table rows, grouped by source."""

    name: Composer = "extractive"

    def compose(self, question: str, hits: Sequence[Hit], language: Language) -> Draft:
        """Answer with quotes alone; sources in the answer's language go first."""
        candidates = _candidates(question, hits[:PASSAGES])
        candidates = _of_fitting_rows(question, detect(question, language), candidates)
        scored = _scored(question, language, candidates)
        chosen = _chosen(scored)
        ordered = _with_lead_ins(_ordered(chosen))
        return Draft(tuple(Claim((each.quote,), head=each.head) for each in ordered), self.name)


def _candidates(question: str, hits: Sequence[Hit]) -> list[_Candidate]:
    asks_for_status = "status" in question.lower()
    return [
        _Candidate(hit, rank, unit)
        for rank, hit in enumerate(hits)
        for unit in units(hit.passage.text)
        if _is_quotable(hit.passage.text[unit.start : unit.end])
        # What ends so announces the answer; a list it introduces brings it along.
        and not hit.passage.text[unit.start : unit.end].rstrip("*_ ").endswith((":", "?"))
        and (asks_for_status or not _STATUS_LINE.match(hit.passage.text[unit.start : unit.end]))
    ]


def _of_fitting_rows(
    question: str, language: Language, candidates: Sequence[_Candidate]
) -> list[_Candidate]:
    """The candidates without the rows of tables that speak of another case."""
    tables: dict[tuple[str, Span | None], list[_Candidate]] = {}
    for each in candidates:
        if each.unit.kind == "row":
            tables.setdefault((each.hit.passage.id, each.unit.head), []).append(each)
    wrong: set[_Place] = set()
    for rows in tables.values():
        head = rows[0].head.text if rows[0].head else ""
        fits = fitting_rows(question, language, head, [each.quote.text for each in rows])
        wrong.update(_span(each) for each, fit in zip(rows, fits, strict=True) if not fit)
    return [each for each in candidates if _span(each) not in wrong]


def _span(candidate: _Candidate) -> _Place:
    return candidate.hit.passage.id, (candidate.unit.start, candidate.unit.end)


def _is_quotable(text: str) -> bool:
    return len(text) <= LONGEST_QUOTE and sum(map(str.isalnum, text)) >= FEWEST_LETTERS


def _scored(question: str, language: Language, candidates: Sequence[_Candidate]) -> list[_Scored]:
    """Those that may answer, best first; of equals the one in the better passage, then earlier."""
    texts = [each.quote.text for each in candidates]
    main_clauses = [_RELATIVE_CLAUSE.sub("", text) for text in texts]
    relevance = Relevance(question, detect(question, language), main_clauses)
    headings = {
        each.rank: relevance.matches(" ".join((each.hit.passage.title, *each.hit.passage.heading)))
        for each in candidates
    }
    best_hit = max((each.hit.score for each in candidates), default=1.0) or 1.0
    asks_for_a_figure = bool(_ASKS_FOR_A_FIGURE.search(question))
    scored = []
    for at, each in enumerate(candidates):
        heading = headings[each.rank]
        if each.is_rest_of_heading and not any(heading):
            continue
        beside = [(LEAD_IN, relevance.matches(text)) for text in each.introductions]
        if main_clauses[at] != texts[at]:
            beside.append((RELATIVE, relevance.matches(texts[at])))
        share = relevance.of(at, (HEADING, heading), *beside)
        said = relevance.said(at, (HEADING, heading), *beside)
        if sum(said) < LEAST_SAID * len(said):
            continue
        score = (share + 0.05) * (0.4 + 0.6 * each.hit.score / best_hit)
        score *= _form(each, texts[at], asks_for_a_figure=asks_for_a_figure)
        score *= NOT_IN_FORCE.get(each.hit.passage.status, 1.0)
        if each.unit.kind == "row" and not _is_asked_for(each, heading, relevance):
            score *= ANOTHER_CASE
        if each.hit.passage.lang != language:
            score *= OTHER_LANGUAGE
        scored.append(_Scored(score, each, relevance.said(at, *beside)))
    return sorted(scored, key=lambda one: -one.score)


def _is_asked_for(row: _Candidate, heading: Sequence[float], relevance: Relevance) -> bool:
    """Whether the question has a word of what stands around a table's row, or of its first cell.

    Else the row may say it of a case that nobody asked about.
    """
    name = row.quote.text.strip().strip("|").split("|")[0]
    around = " ".join((*row.introductions, name))
    return any(heading) or any(relevance.matches(around))


def _form(candidate: _Candidate, text: str, *, asks_for_a_figure: bool) -> float:
    """What the form of a text takes from its score, whatever it says."""
    factor = 1.0
    if asks_for_a_figure and not _FIGURE.search(text):
        factor *= NO_FIGURE
    if candidate.unit.kind == "code":
        factor *= CODE
    elif candidate.unit.kind != "row" and not candidate.is_led and _is_fragment(text):
        factor *= FRAGMENT
    return factor


def _is_fragment(text: str) -> bool:
    """Whether it is too short for a sentence: “Styregruppen har fem medlemmer.” is none."""
    fewest = 2 if text.rstrip("*_ ").endswith(".") else 4
    return text.count(" ") < fewest


def _chosen(scored: Sequence[_Scored]) -> list[_Candidate]:
    """The best one, and those that add to it."""
    chosen: dict[str, _Candidate] = {}
    places: Counter[_Place] = Counter()
    said: tuple[float, ...] = ()
    for one in scored:
        each = one.candidate
        words = " ".join(each.quote.text.lower().split())
        is_full = places[each.place] >= MOST_LINES
        is_one_more = each.place not in places and len(places) == MOST_PLACES
        if len(chosen) == MOST_QUOTES or words in chosen or is_full or is_one_more:
            continue
        if chosen and one.score < scored[0].score * _needed(one, chosen.values(), places, said):
            continue
        chosen[words] = each
        places[each.place] += 1
        said = tuple(map(max, said, one.says)) if said else one.says
    return list(chosen.values())


def _needed(
    one: _Scored,
    chosen: Iterable[_Candidate],
    places: Mapping[_Place, int],
    said: Sequence[float],
) -> float:
    """The share of the best score that a further quote must have."""
    if places[one.candidate.place]:
        return SAME_LIST
    if any(new - old >= NEWLY_SAID for new, old in zip(one.says, said, strict=True)):
        return ADDS
    documents = {_document(each) for each in chosen}
    if one.candidate.unit.lead_in:
        return LISTS
    if _document(one.candidate) not in documents:
        return CORROBORATES
    return AS_GOOD


def _ordered(chosen: Sequence[_Candidate]) -> list[_Candidate]:
    """Grouped by document, each in the order it is written.

    The best document goes first, but none that is not in force goes before one that is: what was
    decided once is no answer as long as something else applies.
    """
    documents = list(dict.fromkeys(_document(each) for each in chosen))
    current = {_document(each) for each in chosen if each.hit.passage.status == "current"}
    documents.sort(key=lambda document: document not in current)
    return sorted(
        chosen,
        key=lambda each: (documents.index(_document(each)), each.quote.lines, each.unit.start),
    )


def _with_lead_ins(ordered: Sequence[_Candidate]) -> list[_Candidate]:
    """Each list's items after the line that introduces them."""
    complete: list[_Candidate] = []
    spans = {(each.hit.passage.id, each.unit.start) for each in ordered}
    for each in ordered:
        lead_in = each.unit.lead_in
        if lead_in and (each.hit.passage.id, lead_in[0]) not in spans:
            spans.add((each.hit.passage.id, lead_in[0]))
            start, end = lead_in
            if _is_quotable(each.hit.passage.text[start:end]):
                complete.append(replace(each, unit=Unit(start, end, "sentence")))
        complete.append(each)
    return complete


def _document(candidate: _Candidate) -> tuple[str, str]:
    return candidate.hit.passage.source, candidate.hit.passage.path

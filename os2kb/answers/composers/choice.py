"""Which of the weighed candidates are quoted: one piece each of very few passages, best first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.passages import Passage
from index.plain import plain
from os2kb.answers.composers.candidates import HEADING, LONGEST_QUOTE, Candidate
from os2kb.answers.composers.support import Weighed

MOST_PASSAGES = 2
# How far below the best one's support (in log-odds) another may be and still be worth reading: a
# neighbour in the same piece of text; what says a word of the question that the best does not, or
# stands in another document and says all that the best does; and any other.
NEIGHBOUR, ADDS, AS_GOOD = 2.0, 2.5, 0.6
FARTHEST = 300  # characters between neighbours; they are quoted too, so that a quote is one piece
NEWLY_SAID = 0.5  # of a word of the question, beyond what the best says of it
AS_WELL = 0.2  # of a word that a corroborating quote may say less

_STEP = re.compile(r"\s*\d{1,3}[.)]\s")


def chosen(weighed: Sequence[Weighed], *, asks_how: bool = False) -> list[Candidate]:
    """The best one and what adds to it, each with the neighbours that say as much.

    Args:
        weighed: best first.
        asks_how: a step is then quoted with the steps around it.
    """
    taken: dict[str, Weighed] = {}
    for one in weighed:
        if len(taken) == MOST_PASSAGES:
            break
        words = " ".join(plain(one.candidate.quote.text).lower().split())
        if words not in taken and _is_worth_reading(one, list(taken.values())):
            taken[words] = one
    return [_grown(one, weighed, asks_how=asks_how) for one in taken.values()]


def _is_worth_reading(one: Weighed, taken: Sequence[Weighed]) -> bool:
    if not taken:
        return True
    best = taken[0]
    if _passage(one).id in {_passage(each).id for each in taken}:
        return False
    if one.candidate.no_longer_applies and not best.candidate.no_longer_applies:
        return False  # what applies is said already
    adds = bool((one.said - best.said >= NEWLY_SAID).any())
    is_elsewhere = one.candidate.document != best.candidate.document
    corroborates = is_elsewhere and bool((one.said >= best.said - AS_WELL).all())
    return one.support >= best.support - (ADDS if adds or corroborates else AS_GOOD)


def _grown(one: Weighed, weighed: Sequence[Weighed], *, asks_how: bool) -> Candidate:
    """Its list, or it with the neighbours that say as much: one piece of the passage."""
    alike = [each for each in weighed if _passage(each).id == _passage(one).id]
    whole = next((each for each in alike if _is_list_of(each, one)), None)
    if whole and whole.support >= one.support - AS_GOOD:
        return whole.candidate
    text = _passage(one).text
    start, end = one.candidate.unit.start, one.candidate.unit.end
    for each in sorted(alike, key=lambda each: abs(each.candidate.unit.start - start)):
        unit = each.candidate.unit
        is_step = asks_how and _is_step(each) and _is_step(one)
        says_as_much = each.support >= one.support - NEIGHBOUR or is_step
        if not says_as_much or not _is_of_its_kind(each, one):
            continue
        between = text[unit.end : start] if unit.end <= start else text[end : unit.start]
        first, last = min(start, unit.start), max(end, unit.end)
        gap = FARTHEST if unit.kind == "sentence" or unit.lead_in else 0
        is_near = len(between.strip()) <= gap and not HEADING.search(between)
        if is_near and last - first <= LONGEST_QUOTE:
            start, end = first, last
    return replace(one.candidate, unit=replace(one.candidate.unit, start=start, end=end))


def _is_list_of(each: Weighed, one: Weighed) -> bool:
    whole, unit = each.candidate, one.candidate.unit
    return whole.is_list and whole.unit.start <= unit.start and unit.end <= whole.unit.end


def _is_step(one: Weighed) -> bool:
    return bool(_STEP.match(one.candidate.quote.text))


def _is_of_its_kind(each: Weighed, one: Weighed) -> bool:
    """Whether both are sentences, or of one list or table."""
    its, own = each.candidate.unit, one.candidate.unit
    is_unit = not each.candidate.is_list and not one.candidate.is_list and own.kind != "code"
    return is_unit and (its.kind, its.lead_in, its.head) == (own.kind, own.lead_in, own.head)


def _passage(one: Weighed) -> Passage:
    return one.candidate.hit.passage


def ordered(taken: Sequence[Candidate]) -> list[Candidate]:
    """The best first, but none that is not in force before one that is.

    What was decided once is no answer as long as something else applies.
    """
    return sorted(taken, key=lambda each: each.hit.passage.status != "current")

"""Which of the weighed candidates are quoted, and in what order."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from index.plain import plain
from index.sentences import Unit
from os2kb.answers.composers.candidates import Candidate, Document, Place, is_quotable
from os2kb.answers.composers.support import Weighed
from os2kb.answers.composers.wording import Shares

MOST_PLACES = 4  # sentences, or lists and tables of which several lines may be quoted
MOST_LINES = 6  # of one list or table
MOST_QUOTES = 8  # in all, besides the lines that introduce lists
# How far below the best one's support (in log-odds) another quote may be and still be worth
# reading: a line of a list or table that is quoted already; one that says a word of the question
# which none before it says; one of another document that says all the others do; any other.
SAME_LIST, ADDS, CORROBORATES, AS_GOOD = 1.5, 2.5, 2.5, 0.6
NEWLY_SAID = 0.5  # of a word of the question, beyond what the quotes before say of it
AS_WELL = 0.2  # of a word that a corroborating quote may say less

_NUMBERING = re.compile(r"^\d+[.)]\s+")  # the same rule may be number 6 of a list elsewhere


def chosen(weighed: Sequence[Weighed]) -> list[Candidate]:
    """The best one, and those that add to it."""
    taken: dict[str, Candidate] = {}
    places: Counter[Place] = Counter()
    said: Shares = np.zeros(0)
    for one in weighed:
        each = one.candidate
        words = _NUMBERING.sub("", " ".join(plain(each.quote.text).lower().split()))
        is_full = places[each.place] >= MOST_LINES
        is_one_more = each.place not in places and len(places) == MOST_PLACES
        if len(taken) == MOST_QUOTES or words in taken or is_full or is_one_more:
            continue
        if each.no_longer_applies and not all(other.no_longer_applies for other in taken.values()):
            continue  # what applies is said already
        if taken and one.support < weighed[0].support - _allowed(one, taken.values(), places, said):
            continue
        taken[words] = each
        places[each.place] += 1
        said = np.maximum(said, one.said) if said.size else one.said
    return list(taken.values())


def _allowed(
    one: Weighed, taken: Iterable[Candidate], places: Mapping[Place, int], said: Shares
) -> float:
    """How far below the best a further quote may be."""
    if places[one.candidate.place]:
        return SAME_LIST
    if said.size and bool(((one.said - said) >= NEWLY_SAID).any()):
        return ADDS
    is_elsewhere = one.candidate.document not in {each.document for each in taken}
    if is_elsewhere and bool((one.said >= said - AS_WELL).all()):
        return CORROBORATES
    return AS_GOOD


def ordered(taken: Sequence[Candidate]) -> list[Candidate]:
    """Grouped by document, each in the order it is written, with the lines that introduce lists.

    The best document goes first, but none that is not in force goes before one that is: what was
    decided once is no answer as long as something else applies.
    """
    documents: list[Document] = list(dict.fromkeys(each.document for each in taken))
    current = {each.document for each in taken if each.hit.passage.status == "current"}
    documents.sort(key=lambda document: document not in current)
    return _with_lead_ins(
        sorted(
            taken,
            key=lambda each: (documents.index(each.document), each.quote.lines, each.unit.start),
        )
    )


def _with_lead_ins(in_order: Sequence[Candidate]) -> list[Candidate]:
    complete: list[Candidate] = []
    starts = {(each.hit.passage.id, each.unit.start) for each in in_order}
    for each in in_order:
        lead_in = each.unit.lead_in
        if lead_in and (each.hit.passage.id, lead_in[0]) not in starts:
            starts.add((each.hit.passage.id, lead_in[0]))
            if is_quotable(each.hit.passage.text[slice(*lead_in)]):
                complete.append(replace(each, unit=Unit(*lead_in, "sentence")))
        complete.append(each)
    return complete

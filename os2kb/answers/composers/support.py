"""How likely a sentence answers a question: a few things that can be seen, weighed.

The weights are fitted, not chosen: benchmarks/fit_answers.py prints them, and what they are worth
on questions they were not fitted on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log, sqrt
from typing import NamedTuple

import numpy as np

from index.language import detect
from index.passages import Language, Passage, Status
from index.plain import plain
from os2kb.answers.composers.asked_for import holds_what_is_asked, is_asked_as_a_sort, role_of
from os2kb.answers.composers.candidates import Candidate
from os2kb.answers.composers.definitions import asked_definition
from os2kb.answers.composers.wording import Shares, Wording
from os2kb.answers.draft import Found

RELATIVE = 0.4  # of a word that is found only in a relative clause: it describes, and says nothing
LONGEST_MARGIN = 4.0  # log-odds; beyond it, the search can tell no more

_RELATIVE_CLAUSE = re.compile(r",\s(?:der|som|who|which)\s[^,.;:!?|]*", re.IGNORECASE)
_NUMERAL = re.compile(r"(?<![^\W_])(?<!\d[.,:/-])\d+(?:[.,:/-]\d+)*")  # the 2 of “OS2” is no number
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_ZEROS = re.compile(r"(?:\.0)+$")


class Evidence(NamedTuple):
    """What speaks for a candidate. A share is of the question's words, weighed by rarity.

    Attributes:
        said: the share that it says itself.
        words: how many of the words that is, over the square root of how many there are: both
            of two are little, and half of eight are much.
        introduced: the further share that its lead-in or the head of its table says.
        name_missing: how rare a name is that neither its passage nor its path holds.
        passage: the score of its passage, of the best one's.
        first: 1 in the best passage.
        margin: the search's confidence above the floor, in log-odds.
        sort_missing: 1 where it holds no answer of the sort that is asked for (a date, a name).
        row: 1 for a row of a table.
    """

    said: float
    words: float
    introduced: float
    name_missing: float
    passage: float
    first: float
    margin: float
    sort_missing: float
    row: float


WEIGHTS = Evidence(
    said=1.41,
    words=1.97,
    introduced=0.62,
    name_missing=-1.07,
    passage=2.58,
    first=1.77,
    margin=0.76,
    sort_missing=-2.78,
    row=0.99,
)
BIAS = -6.38
# Not fitted, since too few questions tell: what does not apply must not answer in the place of
# what does, nor what is about another version or amount; and people read their own language best.
NOT_IN_FORCE: Mapping[Status, float] = {
    "superseded": -1.0,
    "archived": -1.0,
    "draft": -0.3,
    "proposal": -0.3,
}
NUMBER_MISSING = -2.5  # where its passage holds none of the question's numbers
OPENS = 1.0  # where the sentence that says what X is opens the section that is named X
FOREIGN = -0.4  # in another language than the answer's


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with what speaks for it.

    Attributes:
        reserved: what is held against it beside that evidence, in log-odds.
        said: how well it says each word of the question, with its introduction.
    """

    candidate: Candidate
    evidence: Evidence
    reserved: float
    said: Shares

    @property
    def support(self) -> float:
        """The log-odds that it answers."""
        seen = sum(weight * value for weight, value in zip(WEIGHTS, self.evidence, strict=True))
        return seen + BIAS + self.reserved


def weighed(
    question: str, language: Language, found: Found, candidates: Sequence[Candidate]
) -> list[Weighed]:
    """The candidates, best supported first; of equals the one in the better passage, then earlier.

    Args:
        question: as asked.
        language: of the answer.
        found: the hits that the candidates are of, and what the search knows of the question.
        candidates: grouped by hit.
    """
    sees = _Sees(question, language, found)
    every = [
        weighed
        for rank, group in groupby(candidates, lambda each: each.rank)
        for weighed in sees.passage(rank, list(group))
    ]
    return sorted(every, key=lambda one: -one.support)


class _Sees:
    """Looks at candidates with one question in mind."""

    def __init__(self, question: str, language: Language, found: Found) -> None:
        self._question, self._language = question, language
        self._asked_in = detect(question, language)
        self._numbers = _numbers(question)
        is_a_sort = is_asked_as_a_sort(question)
        self._definition = None if is_a_sort else asked_definition(question, self._asked_in)
        # Who says what something is or does repeats none of the question's other words.
        sought = " ".join(self._definition.words) if self._definition else question
        self._wording = Wording(sought, self._asked_in, found.asked)
        self._role = role_of(question, self._wording.words)
        self._margin = max(-LONGEST_MARGIN, min(found.margin, LONGEST_MARGIN))
        self._best = max((hit.score for hit in found.hits), default=1.0) or 1.0

    def passage(self, rank: int, candidates: Sequence[Candidate]) -> Iterator[Weighed]:
        """The candidates of one passage."""
        passage = candidates[0].hit.passage
        held = self._wording.held
        headings = held(" ".join((passage.title, *passage.heading)))
        path = held(passage.path.replace("/", " "))
        everywhere = np.maximum.reduce([headings, held(passage.text), path])
        missing = (1 - everywhere) * self._wording.rarity * self._wording.is_name
        reserved = self._reserved(passage)
        for each in candidates:
            defines = self._defines(each)
            if self._is_another_case(each, headings) or not defines:
                continue
            own = self._own(each.says)
            led = np.maximum(own, held(each.introduction)) if each.introduction else own
            headed = np.maximum(headings, led)
            if not headed.any():
                continue
            evidence = Evidence(
                said=self._wording.share(own),
                words=float(own.sum()) / sqrt(len(own) or 1),
                introduced=self._wording.share(led) - self._wording.share(own),
                name_missing=float(max(missing, default=0.0)),
                passage=each.hit.score / self._best,
                first=float(rank == 0),
                margin=self._margin,
                sort_missing=float(self._lacks_what_is_asked(each, headed)),
                row=float(each.unit.kind == "row"),
            )
            yield Weighed(each, evidence, reserved + OPENS * (defines - 1), led)

    def _own(self, text: str) -> Shares:
        main_clause = _RELATIVE_CLAUSE.sub("", text)
        if main_clause == text:
            return self._wording.held(text)
        described: Shares = RELATIVE * self._wording.held(text)
        return np.maximum(self._wording.held(main_clause), described)

    def _lacks_what_is_asked(self, each: Candidate, headed: Shares) -> bool:
        if self._role is not None and not headed[self._role]:
            return True
        text = f"{each.introduction}\n{each.quote.text}"
        return holds_what_is_asked(self._question, text, self._asked_in) is False

    def _defines(self, each: Candidate) -> int:
        if not self._definition:
            return 1
        if each.unit.kind == "code":
            return 0
        heading = each.hit.passage.section_at(each.quote.lines[0]).heading
        nearest = heading[-1] if heading else each.hit.passage.title
        # The first cell of a row names what the others tell of.
        is_row = each.unit.kind == "row"
        text = each.quote.text.strip(" |") if is_row else plain(each.quote.text)
        return self._definition.given_by(text, nearest, opens=each.opens)

    def _reserved(self, passage: Passage) -> float:
        known = "\n".join((passage.title, *passage.heading, passage.path, passage.text))
        numbers = _numbers(known) if self._numbers else frozenset()
        whole = {_ZEROS.sub("", number) for number in numbers}  # “version 3” is 3.0
        is_other_number = bool(self._numbers) and self._numbers.isdisjoint(numbers | whole)
        return (
            NOT_IN_FORCE.get(passage.status, 0.0)
            + NUMBER_MISSING * is_other_number
            + FOREIGN * (passage.lang != self._language)
        )

    def _is_another_case(self, each: Candidate, headings: Shares) -> bool:
        """Whether it is a row or a heading's item, and the question has no word of what it is of.

        The row of another size or case may hold every word that is asked about, and is wrong.
        """
        if headings.any() or not (each.unit.kind == "row" or each.is_rest_of_heading):
            return False
        name = each.quote.text.strip().strip("|").split("|")[0] if each.unit.kind == "row" else ""
        return not self._wording.held(f"{each.introduction}\n{name}").any()


def _numbers(text: str) -> frozenset[str]:
    """The numbers of a text, 50.000 as 50000."""
    return frozenset(_NUMERAL.findall(_THOUSANDS.sub("", text)))


def margin(confidence: float, floor: float) -> float:
    """A confidence above a floor, both from 0 to 1, in log-odds."""
    return _log_odds(confidence) - _log_odds(floor)


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))

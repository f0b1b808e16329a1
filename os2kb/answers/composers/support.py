"""How likely a sentence answers a question: a few things that can be seen, weighed.

The weights are fitted, not chosen: benchmarks/fit_answers.py prints them, and what they are worth
on questions they were not fitted on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log
from typing import NamedTuple

import numpy as np

from index.language import detect
from index.passages import Language, Passage, Status
from os2kb.answers.composers.asked_for import holds_what_is_asked, subject_of
from os2kb.answers.composers.candidates import Candidate
from os2kb.answers.composers.wording import Shares, Wording
from os2kb.answers.draft import Found

RELATIVE = 0.4  # of a word that is found only in a relative clause: it describes, and says nothing
LONGEST_MARGIN = 4.0  # log-odds; beyond it, the search can tell no more

_RELATIVE_CLAUSE = re.compile(r",\s(?:der|som|who|which)\s[^,.;:!?|]*", re.IGNORECASE)
_NUMERAL = re.compile(r"\d+(?:[.,:/-]\d+)*")


class Evidence(NamedTuple):
    """What speaks for a candidate. A share is of the question's words, weighed by rarity.

    Attributes:
        said: the share that it says itself.
        words: how many words that is, in threes: one rare word in common is little.
        introduced: the further share that its lead-in or the head of its table says.
        headed: the further share that its headings and title say.
        elsewhere: the further share that stands in other sentences of the passage.
        filed: the further share that stands in the path of its document.
        name_missing: how rare a name is that neither it nor all of that holds.
        rarest_missing: as `name_missing`, for any word.
        number_missing: the share of the question's numbers that its passage does not hold.
        subject_missing: how wholly the thing itself (“hvad er *fristen*”) is missing.
        passage: the score of its passage, of the best one's.
        first: 1 in the best passage.
        margin: the search's confidence above the floor, in log-odds.
        sort_held: 1 where it holds the sort of answer that is asked for (a date, a name).
        sort_missing: 1 where it does not.
        short: 1 for a fragment.
        unled: 1 for an item of a list that nothing introduces.
        row: 1 for a row of a table.
        foreign: 1 in another language than the answer's.
    """

    said: float
    words: float
    introduced: float
    headed: float
    elsewhere: float
    filed: float
    name_missing: float
    rarest_missing: float
    number_missing: float
    subject_missing: float
    passage: float
    first: float
    margin: float
    sort_held: float
    sort_missing: float
    short: float
    unled: float
    row: float
    foreign: float


WEIGHTS = Evidence(
    said=3.02,
    words=1.10,
    introduced=1.49,
    headed=0.64,
    elsewhere=-2.09,
    filed=1.99,
    name_missing=-2.16,
    rarest_missing=-0.66,
    number_missing=-2.36,
    subject_missing=-0.03,
    passage=4.73,
    first=1.61,
    margin=0.78,
    sort_held=0.49,
    sort_missing=-3.45,
    short=-1.08,
    unled=-1.19,
    row=1.66,
    foreign=-0.89,
)
BIAS = -7.13
# Not fitted: what does not apply must not answer in the place of what does.
NOT_IN_FORCE: Mapping[Status, float] = {
    "superseded": -1.0,
    "archived": -1.0,
    "draft": -0.3,
    "proposal": -0.3,
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with what speaks for it.

    Attributes:
        support: the log-odds that it answers.
        said: how well it says each word of the question, with its introduction.
    """

    candidate: Candidate
    evidence: Evidence
    support: float
    said: Shares


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
        Weighed(candidate, evidence, support(evidence, candidate.hit.passage.status), said)
        for rank, group in groupby(candidates, lambda each: each.rank)
        for candidate, evidence, said in sees.passage(rank, list(group))
    ]
    return sorted(every, key=lambda one: -one.support)


def support(evidence: Evidence, status: Status = "current") -> float:
    """The log-odds that a candidate answers."""
    total = sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))
    return total + BIAS + NOT_IN_FORCE.get(status, 0.0)


class _Sees:
    """Looks at candidates with one question in mind."""

    def __init__(self, question: str, language: Language, found: Found) -> None:
        self._question, self._language = question, language
        self._asked_in = detect(question, language)
        self._wording = Wording(question, self._asked_in, found.asked)
        self._numbers = frozenset(_NUMERAL.findall(question))
        self._subject = subject_of(question, self._wording.words)
        self._margin = max(-LONGEST_MARGIN, min(found.margin, LONGEST_MARGIN))
        self._best = max((hit.score for hit in found.hits), default=1.0) or 1.0

    def passage(
        self, rank: int, candidates: Sequence[Candidate]
    ) -> Iterator[tuple[Candidate, Evidence, Shares]]:
        """The evidence for each candidate of one passage."""
        passage = candidates[0].hit.passage
        held = self._wording.held
        headings = held(" ".join((passage.title, *passage.heading)))
        path = held(passage.path.replace("/", " "))
        whole = held(passage.text)
        for each in candidates:
            if self._is_another_case(each, headings):
                continue
            own = self._own(each.quote.text)
            led = np.maximum(own, held(each.introduction)) if each.introduction else own
            layers = [own, led]
            for layer in (headings, whole, path):
                layers.append(np.maximum(layers[-1], layer))
            yield each, self._evidence(each, rank, layers), led

    def _own(self, text: str) -> Shares:
        main_clause = _RELATIVE_CLAUSE.sub("", text)
        if main_clause == text:
            return self._wording.held(text)
        described: Shares = RELATIVE * self._wording.held(text)
        return np.maximum(self._wording.held(main_clause), described)

    def _evidence(self, each: Candidate, rank: int, layers: Sequence[Shares]) -> Evidence:
        wording, unit = self._wording, each.unit
        shares = [wording.share(layer) for layer in layers]
        own, _, headed, _, everything = layers
        missing = (1 - everything) * wording.rarity
        holds = holds_what_is_asked(
            self._question, f"{each.introduction}\n{each.quote.text}", self._asked_in
        )
        is_led = bool(unit.lead_in) or each.is_rest_of_heading
        return Evidence(
            said=shares[0],
            words=float(own.sum()) / 3,
            introduced=shares[1] - shares[0],
            headed=shares[2] - shares[1],
            elsewhere=shares[3] - shares[2],
            filed=shares[4] - shares[3],
            name_missing=float(max(missing * wording.is_name, default=0.0)),
            rarest_missing=float(max(missing, default=0.0)),
            number_missing=self._number_missing(each),
            subject_missing=0.0 if self._subject is None else 1 - float(headed[self._subject]),
            passage=each.hit.score / self._best,
            first=float(rank == 0),
            margin=self._margin,
            sort_held=float(holds is True),
            sort_missing=float(holds is False),
            short=float(unit.kind != "row" and not is_led and _is_fragment(each.quote.text)),
            unled=float(unit.kind == "item" and not is_led),
            row=float(unit.kind == "row"),
            foreign=float(each.hit.passage.lang != self._language),
        )

    def _is_another_case(self, each: Candidate, headings: Shares) -> bool:
        """Whether it is a row or a heading's item, and the question has no word of what it is of.

        The row of another size or case may hold every word that is asked about, and is wrong.
        """
        if headings.any() or not (each.unit.kind == "row" or each.is_rest_of_heading):
            return False
        name = each.quote.text.strip().strip("|").split("|")[0] if each.unit.kind == "row" else ""
        return not self._wording.held(f"{each.introduction}\n{name}").any()

    def _number_missing(self, each: Candidate) -> float:
        # The rows that remain are those whose range holds the number.
        if not self._numbers or each.unit.kind == "row":
            return 0.0
        return len(self._numbers - _numbers(each.hit.passage)) / len(self._numbers)


def _numbers(passage: Passage) -> frozenset[str]:
    known = "\n".join((passage.title, *passage.heading, passage.path, passage.text))
    return frozenset(_NUMERAL.findall(known))


def _is_fragment(text: str) -> bool:
    """Whether it is too short for a sentence: “Styregruppen har fem medlemmer.” is none."""
    fewest = 3 if text.rstrip("*_ ").endswith(".") else 5
    return len(text.split()) < fewest


def margin(confidence: float, floor: float) -> float:
    """A confidence above a floor, both from 0 to 1, in log-odds."""
    return _log_odds(confidence) - _log_odds(floor)


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))

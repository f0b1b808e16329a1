"""The way through some minutes, item by item: what was decided where, and under which item."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from os2kb.decisions.minutes.cues import (
    NO_ENTRY,
    Cue,
    answer_in,
    cue_in,
    decided_in,
    is_formal,
    is_of_another_day,
)
from os2kb.decisions.minutes.layout import BOLD, NUMBERED, Said, title_of_item

_UNDER_A_LABEL = 12  # sentences
_TITLE = 1  # the level of the heading of the minutes themselves
# What is told under such an item was decided elsewhere.
_ELSEWHERE = re.compile(r"(?:nyt fra|siden sidst|meddelelser|orientering)\b", re.IGNORECASE)


def decided(said: Sequence[Said], day: datetime.date | None) -> Iterator[tuple[Said, Cue, str]]:
    """What was decided, how that is told, and the item of the agenda that it stands under.

    Args:
        said: all of the minutes, in order.
        day: of the meeting.
    """
    agenda, before = _Agenda(), None
    for one, following in zip_longest(said, said[1:]):
        one = agenda.read(one, following)
        left = agenda.take(one)
        cue = None
        if one.begins:
            cue = decided_in(one.text[one.begins :])
        elif one.role == "said" and not agenda.background:
            cue = cue_under(one.text, agenda.item, labelled=bool(left))
            if cue and answer_in(one.text) and before and before.last == one.first:
                # “Mødet flyttes. Vedtaget.”: what was decided stands before the word.
                one = replace(one, text=f"{before.text} {one.text}", first=before.first)
                cue = replace(cue, after=0)
        before = one if one.role == "said" and cue is None else None
        if cue and not is_of_another_day(one.text[one.begins :], cue, day):
            told_of = _ELSEWHERE.match(agenda.item)
            yield one, replace(cue, sure=NO_ENTRY) if told_of else cue, agenda.item


def cue_under(text: str, item: str, *, labelled: bool) -> Cue | None:
    """What a sentence says was decided.

    Args:
        text: the sentence.
        item: of the agenda; empty for none.
        labelled: it stands under the word `Beslutning`.
    """
    formal = is_formal(f"godkendelse af {item}")
    if labelled:
        return None if formal and answer_in(text) else decided_in(text)
    if cue := cue_in(text):
        return cue
    return None if formal or not item else answer_in(text)


@dataclass(slots=True)
class _Agenda:
    """Where one is in the minutes.

    Attributes:
        item: of the agenda.
        level: of its heading; 0 before the first.
        left: sentences under the word `Beslutning` that still count as decided.
        background: what stands here led to the decision, and is none.
    """

    item: str = ""
    level: int = 0
    left: int = 0
    background: bool = False

    def read(self, said: Said, following: Said | None) -> Said:
        """What is next, as it has to be read here."""
        if said.role == "label" and not said.begins and answer_in(said.text):
            # `Vedtaget`, and then the next item: all that is said, and no label.
            ends = following is None or following.role != "said"
            return replace(said, role="said") if ends else said
        if said.level == NUMBERED and self.left and 0 < self.level < NUMBERED:
            # Headings tell the items there, so that a number counts what was decided.
            return replace(said, level=0, role="said", text=title_of_item(said.text))
        return said

    def take(self, said: Said) -> int:
        """Go on to it; how many sentences were left before."""
        left = self.left
        if said.role == "said":
            self.left = max(0, left - 1)
            return left
        self.left = _UNDER_A_LABEL if said.role == "label" and not said.begins else 0
        self.background = said.role == "background"
        if self._begins(said):
            self.item, self.level = title_of_item(said.text), said.level
        return left

    def _begins(self, said: Said) -> bool:
        """Whether an item of the agenda begins."""
        if said.role == "aside":
            return 0 < said.level <= self.level
        bold_below = said.level == BOLD and _TITLE < self.level < BOLD
        return said.role == "item" and not bold_below

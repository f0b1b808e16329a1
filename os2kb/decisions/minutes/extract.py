"""The decisions in minutes, each with its quote, its lines and how surely it is one."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.masking import mask
from index.plain import plain
from index.reading.front_matter import front_matter
from os2kb.decisions.minutes.cues import (
    Cue,
    Outcome,
    answer_in,
    cue_in,
    decided_in,
    is_formal,
    is_of_another_day,
    outcome_of,
)
from os2kb.decisions.minutes.layout import BOLD, NUMBERED, Said, laid_out, title_of_item
from os2kb.decisions.minutes.meeting import Meeting, group_in, meeting_of
from os2kb.decisions.minutes.names import NOBODY, Names, participants, without_names
from os2kb.decisions.minutes.tables import Kind, rows
from os2kb.decisions.tidy import one_line, seen

_UNDER_A_LABEL = 12  # sentences
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ROW_SURE = {"decision": 0.85, "action": 0.5}


@dataclass(frozen=True, slots=True)
class Found:
    """A decision in some minutes, or what somebody was given to do.

    Attributes:
        quote: as it stands there; a name that is not to be copied is `[navn]`.
        lines: first and last, 1-based.
        item: of the agenda that it stands under; empty for none.
        decided: where in the quote stands what was decided.
        group: who decided.
        confidence: 0 to 1.
    """

    kind: Kind
    quote: str
    lines: tuple[int, int]
    item: str
    decided: int
    group: str
    outcome: Outcome
    confidence: float


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was found in some minutes."""

    path: str
    meeting: Meeting
    found: tuple[Found, ...]


def extract(path: str, text: str, *, names: bool = False) -> Minutes:
    """The decisions in some minutes, in their order.

    Args:
        path: the file's.
        text: of the file, as Markdown or plain.
        names: whether names of participants may be copied.
    """
    clean = _COMMENT.sub(lambda match: re.sub(r"[^\n]", "", match[0]), mask(seen(text)))
    front, lines = front_matter(clean.split("\n"))
    hidden = NOBODY if names else participants(lines)
    meeting = meeting_of(path, front, lines)
    said = laid_out(lines)
    found = [
        *_in_tables(lines, said, meeting, hidden, names=names),
        *_in_text(said, meeting, hidden),
    ]
    found.sort(key=lambda one: one.lines)
    shown = Meeting(without_names(meeting.name, hidden), meeting.date, meeting.group)
    return Minutes(path, shown, tuple(found))


def _in_tables(
    lines: Sequence[str], said: Sequence[Said], meeting: Meeting, hidden: Names, *, names: bool
) -> Iterator[Found]:
    headings = [one for one in said if 0 < one.level < NUMBERED and one.role == "item"]
    starts = [one.first for one in headings]
    for row in rows(lines):
        after = bisect_right(starts, row.line)
        above = title_of_item(headings[after - 1].text) if after else ""
        item = row.about or above
        quote = plain(row.said)
        cue = _cue(quote, _UNDER_A_LABEL, item)
        if is_formal(quote) or (row.kind == "decision" and cue is None):
            continue
        if names and row.who:
            quote = f"{quote} ({row.who})"
        sure = _ROW_SURE[row.kind]
        yield Found(
            row.kind,
            one_line(without_names(quote, hidden)),
            (row.line, row.line),
            without_names(item, hidden),
            0,
            group_in(quote) or meeting.group,
            outcome_of(quote),
            min(sure, cue.sure) if cue and row.kind == "decision" else sure,
        )


def _in_text(said: Sequence[Said], meeting: Meeting, hidden: Names) -> Iterator[Found]:
    agenda = _Agenda()
    for one in said:
        if agenda.left and one.level == NUMBERED and 0 < agenda.level < NUMBERED:
            # Headings tell the items there, so that a number counts what was decided.
            one = replace(one, level=0, role="said", text=title_of_item(one.text))
        left = agenda.take(one)
        cue = None
        if one.begins:
            cue = decided_in(one.text[one.begins :])
        elif one.role == "said" and not agenda.background:
            cue = _cue(one.text, left, agenda.item)
        if cue is None or is_of_another_day(one.text[one.begins :], cue, meeting.date):
            continue
        quote = one_line(without_names(one.text, hidden))
        shorter = len(without_names(one.text[: one.begins + cue.after], hidden))
        yield Found(
            "decision",
            quote,
            (one.first, one.last),
            without_names(agenda.item, hidden),
            min(shorter, len(quote)),
            group_in(cue.by) or meeting.group,
            cue.outcome,
            cue.sure,
        )


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

    def take(self, said: Said) -> int:
        """Go on to the next thing that is said; how many were left before it."""
        left = self.left
        if said.role == "said":
            self.left = max(0, left - 1)
            return left
        self.left = _UNDER_A_LABEL if said.role == "label" and not said.begins else 0
        self.background = said.role == "background"
        if said.role == "aside":
            begins = 0 < said.level <= self.level
        else:
            begins = said.role == "item" and not (said.level == BOLD and 0 < self.level < BOLD)
        if begins:
            self.item, self.level = title_of_item(said.text), said.level
        return left


def _cue(text: str, left: int, item: str) -> Cue | None:
    if left:
        answer = answer_in(text)
        return None if answer and is_formal(f"godkendelse af {item}") else decided_in(text)
    if cue := cue_in(text):
        return cue
    return None if is_formal(f"godkendelse af {item}") or not item else answer_in(text)

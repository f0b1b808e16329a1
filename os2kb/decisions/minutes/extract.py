"""The decisions in minutes, each with its quote, its lines and how surely it is one."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.masking import mask
from index.plain import plain
from index.reading.front_matter import front_matter
from os2kb.decisions.minutes.agenda import cue_under, decided
from os2kb.decisions.minutes.cues import Outcome, is_formal, outcome_of
from os2kb.decisions.minutes.layout import NUMBERED, Said, laid_out, title_of_item
from os2kb.decisions.minutes.meeting import Meeting, group_in, meeting_of
from os2kb.decisions.minutes.names import NOBODY, Names, participants, without_names
from os2kb.decisions.minutes.tables import Kind, rows
from os2kb.decisions.reading.document import is_template
from os2kb.decisions.tidy import one_line, seen

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# GitHub strikes out what stands between one or two tildes; Word's and wikis' pages write a tag.
_STRUCK = re.compile(
    r"(?<![~\\])(?P<tildes>~~?)(?![~\s])(?:[^~\n]|\n(?!\s*\n)){1,2000}?"
    r"(?:(?<=\w)|(?<=[^\w\s])(?!~~?\w))(?P=tildes)(?!~)"  # “~5 kr. … (~10 stk.)” is about, not out
    r"|<(?P<tag>del|s|strike)\b[^<>\n]{0,100}>.{0,2000}?</(?P=tag)>",
    re.DOTALL | re.IGNORECASE,
)
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
    """What was found in some minutes.

    Attributes:
        path: the file's.
        named: the same as an entry may name it, without names that are not to be copied.
    """

    path: str
    named: str
    meeting: Meeting
    found: tuple[Found, ...]


def extract(path: str, text: str, *, names: bool = False) -> Minutes:
    """The decisions in some minutes, in their order.

    What is struck out was taken back, and a template for decisions holds none.

    Args:
        path: the file's.
        text: of the file, as Markdown or plain.
        names: whether names of participants may be copied.
    """
    clean = _STRUCK.sub(_its_lines, _COMMENT.sub(_its_lines, mask(seen(text))))
    front, lines = front_matter(clean.split("\n"))
    hidden = NOBODY if names else participants(lines)
    meeting = meeting_of(path, front, lines)
    said = laid_out(lines)
    found = (
        []
        if is_template(lines)
        else [
            *_in_tables(lines, said, meeting, hidden, names=names),
            *_in_text(said, meeting, hidden),
        ]
    )
    found.sort(key=lambda one: one.lines)
    shown = Meeting(without_names(meeting.name, hidden), meeting.date, meeting.group)
    return Minutes(path, without_names(path, hidden), shown, tuple(found))


def _its_lines(match: re.Match[str]) -> str:
    """What is taken out leaves its lines, so that the others keep their numbers."""
    return "\n" * match[0].count("\n")


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
        cue = cue_under(quote, item, labelled=True)
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
    for one, cue, item in decided(said, meeting.date):
        quote = one_line(without_names(one.text, hidden))
        shorter = len(without_names(one.text[: one.begins + cue.after], hidden))
        yield Found(
            "decision",
            quote,
            (one.first, one.last),
            without_names(item, hidden),
            min(shorter, len(quote)),
            group_in(cue.by) or meeting.group,
            cue.outcome,
            cue.sure,
        )

"""The decisions in minutes, each with its quote, its lines and how surely it is one."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.masking import mask
from index.plain import plain
from index.reading.front_matter import front_matter
from index.sentences import sentences, units
from os2kb.decisions.dates import date_in
from os2kb.decisions.minutes.cues import (
    Cue,
    Outcome,
    answer_in,
    cue_in,
    decided_in,
    is_formal,
    outcome_of,
)
from os2kb.decisions.minutes.meeting import Meeting, group_in, meeting_of
from os2kb.decisions.minutes.names import participants, without_names
from os2kb.decisions.minutes.tables import Kind, rows
from os2kb.decisions.tidy import one_line, seen

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s+(?P<text>\S.*)")
_NUMBERED = re.compile(r"\s*(?:\*\*)?(?:ad\.? ?|punkt )?\d{1,3}(?:\.\d{1,2})*[.):]\s*\S.*", re.I)
_BEFORE_TITLE = re.compile(
    r"^(?:ad\.?\s*|punkt\s+|pkt\.?\s*)?\d{1,3}(?:\.\d{1,2})*\s*[.):]?\s*[-–:]?\s*", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:beslutning(?:er|en)?|besluttet|konklusion|afgørelse|vedtagelse|vedtaget|det besluttede)"
    r"(?: (?:i|af|fra|på) .{1,80}?)?(?: den [\d. :/-]+(?:\w+ \d{4})?)?\s*"
    r"(?:[:–]\s*(?P<rest>.*)|$)",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"(?:drøftelse|referat|indstilling(?:en)?|sagsfremstilling|baggrund|resumé?|orientering|status|"
    r"økonomi|personale|bilag|formål|deltagere|til ?stede|afbud|dagsorden|bemærkninger|opfølgning|"
    r"næste møde|eventuelt|evt|kommunikation|sagsgang.{0,20}|beskrivelse af .{1,30}|til toppen)"
    r"\s*[.:]?(?P<rest>.*)",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"\s*\{[#:][^{}]{0,100}\}$")
_LONGEST_ITEM = 110  # characters of an agenda's item that is no heading
_LONGEST_LINE = 2_000  # characters, links among them, of a line that may hold such an item alone
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


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, an item or a heading (of `level`, 0 for none)."""

    text: str
    first: int
    last: int
    level: int = 0


def extract(path: str, text: str, *, names: bool = False) -> Minutes:
    """The decisions in some minutes, in their order.

    Args:
        path: the file's.
        text: of the file, as Markdown or plain.
        names: whether names of participants may be copied.
    """
    clean = _COMMENT.sub(lambda match: re.sub(r"[^\n]", "", match[0]), mask(seen(text)))
    front, lines = front_matter(clean.split("\n"))
    hidden = frozenset[str]() if names else participants(lines)
    meeting = meeting_of(path, front, lines)
    found = [*_in_tables(lines, meeting, hidden, names=names), *_in_text(lines, meeting, hidden)]
    found.sort(key=lambda one: one.lines)
    shown = Meeting(without_names(meeting.name, hidden), meeting.date, meeting.group)
    return Minutes(path, shown, tuple(found))


def _in_tables(
    lines: Sequence[str], meeting: Meeting, hidden: frozenset[str], *, names: bool
) -> Iterator[Found]:
    headings = [(one.first, _item(one.text)) for one in _said(lines) if one.level]
    starts = [first for first, _ in headings]
    for row in rows(lines):
        after = bisect_right(starts, row.line)
        quote = plain(row.said)
        if names and row.who:
            quote = f"{quote} ({row.who})"
        if is_formal(quote):
            continue
        yield Found(
            row.kind,
            one_line(without_names(quote, hidden)),
            (row.line, row.line),
            without_names(headings[after - 1][1], hidden) if after else "",
            0,
            group_in(quote) or meeting.group,
            outcome_of(quote),
            _ROW_SURE[row.kind],
        )


def _in_text(lines: Sequence[str], meeting: Meeting, hidden: frozenset[str]) -> Iterator[Found]:
    item, left = "", 0  # sentences under the word `Beslutning` that still count as decided
    for said in _said(lines):
        labelled = _LABEL.fullmatch(said.text)
        if labelled and not (labelled["rest"] or "").strip():
            left = _UNDER_A_LABEL
            continue
        if said.level and not labelled:
            item, left = _item(said.text), 0
            continue
        if _OTHER_LABEL.fullmatch(said.text) and not (answer_in(said.text) or cue_in(said.text)):
            left = 0
            continue
        begins = labelled.start("rest") if labelled else 0
        cue = _cue(said.text, labelled, left, item)
        left = max(0, left - 1)
        if cue is None:
            continue
        quote = one_line(without_names(said.text, hidden))
        shorter = len(without_names(said.text[: begins + cue.after], hidden))
        yield Found(
            "decision",
            quote,
            (said.first, said.last),
            without_names(item, hidden),
            min(shorter, len(quote)),
            group_in(cue.by) or meeting.group,
            cue.outcome,
            cue.sure,
        )


def _item(heading: str) -> str:
    named = _ANCHOR.sub("", heading)
    return _BEFORE_TITLE.sub("", named).strip() or named


def _cue(text: str, labelled: re.Match[str] | None, left: int, item: str) -> Cue | None:
    if labelled:
        return decided_in(labelled["rest"])
    if left:
        answer = answer_in(text)
        return None if answer and is_formal(f"godkendelse af {item}") else decided_in(text)
    if cue := cue_in(text):
        return cue
    return None if is_formal(f"godkendelse af {item}") or not item else answer_in(text)


def _said(lines: Sequence[str]) -> Iterator[_Said]:
    """Headings, sentences and items in order; rows of tables are looked at for themselves."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    text = "\n".join(lines)
    found = [
        _Said(plain(text[start:end]), *_lines(starts, start, end))
        for one in units(text)
        if one.kind in ("sentence", "item")
        for start, end in _sentences(text, one.start, one.end)
    ]
    for number, line in enumerate(lines, 1):
        if match := _HEADING.fullmatch(line):
            found.append(_Said(plain(match["text"]), number, number, len(match["level"])))
    found.sort(key=lambda one: (one.first, -one.level))
    for one in found:
        yield _as_heading(one, lines) if not one.level else one


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An item may hold several."""
    for sentence in sentences(text[start:end]):
        start = text.index(sentence, start)
        yield start, start + len(sentence)
        start += len(sentence)


def _as_heading(said: _Said, lines: Sequence[str]) -> _Said:
    """An agenda's item on a line of its own is a heading where minutes are plain text."""
    line = lines[said.first - 1]
    alone = said.first == said.last and len(said.text) <= _LONGEST_ITEM
    alone = alone and len(line) <= _LONGEST_LINE
    alone = alone and plain(line).endswith(said.text)
    if alone and _NUMBERED.fullmatch(line) and not said.text.endswith((".", ";", ",")):
        written = _BEFORE_TITLE.sub("", line.strip().strip("*"))
        day = date_in(line)
        if not (
            cue_in(written) or answer_in(written) or (day and day.written in line.strip()[:20])
        ):
            return _Said(plain(line), said.first, said.last, 6)
    return said


def _lines(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return bisect_right(starts, start), bisect_right(starts, max(start, end - 1))

"""How minutes are laid out: items of the agenda, labels, and what is said under them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.plain import plain
from index.sentences import sentences, units
from os2kb.decisions.dates import date_in
from os2kb.decisions.minutes.cues import answer_in, cue_in

Role = Literal["item", "label", "background", "aside", "said"]
NUMBERED, BOLD = 6, 7
"""Levels of an item that no `#` marks: a number at the start of its line, a line in bold."""

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s+(?P<text>\S.*)")
_IN_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)[^*_]{1,110}\1:?\s*")
_NUMBERED = re.compile(
    r"\s*(?:\*\*)?(?:(?:ad\.? ?|punkt |pkt\.? ?)?\d{1,3}(?:\.\d{1,2})*[.):]\s*\S.*|"
    r"(?:punkt|pkt\.?) ?\d{1,3}\b.*|(?:emne|sag|punkt) ?: ?\S.*)",
    re.IGNORECASE,
)
_BEFORE_TITLE = re.compile(
    r"^(?:(?:ad\.?\s*|punkt\s+|pkt\.?\s*)?\d{1,3}(?:\.\d{1,2})*\s*[.):]?\s*[-–:]?\s*|"
    r"(?:emne|sag|punkt) ?: ?)",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\s*[a-zæøå]\)\s")
_NAMED = re.compile(r"\W*(?:punkt|pkt|emne|sag)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:beslutning(?:er|en)?|besluttet|konklusion(?:en|er)?|afgørelse|vedtagelse|vedtaget|"
    r"godkendt(?=\s*[:–])|aftal(?:er|t)|det (?:besluttede|aftalte))"
    r"(?: (?:i|af|fra|på) .{1,80}?)?(?: den [\d. :/-]+(?:\w+ \d{4})?)?\s*"
    r"(?:[:–]\s*(?P<rest>.*)|$)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"(?:sagsfremstilling|baggrund|resumé?|sagsgang|tidligere behandling|indstilling(?:en)?|"
    r".{3,60} indstiller(?: til .{1,60})?)\s*(?:[:,](?P<rest>.*)|$)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:ikke (?:besluttet|afklaret)|"
    r"drøftelse|referat|orientering|status|økonomi|personale|bilag|formål|deltagere|til ?stede|"
    r"afbud|dagsorden|bemærkninger|opfølgning|næste møde|eventuelt|evt|kommunikation|"
    r"sagsgang.{0,20}|beskrivelse af .{1,30}|til toppen|oplæg)\s*[.:]?(?P<rest>.*)",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"\s*\{[#:][^{}]{0,100}\}$")
_LONGEST_ITEM = 110  # characters of an agenda's item that is no heading
_LONGEST_LINE = 2_000  # characters, links among them, of a line that may hold such an item alone
_GOES_ON = (".", ";", ",")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, an item or a heading.

    Attributes:
        text: without markup.
        first: line, 1-based.
        last: line.
        level: of a heading; 0 for none.
        role: what it is; a label may have what was decided behind it, from `begins` on.
    """

    text: str
    first: int
    last: int
    level: int = 0
    role: Role = "said"
    begins: int = 0


def laid_out(lines: Sequence[str]) -> list[Said]:
    """Headings, labels, sentences and items in order; rows of tables are looked at elsewhere."""
    numbers, text, starts = _spaced(lines)
    found = []
    for one in units(text):
        if one.kind in ("sentence", "item"):
            for start, end in _sentences(text, one.start, one.end):
                first, last = (bisect_right(starts, at) - 1 for at in (start, max(start, end - 1)))
                found.append(Said(plain(text[start:end]), numbers[first], numbers[last]))
    for number, line in enumerate(lines, 1):
        if match := _HEADING.fullmatch(line):
            found.append(Said(plain(match["text"]), number, number, len(match["level"])))
    found.sort(key=lambda one: (one.first, -one.level))
    return [_with_role(one, lines[one.first - 1]) for one in found]


def title_of_item(heading: str) -> str:
    """`3. Drift {#drift}` is `Drift`."""
    named = _ANCHOR.sub("", heading)
    return _BEFORE_TITLE.sub("", named).strip() or named


def _spaced(lines: Sequence[str]) -> tuple[list[int], str, list[int]]:
    """The text with blank lines around what stands for itself, so that no sentence runs into it.

    Returns:
        For each of its lines the number it had, 1-based; the text; where each line starts.
    """
    numbers, spaced = [0], [""]
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        before, after = _stands_alone(line, below) if spaced[-1].strip() or below.strip() else _NOT
        for blank, written in ((before, ""), (True, line), (after, "")):
            if blank:
                numbers.append(at + 1)
                spaced.append(written)
    starts = [0]
    for line in spaced:
        starts.append(starts[-1] + len(line) + 1)
    return numbers, "\n".join(spaced), starts


_NOT = (False, False)


def _stands_alone(line: str, below: str) -> tuple[bool, bool]:
    """Whether what stands above, and what stands below, is no part of its sentence."""
    if not line.strip() or len(line) > _LONGEST_LINE:
        return _NOT
    if _IN_BOLD.fullmatch(line):
        return True, True
    if _LETTERED.match(line):
        return True, False
    text = plain(line)
    for label in (_LABEL, _BACKGROUND):
        if match := label.fullmatch(text):
            return True, not match["rest"]
    begins_anew = below.lstrip("*_ ")[:1].isupper() or _NAMED.match(line)
    return (True, True) if begins_anew and _is_item(line, text) else _NOT


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An item may hold several."""
    for sentence in sentences(text[start:end]):
        start = text.index(sentence, start)
        yield start, start + len(sentence)
        start += len(sentence)


def _with_role(said: Said, line: str) -> Said:
    if match := _LABEL.fullmatch(said.text):
        begins = match.start("rest") if match["rest"] else 0
        return replace(said, role="label", begins=begins)
    if _BACKGROUND.fullmatch(said.text):
        return replace(said, role="background")
    if _ASIDE.fullmatch(said.text) and not (answer_in(said.text) or cue_in(said.text)):
        return replace(said, role="aside")
    if said.level:
        return replace(said, role="item")
    alone = said.first == said.last and len(line) <= _LONGEST_LINE
    whole = plain(line) if alone and _NUMBERED.fullmatch(line) else ""
    if whole and _is_item(line, whole):
        return replace(said, text=whole, level=NUMBERED, role="item")
    if alone and _IN_BOLD.fullmatch(line):
        return replace(said, level=BOLD, role="item")
    return said


def _is_item(line: str, text: str) -> bool:
    """Whether a line is an item of the agenda: short, numbered, and no decision itself."""
    if len(text) > _LONGEST_ITEM or text.endswith(_GOES_ON) or not _NUMBERED.fullmatch(line):
        return False
    written = _BEFORE_TITLE.sub("", line.strip().strip("*"))
    day = date_in(line)
    dated = day and day.written in line.strip()[:20]
    return not (dated or cue_in(written) or answer_in(written))

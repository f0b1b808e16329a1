"""Which meeting minutes are of: its name, its date and the group that met."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.plain import plain
from os2kb.decisions.dates import date_in
from os2kb.decisions.status import GROUP, GROUPS
from os2kb.decisions.tidy import one_line

_DATE_LINE = re.compile(r"(?:møde)?dato|tid|tidspunkt|mødetid|hvornår", re.IGNORECASE)
_NAME_LINE = re.compile(r"møde(?:navn)?|mødetitel|forum", re.IGNORECASE)
_PAIR = re.compile(r"(?P<key>[\wæøåÆØÅ ]{2,30}?)\s*:\s*(?P<value>\S.*)")
_OF_A_MEETING = re.compile(r"møde|referat|generalforsamling|seminar", re.IGNORECASE)
_LONGEST = 2_000  # characters of a line that are looked at
_TOP = 40  # lines in which minutes say what they are of
_HEADING = re.compile(r" {0,3}#{1,3}\s+(?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, as its minutes tell.

    Attributes:
        name: one line, such as `Referat af styregruppemøde 4. juni 2026`.
        group: `Styregruppen`; empty where none is named.
    """

    name: str
    date: datetime.date | None = None
    group: str = ""


def meeting_of(path: str, front: Mapping[str, object], lines: Sequence[str]) -> Meeting:
    """The meeting of some minutes.

    Args:
        path: the file's, whose name and folder tell what the text does not.
        front: what the front matter says.
        lines: the text, its front matter blanked.
    """
    top = [line[:_LONGEST] for line in lines[:_TOP] if line.strip()]
    heading = next((match["text"] for line in top if (match := _HEADING.match(line))), "")
    opening = next((line for line in top[:5] if _OF_A_MEETING.search(line)), "")
    name = plain(heading or str(front.get("title") or "") or opening)
    pairs = [match for line in top if (match := _PAIR.match(plain(line)))]
    called = [one["value"] for one in pairs if _NAME_LINE.fullmatch(one["key"].strip())]
    dated = [one["value"] for one in pairs if _DATE_LINE.fullmatch(one["key"].strip())]
    stem = PurePosixPath(path).stem
    date = _first_date([str(front.get("date") or ""), name, *dated, stem, *map(plain, top)])
    group = _first_group([name, *called, stem, path, *map(plain, top)])
    return Meeting(one_line(name)[:200] or stem, date, group)


def _first_date(texts: Sequence[str]) -> datetime.date | None:
    found = (date_in(text) for text in texts)
    return next((one.date for one in found if one), None)


def _first_group(texts: Sequence[str]) -> str:
    return next((group for text in texts if (group := group_in(text))), "")


def group_in(text: str) -> str:
    """The group that a text names first, as it is called: `Styregruppen`; empty for none."""
    match = GROUP.search(text[:1_000])
    return GROUPS[match[0].lower()] if match else ""

"""Whether a patch adds to the unreleased part of a changelog (https://keepachangelog.com)."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Place = Literal["unreleased", "release", "elsewhere", "unknown", "nothing"]


class Addition(NamedTuple):
    """A line with text that a patch adds: where in the changelog, and its number, 1-based."""

    place: Place
    text: str
    line: int


_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,\d+)? @@(?P<context>.*)")
_HEADING = re.compile(r"\s{0,3}#{1,3}\s+\[?\s*(?P<name>[^\]\n]*)")
_UNRELEASED = re.compile(
    r"(unreleased|ikke[- ]udgivet|ikke[- ]frigivet|kommende|next)\b", re.IGNORECASE
)
_VERSION = re.compile(r"v?\d+(\.\d+)+|\d{4}-\d\d", re.IGNORECASE)


def added_under(patch: str, after: str = "") -> Place:
    """Where a unified diff of a changelog adds lines.

    Args:
        after: the whole changelog with the patch applied, where it is known; it tells under which
            heading a change stands that is far below it.

    Returns:
        `unreleased`: under an unreleased heading; `release`: the patch adds a version's heading,
        as a release does; `elsewhere`: only under published versions; `unknown`: the heading lies
        outside the patch; `nothing`: no lines with text were added.
    """
    found = {one.place for one in additions(patch, after)}
    order: tuple[Place, ...] = ("unreleased", "release", "unknown", "elsewhere")
    return next((place for place in order if place in found), "nothing")


def additions(patch: str, after: str = "") -> Iterator[Addition]:
    """Each line with text that a unified diff adds, and where; see `added_under`."""
    lines = after.splitlines()
    section: Place = "unknown"
    number = 0
    for line in patch.splitlines():
        hunk = _HUNK.match(line)
        if hunk:
            number = int(hunk["start"]) - 1
            section = _section(hunk["context"]) or _section_above(lines, number + 1)
            continue
        sign, text = line[:1], line[1:]
        if sign not in (" ", "+"):
            continue
        number += 1
        heading = _section(text)
        if heading:
            section = heading
            if sign == "+" and heading == "elsewhere":
                yield Addition("release", text, number)
        elif sign == "+" and text.strip() and not _HEADING.match(text):
            yield Addition(section, text, number)


def _section_above(lines: list[str], number: int) -> Place:
    """The part of the changelog that a line (1-based) stands in."""
    above = (_section(line) for line in reversed(lines[: number - 1]))
    return next((section for section in above if section), "unknown")


def _section(text: str) -> Place | None:
    """The part of the changelog that a heading opens; None where the line opens none."""
    heading = _HEADING.match(text)
    if heading is None:
        return None
    if _UNRELEASED.match(heading["name"]):
        return "unreleased"
    return "elsewhere" if _VERSION.match(heading["name"]) else None

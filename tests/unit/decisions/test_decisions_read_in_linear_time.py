"""A file that repeats one thing without end costs as much a line as a short one."""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest

from os2kb.decisions.minutes.extract import extract
from os2kb.decisions.reading.read import read_file, read_issue

REPEATED = {
    "headings of status": "## Status\n",
    "headings of status with a value": "## Status\nAccepteret\n",
    "headings of the decision": "## Beslutning\n",
    "headings of dates": "## Dato\n4. juni 2026\n",
    "headings below": "### Status\n",
    "entries of one log": "# BDR-#1: a\n## Status\n",
    "entries of a page": "- **Dato**: 2026-01-01\n- **Beslutning**: a\n",
    "keys": "- **Status**: a\n",
    "boxes": "- [ ] A\n",
    "blocks of code": "```\na\n```\n",
    "comments that never end": "<!-- \n",
    "comments": "<!-- a -->\n",
    "quotes in quotes": ">",
    "mentions": "@ida #1 ",
}


MINUTES = {
    "participants and decisions": (
        "Deltagere: Ida{n} Holm{n}\n\n",
        "# Drift {n}\n\nDet blev besluttet at vente.\n\n",
    ),
    "labels": ("Beslutning\n", "Vi venter.\n"),
    "numbered lines": ("{n}. a\n",),
    "rows": ("| Punkt | Beslutning |\n|---|---|\n", "| a | Vi venter |\n"),
    "lines in bold": ("**a**\n",),
}


def steps(read: Callable[[], object]) -> int:
    """How many calls it takes."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read()
    finally:
        sys.setprofile(before)
    return count


def read_both(text: str) -> None:
    """Read a text as a file, and as an issue."""
    read_file("beslutninger/a.md", text)
    read_issue("Fælles drift", text, certain=True)


@pytest.mark.parametrize("repeated", REPEATED.values(), ids=REPEATED.keys())
def test_twice_as_long_a_file_takes_twice_as_many_steps(repeated: str) -> None:
    read_both(repeated)  # what is read the first time only is not counted
    once, twice = (
        steps(partial(read_both, "# Fælles drift\n\n" + repeated * many)) for many in (150, 300)
    )
    assert twice <= 2.1 * once


@pytest.mark.parametrize("parts", MINUTES.values(), ids=MINUTES.keys())
def test_twice_as_long_minutes_take_twice_as_many_steps(parts: tuple[str, ...]) -> None:
    def minutes(many: int) -> str:
        return "".join(part.replace("{n}", str(n)) for part in parts for n in range(many))

    extract("a.md", minutes(1))
    once, twice = (steps(partial(extract, "a.md", minutes(many))) for many in (150, 300))
    assert twice <= 2.1 * once

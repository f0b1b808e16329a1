"""A file that repeats one thing without end costs as much a line as a short one."""

import sys
from types import FrameType

import pytest

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


def steps(text: str) -> int:
    """How many calls it takes to read a text as a file, and as an issue."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_file("beslutninger/a.md", text)
        read_issue("Fælles drift", text, certain=True)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("repeated", REPEATED.values(), ids=REPEATED.keys())
def test_twice_as_long_a_file_takes_twice_as_many_steps(repeated: str) -> None:
    steps(repeated)  # what is read the first time only is not counted
    once, twice = (steps("# Fælles drift\n\n" + repeated * many) for many in (150, 300))
    assert twice <= 2.1 * once

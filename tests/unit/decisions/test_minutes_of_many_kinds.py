"""Made-up minutes in the ways that municipalities and products write them.

In `minutes/`, a line with a decision ends in ◀, and in `◀ ikke fundet` where no word tells it.
"""

from pathlib import Path

import pytest

from os2kb.decisions.minutes.extract import extract

_MINUTES = sorted((Path(__file__).parent / "minutes").iterdir())
_MARK, _MISSED = " ◀", " ◀ ikke fundet"
_PROPOSED = 0.6  # what `--least` is when nobody says


@pytest.mark.parametrize("path", _MINUTES, ids=lambda path: path.stem)
def test_the_marked_lines_are_proposed_and_no_other(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    marked = {number for number, line in enumerate(lines, 1) if line.endswith(_MARK)}
    text = "\n".join(line.removesuffix(_MISSED).removesuffix(_MARK) for line in lines)
    found = extract(path.name, text, names=True).found
    told = {one.lines[0] for one in found if one.confidence >= _PROPOSED}
    assert told == marked


def test_there_are_minutes_of_many_kinds() -> None:
    assert len(_MINUTES) > 20

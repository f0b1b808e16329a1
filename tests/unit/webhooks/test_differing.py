"""Two versions side by side: what differs is marked, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from webhooks.console.differing import side_by_side


def marked(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, own in pieces if own]


def test_only_what_differs_is_marked():
    before, now = side_by_side(
        "Kommunen betaler driften hvert år.", "Leverandøren betaler driften hver måned."
    )
    assert marked(before) == ["Kommunen", "hvert år."]
    assert marked(now) == ["Leverandøren", "hver måned."]


@given(st.text(), st.text())
def test_each_version_is_there_word_for_word(before: str, now: str):
    left, right = side_by_side(before, now)
    assert " ".join(one.text for one in left) == " ".join(before.split())
    assert " ".join(one.text for one in right) == " ".join(now.split())


def test_very_long_versions_are_shown_without_marks():
    before, now = side_by_side("ord " * 20_000, "andre " * 20_000)
    assert marked(before) == marked(now) == []

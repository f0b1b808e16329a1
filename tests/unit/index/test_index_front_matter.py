"""What a document says of itself before its text, whoever wrote it."""

from datetime import date

import pytest

from index.reading.front_matter import front_matter


def test_values_are_read_and_lines_keep_their_numbers() -> None:
    lines = ["---", "Title: Fælles drift", "date: 2026-05-02", "tags: [a, b]", "---", "# X"]
    values, blanked = front_matter(lines)
    assert values == {"title": "Fælles drift", "date": date(2026, 5, 2), "tags": ["a", "b"]}
    assert blanked == ["", "", "", "", "", "# X"]


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? ", "{"])
def test_thousands_of_lists_in_lists_are_no_values_and_end_nothing(piece: str) -> None:
    """The fast loader calls itself for each of them, and would take the process with it."""
    lines = ["---", piece * (49_000 // len(piece)), "---", "# X"]
    values, blanked = front_matter(lines)
    assert not values
    assert blanked[3] == "# X"


def test_what_is_no_yaml_is_read_line_by_line() -> None:
    lines = ["---", "title: Drift: den nye", "layout: {{ page.x }}", "---"]
    assert front_matter(lines)[0]["title"] == "Drift: den nye"

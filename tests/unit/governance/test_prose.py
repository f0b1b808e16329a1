"""What stands in a quote is somebody else's: none of it counts as what the writer says."""

import pytest

from os2kb.governance.reading.prose import link_targets, prose, visible_lines

QUOTED = "> # Sagt før\n> > igen, se [her](https://example.org)\n\nTekst"


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("# Kommune\n\nAarhus", ["# Kommune", "Aarhus"]),
        ("Kommune\n---\nAarhus", ["## Kommune", "Aarhus"]),
        # The heading of a quote is no heading of what stands below it.
        (QUOTED, ["Tekst"]),
        ("> # Sagt før", []),
    ],
)
def test_headings_and_lines_are_those_outside_quotes(markdown: str, lines: list[str]):
    assert visible_lines(markdown) == lines


def test_a_quote_is_neither_prose_nor_a_place_to_link_from():
    assert prose(QUOTED) == "Tekst"
    assert list(link_targets(QUOTED)) == []
    assert list(link_targets("Se [her](https://example.org)")) == ["https://example.org"]

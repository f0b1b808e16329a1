"""Quotes are found verbatim or not at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Section
from index.sentences import units
from os2kb.answers.quotes import Quote, find
from tests.unit.answers.passages import passage

TEXT = """Rammen er **20.000 kr.**
og gælder\tfra den 4. juni 2026.

Version 2.1 er ude. Ærø ejer den."""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Rammen er **20.000 kr.**", "Rammen er **20.000 kr.**"),
        ("**20.000 kr.** og gælder fra", "**20.000 kr.**\nog gælder\tfra"),
        ("  Ærø   ejer\nden. ", "Ærø ejer den."),
        ("Rammen er **30.000 kr.**", None),
        ("Rammen er 20.000 kr.", None),
        ("rammen er **20.000", None),
        ("Rammen er **20", None),
        ("000 kr.** og gælder", None),
        ("ammen er **20.000", None),
        ("Version 2", None),
        ("gælder fra den 4. juni 202", None),
        ("kr.", None),
        ("", None),
        ("Aeroe ejer den.", None),
    ],
)
def test_a_quote_is_verbatim_up_to_white_space_and_cuts_no_word_or_number(
    words: str, found: str | None
) -> None:
    quote = find(passage(TEXT), words)
    assert (quote.text if quote else None) == found


def test_a_quote_knows_its_lines() -> None:
    quote = find(passage(TEXT, first_line=10), "kr.** og gælder fra den 4. juni 2026.")
    assert quote is not None
    assert quote.lines == (10, 11)


def test_a_citation_names_the_heading_nearest_to_the_quote() -> None:
    sections = (
        Section(10, ("Roller",), "roller", "https://example.org/roller.md#roller"),
        Section(12, ("Roller", "Ejer"), "ejer", "https://example.org/roller.md#ejer"),
    )
    at = replace(
        passage("# Roller\n\n## Ejer\n\nEjeren bestemmer det hele.", first_line=10),
        heading=("Roller",),
        sections=sections,
    )
    quote = find(at, "Ejeren bestemmer det hele.")
    assert quote is not None
    citation = quote.citation()
    assert citation.lines == (14, 14)
    assert citation.heading == ("Roller", "Ejer")
    assert citation.url == "https://example.org/roller.md#ejer"


def test_a_passage_that_lost_lines_gives_its_whole_range_rather_than_a_wrong_line() -> None:
    shortened = replace(passage(TEXT, first_line=10), lines=(10, 40))
    quote = find(shortened, "Version 2.1 er ude.")
    assert quote is not None
    assert quote.lines == (10, 40)


@given(st.text(min_size=1), st.integers(1, 5_000))
def test_any_unit_of_any_text_is_found_again_on_the_lines_it_came_from(
    text: str, first_line: int
) -> None:
    at = passage(text, first_line=first_line)
    for unit in units(text):
        quote = Quote(at, unit.start, unit.end)
        first, last = quote.lines
        in_file = "\n".join(text.split("\n")[first - first_line : last - first_line + 1])
        assert quote.text in in_file
        again = find(at, quote.text)
        assert again is None or again.text.split() == quote.text.split()


@given(st.text(), st.text())
def test_what_does_not_stand_there_is_never_found(text: str, words: str) -> None:
    quote = find(passage(text), words)
    if quote is not None:
        assert " ".join(words.split()) in " ".join(text.split())

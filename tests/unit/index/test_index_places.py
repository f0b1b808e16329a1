import re
import unicodedata
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.danish import fold
from index.retrieval.compounds import Compounds
from index.retrieval.places import places
from index.retrieval.question import understand
from index.retrieval.snippets import snippet

COMPOUNDS = Compounds({"leverandoer": 5, "samarbejde": 5})
WORDS = (
    "skærm",
    "Skærmene",
    "leverandørsamarbejde",
    "using",
    "happy",
    "e",
    "Å",
    "a\u030a",
    "ß",
    "i",
)
PIECES = st.sampled_from((*WORDS, "łódź", " ", "-", "–", "_", "1,5", "<b>", "😀", "\x00", "\ud800"))


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("skaerm", "En gul SKÆRM, og æøå før skærmen.", ["SKÆRM", "skærmen"]),
        ("samarbejde", "Et leverandørsamarbejde.", ["leverandørsamarbejde"]),
        ("how to use it", "When using Ærø's screens", ["using"]),
        ("leverandør", "leve\u00adran\u00addøren kom", ["leve\u00adran\u00addøren"]),
        ("", "intet", []),
        ("😀", "😀", []),
    ],
)
def test_the_words_that_share_a_stem_are_found_as_they_are_written(
    question: str, text: str, found: list[str]
) -> None:
    asked = understand(question, COMPOUNDS)
    assert [text[start:end] for start, end in places(text, asked)] == found


@given(st.lists(PIECES, max_size=12), st.lists(PIECES, max_size=4))
def test_they_are_those_found_by_asking_about_every_word(text: list[str], asked: list[str]) -> None:
    question = understand(" ".join(asked), COMPOUNDS)
    searched = unicodedata.normalize("NFC", "".join(text))
    spans = [match.span() for match in re.finditer(r"[^\W_]+", searched)]
    expected = [(a, b) for a, b in spans if question.asks(fold(searched[a:b]))]
    assert places(searched, question) == expected


def test_a_snippet_marks_each_word_where_it_stands_and_nothing_inside_another() -> None:
    text = "Skærm & <skærme>: en billedskærmsløsning"
    assert snippet(text, understand("skærm", COMPOUNDS)) == (
        "<mark>Skærm</mark> &amp; &lt;<mark>skærme</mark>&gt;: en billedskærmsløsning"
    )


@pytest.mark.parametrize("text", ["skærm & <b>", "skærm 'a'", 'skærm "b"', "skærm alene"])
def test_a_snippet_escapes_whatever_html_means_something_by(text: str) -> None:
    marked = f"<mark>skærm</mark>{escape(text.removeprefix('skærm'))}"
    assert snippet(text, understand("skærm", COMPOUNDS)) == marked

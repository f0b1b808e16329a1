import re
import unicodedata
from html import escape

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.danish import fold, words
from index.retrieval.question import understand
from index.retrieval.snippets import snippet
from index.retrieval.words.compounds import Compounds
from index.retrieval.words.kin import Kin
from index.retrieval.words.word_order import Span, Spoken, WordOrder, word_places

COMPOUNDS = Compounds({"leverandoer": 5, "samarbejde": 5})
WORDS = (
    "skærm",
    "Skærmene",
    "leverandørsamarbejde",
    "using",
    "happy",
    "the",
    "og",
    "e",
    "Å",
    "a\u030a",
    "ß",
    "i",
)
PIECES = st.sampled_from((*WORDS, "łódź", " ", "-", "–", "_", "1,5", "<b>", "😀", "\x00", "\ud800"))


def places(texts: list[str], question: str) -> list[list[Span]]:
    spoken = Spoken()
    for text in texts:
        spoken.words(text)
    kin, asked = Kin.build(spoken.vocabulary, COMPOUNDS), understand(question, COMPOUNDS)
    return [*spoken.order({}).spans(range(len(texts)), kin.of(asked.stems, asked.lang))]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("skaerm", "En gul SKÆRM, og æøå før skærmen.", ["SKÆRM", "skærmen"]),
        ("samarbejde", "Et leverandørsamarbejde.", ["leverandørsamarbejde"]),
        ("how to use it", "When using Ærø's screens", ["using"]),
        ("leverandør", "leve\u00adran\u00addøren kom", ["leve\u00adran\u00addøren"]),
        ("skærm", f"{'x' * 70} skærm", ["skærm"]),
        ("", "intet", []),
        ("😀", "😀", []),
    ],
)
def test_the_words_that_share_a_stem_are_found_as_they_are_written(
    question: str, text: str, found: list[str]
) -> None:
    (spans,) = places([text], question)
    assert [text[start:end] for start, end in spans] == found


@given(st.lists(st.lists(PIECES, max_size=12), max_size=3), st.lists(PIECES, max_size=4))
def test_they_are_those_found_by_asking_about_every_word(
    texts: list[list[str]], asked: list[str]
) -> None:
    question = understand(" ".join(asked), COMPOUNDS)
    searched = [unicodedata.normalize("NFC", "".join(text)) for text in texts]
    expected = [
        [m.span() for m in re.finditer(r"[^\W_]+", text) if question.asks(fold(m[0]))]
        for text in searched
    ]
    assert places(searched, " ".join(asked)) == expected


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24F)) | st.text())
@example("İ ab İx")
def test_each_word_of_a_text_has_its_place_or_none_has(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    found = words(text)
    told = [fold(text[start:end]) for start, end in word_places(text, len(found))]
    assert told in (found, [""] * len(found))


def test_where_letters_are_cut_otherwise_once_folded_nothing_is_marked() -> None:
    assert places(["J\u030cord og skærm", "skærm"], "skærm") == [[(0, 0)], [(0, 5)]]
    assert snippet("J\u030cord og skærm", [(0, 0)]) == "J\u030cord og skærm"


def test_what_is_written_can_be_read_back(tmp_path) -> None:  # type: ignore[no-untyped-def]
    spoken = Spoken()
    spoken.words("Skærmen og skærmene")
    kin = Kin.build(spoken.vocabulary, COMPOUNDS)
    kin.save(tmp_path)
    spoken.order({}).save(tmp_path)
    meant = Kin.load(tmp_path).of(["skaerm"], "da")
    assert meant.tolist() == kin.of(["skaerm"], "da").tolist() == [False, True, False, True]
    assert [*WordOrder.load(tmp_path).spans([0], np.array(meant))] == [[(0, 7), (11, 19)]]


def test_a_snippet_marks_each_word_where_it_stands_and_nothing_inside_another() -> None:
    text = "Skærm & <skærme>: en billedskærmsløsning"
    assert snippet(text, *places([text], "skærm")) == (
        "<mark>Skærm</mark> &amp; &lt;<mark>skærme</mark>&gt;: en billedskærmsløsning"
    )


@pytest.mark.parametrize("text", ["skærm & <b>", "skærm 'a'", 'skærm "b"', "skærm alene"])
def test_a_snippet_escapes_whatever_html_means_something_by(text: str) -> None:
    marked = f"<mark>skærm</mark>{escape(text.removeprefix('skærm'))}"
    assert snippet(text, [(0, 5)]) == marked


def test_of_a_long_passage_the_beginning_is_shown() -> None:
    text = "ord " * 1_000 + "skærm"
    (marked,) = places([text], "skærm")
    assert text[slice(*marked[0])] == "skærm"
    assert snippet(text, marked).startswith("ord ord")

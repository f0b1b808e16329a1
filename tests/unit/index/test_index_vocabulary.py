from itertools import product
from pathlib import Path

import pytest
from corpora import built, index_of, write
from hypothesis import given
from hypothesis import strategies as st

from index.danish import stem
from index.language import STOP_WORDS
from index.passages import Source
from index.retrieval.words.vocabulary import Vocabulary, written
from index.search import Index

COUNTS = {
    "styregruppen": 9,
    "leverandoeren": 6,
    "oekonomi": 4,
    "koordinationsgruppen": 5,
    "beslutning": 8,
    "kommune": 7,
    "komme": 7,
    "planen": 3,
    "planten": 2,
    "moedes": 4,
    "kriterier": 4,
    "skaerm": 2,
    "aarhus": 2,
}
STEMS = frozenset(stem(word, lang) for word in COUNTS for lang in ("da", "en"))
LETTERS = {"oekonomi": "økonomi", "leverandoeren": "leverandøren", "moedes": "mødes"}


def vocabulary() -> Vocabulary:
    parts = {"kommuneplan": ("kommune", "plan")}
    return Vocabulary(
        COUNTS, LETTERS, STEMS, lambda word: parts.get(word, ()), frozenset({"gebyr"})
    )


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Hvem sidder i styregrppen?", "Hvem sidder i styregruppen?"),
        ("Hvem sidder i stryegruppen?", "Hvem sidder i styregruppen?"),
        ("Hvem sidder i styregruupppen?", "Hvem sidder i styregruppen?"),
        ("styrwgruppen", "styregruppen"),
        ("hvad gør leverandærne", "hvad gør leverandøren"),
        ("hvad gør leverandrøen", "hvad gør leverandøren"),
        ("hvad goer levrandoeren", "hvad goer leverandøren"),
        ("Øknomi og beslutnign", "Økonomi og beslutning"),
        ("koordinatoinsgrupen", "koordinationsgruppen"),  # two in a long word
        ("hvronaar mødes styregruppen", "hvornaar mødes styregruppen"),
        ("Hovr ofte msødes styregruppen", "Hvor ofte mødes styregruppen"),
        ("plaen", "planen"),  # these `a` and `e` are no `æ`
        ("okonomi i arhus", "økonomi i aarhus"),
        ("kritreier", "kriterier"),
        ("en kommue", "en kommune"),  # a letter is rather left out than put in
    ],
)
def test_a_misspelt_word_is_read_as_the_one_that_was_meant(question: str, read_as: str) -> None:
    assert vocabulary().read(question, ()).text == read_as


@pytest.mark.parametrize(
    "question",
    [
        "Hvem sidder i styregruppens møder?",  # another form
        "kommuneplan",  # a compound of its words
        "os2beslutnnig v2.1 abc123 a1b2c3d",  # codes
        "plan kom",  # short
        "gebyret",  # a synonym's
        "Hvad siger spillerne om bjerge?",  # good words, far from any
        "漢字 😀 \ud800 \x00 <b>&amp;</b>",
        "",
        "x" * 59,
    ],
)
def test_what_is_no_misspelling_stands(question: str) -> None:
    assert vocabulary().read(question, ()).text == question


def test_a_name_is_never_read_as_another_word() -> None:
    assert vocabulary().read("Bruger Aahrus det", {"aahrus"}).text == "Bruger Aahrus det"
    assert vocabulary().read("bruger aahrus det", ()).corrected == {"aahrus": "aarhus"}


def test_what_was_read_is_told_as_it_was_written() -> None:
    reading = vocabulary().read("Øknomi: øknomi!", ())
    assert reading.text == "Økonomi: økonomi!"
    assert reading.corrected == {"Øknomi": "økonomi", "øknomi": "økonomi"}
    assert reading.meant == {"oekonomi"}


def test_what_may_as_well_have_been_meant_is_asked_for_too() -> None:
    counts = {"planten": 3, "planken": 2}
    either = Vocabulary(counts, {}, frozenset(), lambda _: ()).read("planen", ())
    assert either.text == "planten"
    assert list(either.otherwise()) == [(["planten"], ["planken"])]
    commoner = Vocabulary({**counts, "planten": 9}, {}, frozenset(), lambda _: ())
    assert list(commoner.read("planen", ()).otherwise()) == []


def test_the_unknown_words_that_are_looked_up_are_bounded() -> None:
    many = [f"{a}{b}xqzwvqzx" for a, b in product("abcdefghij", "abcdefghij")]
    asked = vocabulary()
    asked.read(" ".join(many), ())
    assert asked.nearest.cache_info().misses == 5


@given(st.lists(st.sampled_from([*COUNTS, *sorted(STOP_WORDS["da"] | STOP_WORDS["en"])])))
def test_a_question_without_unknown_words_is_untouched(words: list[str]) -> None:
    question = " ".join(words)
    reading = vocabulary().read(question, ())
    assert (reading.text, reading.corrected, reading.meant) == (question, {}, frozenset())


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    reading = vocabulary().read(text, ())
    assert reading.text == text or reading.corrected


def test_words_are_shown_as_they_are_mostly_written() -> None:
    assert written(["Økonomi, økonomi og oekonomi", "søen plan"]) == {
        "oekonomi": "økonomi",
        "soeen": "søen",
    }


DOCUMENTS = {
    **{f"{n}.md": f"# Emne {n}\n\nHer står noget om emne nummer {n}.\n" for n in range(30)},
    "moeder.md": "# Møder\n\nKoordinationsgruppen mødes hver anden tirsdag i Aarhus.\n",
    "penge.md": "# Penge\n\nHver kommune betaler et årligt kontingent til foreningen.\n",
}
ASKED = "Hvor tit mødes koordinationsgruppen i Aarhus?"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    secret = write(
        tmp_path / "internal", {"x.md": "# Projekt\n\nProjekt Brombærhave er hemmeligt."}
    )
    docs = write(tmp_path / "docs", DOCUMENTS)
    built(
        tmp_path / "index",
        Source("docs", str(docs)),
        Source("internal", str(secret), visibility="internal"),
    )
    return index_of(tmp_path / "index")


def test_a_misspelt_question_is_believed_a_little_less_than_the_question(index: Index) -> None:
    asked = index.search(ASKED)
    misspelt = index.search("Hvor tit mdøes koordinatinosgruppen i Aarhus?")
    assert misspelt.corrected == {
        "mdøes": "mødes",
        "koordinatinosgruppen": "koordinationsgruppen",
    }
    assert misspelt.hits[0].passage == asked.hits[0].passage
    assert index.floor < misspelt.confidence < asked.confidence
    assert "<mark>Koordinationsgruppen</mark> <mark>mødes</mark>" in misspelt.hits[0].snippet


def test_a_question_as_it_is_asked_is_not_corrected(index: Index) -> None:
    results = index.search(ASKED)
    assert (results.read_as, results.corrected) == (ASKED, {})


def test_a_name_that_is_not_there_stays_missing(index: Index) -> None:
    results = index.search("Hvor tit mødes koordinationsgruppen i Aarhud?")
    assert results.corrected == {}
    assert results.confidence < index.search(ASKED).confidence


def test_a_word_of_an_internal_passage_is_told_to_nobody(index: Index) -> None:
    assert index.search("hvad er brombærhvae").corrected == {}

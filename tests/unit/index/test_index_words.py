import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.danish import fold, grams, stem, words
from index.language import detect
from index.retrieval.words.compounds import Compounds


@pytest.mark.parametrize(
    ("danish", "typed"),
    [
        ("Spørgsmål", "spoergsmaal"),
        ("ÆBLER", "aebler"),
        ("får", "faar"),
        ("idé", "ide"),
        ("A\u030angstro\u0308m", "aangstroem"),  # decomposed letters, as macOS writes file names
        ("sam\u00adarbejde", "samarbejde"),  # a soft hyphen
        ("\u202ekode\u202c", "kode"),  # bidirectional controls
    ],
)
def test_danish_letters_fold_as_people_type_them(danish: str, typed: str) -> None:
    assert fold(danish) == typed


def test_folding_keeps_words_apart_that_only_share_letters_without_rings() -> None:
    assert fold("får") != fold("far")


def test_threads_stem_at_the_same_time_as_one_would_alone() -> None:
    asked = [
        f"{start}{end}"
        for start in ("kommun", "godkend", "styregrupp")
        for end in ("ernes", "elser", "elsernes", "erne", "ens", "es")
    ] * 200
    alone = [stem.__wrapped__(word, "da") for word in asked]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(lambda word: stem.__wrapped__(word, "da"), asked))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone


def test_inflections_share_a_stem() -> None:
    assert (
        len({stem(fold(word), "da") for word in ("beslutning", "beslutningen", "beslutninger")})
        == 1
    )
    assert len({stem(word, "en") for word in ("review", "reviews", "reviewed")}) == 1


def test_four_grams_tell_where_a_word_begins_and_ends() -> None:
    assert grams("log") == (" log", "log ")
    assert grams("a") == (" a ",)


@given(st.text())
def test_any_text_has_words_that_are_folded_already(text: str) -> None:
    assert all(fold(word) == word and word for word in words(text))


def test_encoded_runs_are_no_words() -> None:
    assert words("kode " + "A" * 300) == ["kode"]


VOCABULARY = dict.fromkeys(
    ["leverandoer", "samarbejde", "arbejde", "beslutning", "log", "koordination", "gruppe", "kode"],
    5,
)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("leverandoersamarbejde", ("leverandoer", "samarbejde")),
        ("beslutningslog", ("beslutning", "log")),
        ("koordinationsgruppe", ("koordination", "gruppe")),
        ("koordinationsgruppesamarbejde", ("koordination", "gruppe", "samarbejde")),
        ("dokumentation", ()),
        ("kode", ()),
    ],
)
def test_a_compound_is_taken_apart_with_the_words_of_the_corpus(
    compound: str, parts: tuple[str, ...]
) -> None:
    assert Compounds(VOCABULARY).parts(compound) == parts


def test_a_word_seen_once_is_no_part() -> None:
    assert Compounds({"gruppe": 5, "styer": 1}).parts("styergruppe") == ()


def test_small_words_are_no_parts() -> None:
    assert Compounds({"for": 900, "deling": 5}).parts("fordeling") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvem skal godkende ændringen?", "da"),
        ("hvordan faar jeg adgang", "da"),
        ("Who approves the change?", "en"),
        ("What is a styregruppe?", "en"),
        ("Hvad er et pull request?", "da"),
    ],
)
def test_a_question_is_in_the_language_of_its_small_words(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_text_that_does_not_tell_has_the_language_it_is_expected_to_have() -> None:
    assert detect("OS2display 2.0", "da") == "da"
    assert detect("OS2display 2.0", "en") == "en"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.danish import grams
from index.retrieval.question import Question, understand
from index.retrieval.words.compounds import Compounds


def asked(question: str) -> Question:
    return understand(question, Compounds({}))


@pytest.mark.parametrize("name", ["lindisfarne", "793"])
def test_a_name_or_a_number_weighs_more_than_another_word(name: str) -> None:
    question = asked("Hvem plyndrede klosteret Lindisfarne i 793?")
    weights = {word: {question.grams[gram] for gram in grams(word)} for word in question.words}
    assert min(weights[name]) > max(weights["klosteret"])


def test_a_question_in_capitals_has_no_names() -> None:
    assert set(asked("HVEM PLYNDREDE KLOSTERET?").grams.values()) == {1.0}


def test_a_run_that_is_no_word_is_no_name_either() -> None:
    hash_of_something = f"A{'7f' * 400}"
    assert asked(f"Hvem plyndrede Lindisfarne {hash_of_something} i 793?").keys == {
        "lindisfarne",
        "793",
    }


WORDS = ("skaermene", "leverandoersamarbejde", "samarbejde", "using", "happy", "the", "og", "po")
COMPOUNDS = Compounds({"leverandoer": 5, "samarbejde": 5})


@given(st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS)))
def test_a_word_is_asked_for_where_one_of_its_terms_is(word: str, others: list[str]) -> None:
    question = understand(" ".join(others), COMPOUNDS)
    shared = not question.terms_of(word).isdisjoint(question.stems)
    assert question.asks(word) == shared

import pytest

from index.danish import grams
from index.retrieval.compounds import Compounds
from index.retrieval.question import Question, understand


def asked(question: str) -> Question:
    return understand(question, Compounds({}))


@pytest.mark.parametrize("name", ["lindisfarne", "793"])
def test_a_name_or_a_number_weighs_more_than_another_word(name: str) -> None:
    question = asked("Hvem plyndrede klosteret Lindisfarne i 793?")
    weights = {word: {question.grams[gram] for gram in grams(word)} for word in question.words}
    assert min(weights[name]) > max(weights["klosteret"])


def test_a_question_in_capitals_has_no_names() -> None:
    assert set(asked("HVEM PLYNDREDE KLOSTERET?").grams.values()) == {1.0}

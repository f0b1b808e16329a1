from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.questions import Question
from index.evaluation.spelling import ascii_typed, with_typos


def asked(text: str, lang: str = "da", name: str = "1") -> Question:
    return Question.model_validate(
        {"id": name, "question": text, "lang": lang, "answerable": False}
    )


def test_danish_letters_are_typed_as_people_without_them_do() -> None:
    assert ascii_typed(asked("Får Ærø så søm?")).question == "Faar Aeroe saa soem?"


def test_an_english_question_is_left_as_it_is() -> None:
    assert ascii_typed(asked("Who is Søren?", "en")).question == "Who is Søren?"


def test_as_many_words_as_asked_for_are_misspelt() -> None:
    meant = "Hvornår indkalder koordinationsgruppen leverandørerne til møder"
    typed = with_typos(asked(meant), 2, seed=3).question
    changed = [one for one, other in zip(meant.split(), typed.split(), strict=True) if one != other]
    assert len(changed) == 2


def test_mistakes_stay_the_same_for_a_seed_and_differ_between_seeds() -> None:
    meant = asked("Hvornår indkalder koordinationsgruppen leverandørerne")
    assert with_typos(meant, 2, seed=1) == with_typos(meant, 2, seed=1)
    assert len({with_typos(meant, 2, seed=seed).question for seed in range(5)}) > 1


@given(st.text(max_size=200), st.integers(0, 5), st.integers())
def test_any_text_can_be_misspelt_and_little_of_it_changes(
    text: str, count: int, seed: int
) -> None:
    typed = with_typos(asked(text), count, seed).question
    assert abs(len(typed) - len(text)) <= count
    assert typed[:1] == text[:1]

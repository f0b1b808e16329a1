import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.danish import grams, spelling, words
from index.retrieval.nearness import Asked, Nearness
from index.retrieval.words.word_order import Spoken, WordOrder

FILLER = " ".join(["fyld"] * 40)
TEXTS = [
    f"Styregruppen {FILLER} godkender {FILLER} budgettet",
    f"{FILLER} styregruppen godkender budgettet {FILLER}",
    f"{FILLER} styregruppens godkendelse {FILLER}",
    FILLER,
    "",
]


def order_of(texts: list[str]) -> tuple[WordOrder, dict[str, int]]:
    known = dict.fromkeys(gram for text in texts for word in words(text) for gram in grams(word))
    rows = {gram: row for row, gram in enumerate(known)}
    spoken = Spoken()
    for text in texts:
        spoken.words(text)
    return spoken.order(rows), rows


def nearness(texts: list[str], question: str) -> list[float]:
    order, rows = order_of(texts)
    asked = [
        Asked(tuple(rows[g] for g in {*grams(word)} if g in rows), len({*grams(word)}), 1.0)
        for word in words(question)
    ]
    return Nearness(order).of(asked, np.arange(len(texts))).tolist()


def test_words_that_stand_together_are_nearer_than_the_same_words_apart() -> None:
    apart, together, inflected, neither, empty = nearness(TEXTS, "styregruppen godkender budgettet")
    assert together == pytest.approx(1.0)
    assert apart == pytest.approx(1 / 3)
    assert 1 / 3 < inflected < 2 / 3
    assert (neither, empty) == (0.0, 0.0)


@given(st.lists(st.floats(0, 100, width=32), min_size=3, max_size=3))
@example([1e-45, 1e-45, 0.0])  # no smaller weights can be told from none
@example([0.0, 0.0, 0.0])
def test_any_weights_share_a_question_out(weights: list[float]) -> None:
    order, rows = order_of(TEXTS)
    asked = [
        Asked(tuple(rows[g] for g in {*grams(word)} if g in rows), len({*grams(word)}), weight)
        for word, weight in zip(("styregruppen", "godkender", "budgettet"), weights, strict=True)
    ]
    near = Nearness(order).of(asked, np.arange(len(TEXTS)))
    assert np.isfinite(near).all()
    assert ((near >= 0) & (near <= 1.0001)).all()


def test_a_stretch_ends_with_its_passage() -> None:
    first, second = nearness(["budgettet er", "styregruppen godkender"], "budgettet styregruppen")
    assert (first, second) == (0.5, 0.5)


def test_a_misspelt_word_and_a_compound_count_in_part() -> None:
    (share,) = nearness(["styregruppemøde om budgettet"], "styregruppen budgetet")
    assert 0.6 < share < 1.0


@given(st.lists(st.text(max_size=80), min_size=1, max_size=6), st.text(max_size=60))
def test_nearness_is_the_share_of_the_best_stretch(texts: list[str], question: str) -> None:
    asked = [{*grams(word)} for word in words(question)][:32]
    for text, near in zip(texts, nearness(texts, question), strict=True):
        said = [[_shared(one, word) for one in asked] for word in words(text)]
        stretches = [said[at : at + 12] for at in range(0, len(said), 4)]
        shares = (sum(map(max, zip(*stretch, strict=True))) for stretch in stretches)
        assert near == pytest.approx(max(shares, default=0.0) / max(1, len(asked)), abs=1e-5)


def test_letters_that_no_text_has_are_not_looked_for() -> None:
    order, rows = order_of(TEXTS)
    asked = Asked((len(rows) + 7,), 1, 1.0)
    assert Nearness(order).of([asked], np.arange(len(TEXTS))).tolist() == [0.0] * len(TEXTS)


def _shared(asked: set[str], word: str) -> float:
    share = len(asked & {*grams(word)}) / len(asked)
    return share if share >= 0.5 else 0.0


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("ctenophore", "ktenofore"),
        ("telephone", "telefone"),
        ("oekologi", "okologi"),
        ("theori", "teori"),
        ("process", "prosess"),
        ("2024", "2024"),
    ],
)
def test_spellings_of_one_sound_share_their_letters(written: str, otherwise: str) -> None:
    assert spelling(written) == spelling(otherwise)


def test_what_is_written_can_be_read_back(tmp_path) -> None:  # type: ignore[no-untyped-def]
    order, rows = order_of(TEXTS)
    order.save(tmp_path)
    held = {*grams("budgettet")}
    asked = [Asked(tuple(rows[gram] for gram in held), len(held), 1.0)]
    at = np.arange(len(TEXTS))
    again = Nearness(WordOrder.load(tmp_path)).of(asked, at)
    assert again.tolist() == Nearness(order).of(asked, at).tolist()

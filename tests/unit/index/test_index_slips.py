import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.danish import fold
from index.retrieval.words.slips import cost, one_letter_each

WORDS = st.text("abdegiklmnoprstuvyæøå", min_size=6, max_size=20)


def slipped(written: str, meant: str, slips: int = 1) -> float | None:
    return cost(one_letter_each(fold(written)), one_letter_each(fold(meant)), slips)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("styregrppe", "styregruppe"),  # missing
        ("styregruppee", "styregruppe"),  # doubled
        ("styregrupe", "styregruppe"),  # one of two
        ("sytregruppe", "styregruppe"),  # swapped
        ("styrwgruppe", "styregruppe"),  # the key beside it
        ("styrergruppe", "styregruppe"),  # one too many
        ("hvorånr", "hvornår"),  # å swapped, which is one letter
        ("hvornaaar", "hvornår"),
        ("laverandør", "leverandør"),  # by ear
        ("okonomi", "økonomi"),  # without the Danish letters
        ("skarm", "skærm"),
        ("ydstyr", "udstyr"),  # beside on the keyboard
    ],
)
def test_one_slip_is_seen(written: str, meant: str) -> None:
    assert slipped(written, meant) is not None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("spillet", "stillet"),
        ("britiske", "kritiske"),
        ("sydlige", "synlige"),
        ("bøden", "bolden"),
        ("teatret", "teknikken"),
    ],
)
def test_a_good_word_is_not_taken_for_another(written: str, meant: str) -> None:
    assert slipped(written, meant) is None


def test_the_likelier_slip_costs_less() -> None:
    swapped, missing = slipped("kommnue", "kommune"), slipped("kommue", "kommune")
    extra, exchanged = slipped("kommuner", "kommune"), slipped("kommine", "kommune")
    assert swapped is not None
    assert missing is not None
    assert extra is not None
    assert exchanged is not None
    assert 0 < swapped < missing < extra < exchanged


def test_a_short_word_has_only_the_commonest_slips() -> None:
    assert slipped("havd", "hvad") is not None
    assert slipped("plsn", "plan") is None
    assert slipped("plsnlagt", "planlagt") is not None


@given(WORDS, st.data())
def test_any_letter_left_out_doubled_or_swapped_is_one_slip(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    for written in (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ):
        found = cost(written, word, 1)
        assert found is not None
        assert found <= 1.1


@given(WORDS, WORDS)
def test_no_slips_make_no_other_word(one: str, other: str) -> None:
    assert (cost(one, other, 0) == 0) == (one == other)

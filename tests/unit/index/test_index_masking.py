import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.masking import MASK, mask


@pytest.mark.parametrize(
    "number",
    [
        "010190-1234",
        "311299-0000",
        "0101901234",
        "010190 1234",
        "010190–1234",
        "010190 - 1234",
        "610190-1234",  # a replacement number: 60 added to the day
        "6101901234",
        "999999-9999",  # with a hyphen the form alone gives it away
    ],
)
def test_a_cpr_number_is_masked(number: str) -> None:
    assert mask(f"Borgeren ({number}) klager.") == f"Borgeren ({MASK}) klager."


@pytest.mark.parametrize(
    "text",
    [
        "Sag 9912311234",  # no date: month 12 of day 99
        "tlf. 12 34 56 78",
        "2026-03-02T09:30",
        "20260302-12345",
        "123e4567-e89b-12d3-a456-426614174000",
        "kontonummer 1234-0101901234567",
        "010190-12345",
        "1010190-1234",
        "010190\n1234",
    ],
)
def test_other_numbers_stand(text: str) -> None:
    assert mask(text) == text


@given(st.text())
def test_lines_are_never_joined_or_added(text: str) -> None:
    assert mask(text).count("\n") == text.count("\n")


@given(st.text(alphabet="0123456789- \n", max_size=60))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)

"""Text as it may be kept, whatever was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.answers.journal.masked import LONGEST, LONGEST_ANSWER, masked, masked_line

ANY = st.text(st.characters(codec=None), max_size=200)
PRIVATE = (
    "010190-1234",
    "ida@example.org",
    "+45 12 34 56 78",
    "tlf. 12345678",
    "ghp_" + "a" * 30,
    "password: hunter2hunter2",
)


@given(ANY, st.integers(0, 300))
def test_every_text_can_be_stored_and_has_an_end(text: str, times: int):
    for kept, longest in (
        (masked_line(text * times), LONGEST),
        (masked(text * times), LONGEST_ANSWER),
    ):
        assert len(kept) <= longest
        assert b"\0" not in kept.encode("utf-8")


@given(ANY)
def test_a_line_stays_one(text: str):
    assert masked_line(text).splitlines() in ([], [masked_line(text)])


@pytest.mark.parametrize("private", PRIVATE)
@pytest.mark.parametrize("frame", ["{}", "Skriv til {} nu", "<b>{}</b>", "🌳 {}, tak.\n"])
def test_what_identifies_people_is_gone_wherever_it_stands(private: str, frame: str):
    text = frame.format(private)
    assert private not in masked_line(text)
    assert private not in masked(text)


def test_no_half_of_a_number_is_left_where_a_text_is_cut():
    text = "x" * (LONGEST - 6) + " 010190-1234"
    assert "0101" not in masked_line(text)


def test_a_number_hidden_by_what_is_not_seen_is_found():
    assert "1234" not in masked_line("0101\u200b90-\u20601234")

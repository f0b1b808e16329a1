"""Questions are cleaned, and declined for a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.answers.question import LONGEST, clean, reason_to_decline, said_instead


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Hvem\n\tejer  det? ", "Hvem ejer det?"),
        ("Hvem\x00 ejer\x1b[31m det?", "Hvem ejer[31m det?"),
        ("\u202eHvem\u202c ejer\u200b det\ufeff?", "Hvem ejer det?"),
        ("Hvem \ud800ejer det?", "Hvem ejer det?"),
        ("a\u030arhus", "århus"),
        ("🌳 æøå ÆØÅ", "🌳 æøå ÆØÅ"),
        ("<b>Hvem</b>", "<b>Hvem</b>"),
    ],
)
def test_a_question_is_one_line_of_characters_that_show(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(alphabet=st.characters()) | st.text(alphabet="\x00\u202e \n\ud800aå"))
def test_cleaning_always_gives_text_that_can_be_sent_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Hvem ejer produktet?", None),
        ("PR?", None),
        ("Hej", "unclear"),
        ("Tak for hjælpen!", "unclear"),
        ("Hvem er du?", "unclear"),
        ("Hvem er formand?", None),
        ("Hej, hvem ejer produktet?", None),
        ("Hvad betyder Ω i måleren?", None),
        ("", "unclear"),
        ("?", "unclear"),
        ("🍕🍕", "unclear"),
        ("42", "unclear"),
        ("a" * 30, "unclear"),
        ("ord " * LONGEST, "unclear"),
        ("Кто утверждает?", "language"),
        ("谁批准发布?", "language"),
        ("010190-1234", "private-topic"),
        ("ord " * LONGEST + "010190-1234", "private-topic"),
    ],
)
def test_what_is_not_looked_up_is_declined_for_a_reason(text: str, reason: str | None) -> None:
    assert reason_to_decline(clean(text)) == reason


def test_a_greeting_is_told_what_it_speaks_to_and_a_story_what_to_do_about_it() -> None:
    assert "os2kb" in said_instead("unclear", "Hej!").da
    assert "én sætning" in said_instead("unclear", "🍕").da


def test_a_flaw_is_told_another_way_than_a_number() -> None:
    assert "SECURITY" in said_instead("private-topic", "Der er en SQL-injection i søgefeltet").en
    assert "CPR" in said_instead("private-topic", "010190-1234").en

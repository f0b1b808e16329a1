"""Sources that disagree are cited side by side, and said to disagree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Language, Status
from os2kb.answers.conflicts import disagreements
from os2kb.answers.draft import Claim, Draft
from os2kb.answers.quotes import Quote
from os2kb.answers.written.render import answer_text
from tests.unit.answers.passages import passage


def claims(
    one: str, other: str, *, lang: Language = "da", status: Status = "current", path: str = "b.md"
) -> tuple[Claim, Claim]:
    """Two quotes, the second of a document with this status."""
    first = passage(one, name="a", path="a.md", lang=lang)
    second = passage(other, name="b", path=path, lang=lang, status=status)
    return Claim((Quote(first, 0, len(one)),)), Claim((Quote(second, 0, len(other)),))


DISAGREE = [
    ("Hver pull request skal have to godkendelser.", "En pull request skal have én godkendelse."),
    ("Fristen for første svar er 2 timer.", "Fristen for første svar er fire timer."),
    ("Bidraget er 35.000 kr. om året.", "Bidraget er 30.000 kr. om året."),
    ("Koden må kopieres uden tilladelse.", "Koden må ikke kopieres uden tilladelse."),
]
AGREE = [
    ("Hver pull request skal have to godkendelser.", "En pull request skal have 2 godkendelser."),
    ("Styregruppen mødes fire gange om året.", "Koordinationsgruppen mødes tolv gange om året."),
    ("Fristen for svar er to timer.", "Fristen for en plan er tre arbejdsdage."),
    ("Loggen gemmes i 30 dage.", "Sikkerhedskopien slettes efter 90 dage."),
    ("Koden må kopieres.", "Dokumenter må ikke kopieres uden for huset uden tilladelse."),
    ("Version 2.1 udkom i maj.", "Version 2.2 udkom i november."),
]


@pytest.mark.parametrize(("one", "other"), DISAGREE)
def test_another_number_or_a_not_in_the_same_sentence_is_a_disagreement(
    one: str, other: str
) -> None:
    assert len(disagreements(claims(one, other))) == 1


@pytest.mark.parametrize(("one", "other"), DISAGREE)
def test_a_sentence_disagrees_also_among_others(one: str, other: str) -> None:
    first, second = f"Sådan er reglen. {one}", f"{other} Den er fra i år."
    assert len(disagreements(claims(first, second))) == 1


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_sentences_about_different_things_do_not_disagree(one: str, other: str) -> None:
    assert disagreements(claims(one, other)) == ()


def test_what_does_not_apply_today_and_the_same_document_disagree_with_nothing() -> None:
    one, other = DISAGREE[0]
    for status in ("draft", "proposal", "superseded", "archived"):
        assert disagreements(claims(one, other, status=status)) == ()
    assert disagreements(claims(one, other, path="a.md")) == ()


def test_an_answer_says_that_its_sources_disagree_and_when_each_was_written() -> None:
    text, _, conflicts = answer_text(Draft(claims(*DISAGREE[0]), "extractive"), "da")
    assert conflicts == ((1, 2),)
    assert text.startswith("Kilderne er uenige.")
    assert "to godkendelser. [1]" in text
    assert "én godkendelse. [2]" in text


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    if one and other:
        assert len(disagreements(claims(one, other))) in (0, 1)

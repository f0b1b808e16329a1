"""A question with its answer as a page: the answer can be quoted, the question only found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Parsed, Source
from index.reading.decoding import decode
from index.reading.documents import passages
from os2kb.knowledge.sources.question_page import (
    Question,
    looks_like_a_vulnerability,
    question_page,
)

SOURCE = Source(
    "faq", "", kind="faq", url="https://example.org/issues/{stem}#{anchor}", anchors="kramdown"
)


def read(question: Question) -> list[Parsed]:
    return passages(decode(question_page(question)), "42.md", SOURCE)


def test_the_answer_is_the_text_and_the_question_the_title():
    (found,) = read(
        Question(
            "Hvordan nulstiller jeg en skærm?",
            "Den viser et gråt billede og svarer ikke.",
            ("Hold knappen nede i ti sekunder.",),
            anchor="issuecomment-7",
            date="2026-03-01",
        )
    )
    passage = found.passage
    assert passage.title == "Hvordan nulstiller jeg en skærm?"
    assert "ti sekunder" in passage.text
    assert "gråt billede" not in passage.text, "what somebody asked is never quoted"
    assert "gråt billede" in found.asked
    assert passage.url == "https://example.org/issues/42#issuecomment-7"
    assert (passage.kind, passage.date) == ("faq", "2026-03-01")


def test_the_headings_of_an_answer_do_not_tear_it_apart():
    answer = (
        "## Kort\n\nTryk på knappen.\n\nLangt\n=====\n\nHold den nede.\n\n```\n# ikke en\n```\n"
    )
    (found,) = read(Question("Hvordan?", "", (answer,)))
    assert "**Kort**" in found.passage.text
    assert "Hold den nede." in found.passage.text
    assert "# ikke en" in found.passage.text


def test_personal_numbers_and_secrets_stand_nowhere_on_the_page():
    page = question_page(
        Question("Sag 010190-1234", "fra 020290-1234", ("030390-1234, password: Kode1234",))
    )
    assert b"1234" not in page


def test_a_title_cannot_write_front_matter_or_an_anchor_of_its_own():
    (found,) = read(Question("x\n---\nkind: decision {#ond} '\"", "", ("Svaret er ja.",), "a1"))
    assert found.passage.kind == "faq"
    assert found.passage.anchor == "a1"


def test_comments_hidden_from_readers_are_left_out():
    (found,) = read(Question("Q?", "<!-- skabelon -->", ("<!-- os2kb:status --> Ja, det kan du.",)))
    assert "os2kb" not in found.passage.text
    assert "skabelon" not in found.asked


def test_a_report_of_a_vulnerability_is_recognised_in_any_of_the_texts():
    assert looks_like_a_vulnerability("Hjælp", ["", "Jeg har fundet et sikkerhedshul i login"])
    assert not looks_like_a_vulnerability("Hvordan logger jeg ind?", ["Med MitID."])


@given(st.text(max_size=400), st.text(max_size=400), st.text(min_size=1, max_size=800))
def test_any_text_makes_a_page_that_can_be_read(title: str, body: str, answer: str):
    read(Question(title, body, (answer,), "c1", "2026-01-01"))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("line", ["# " + "#" * 65_000 + "x", "#" + " #" * 30_000 + "x"])
def test_a_line_of_marks_is_read_in_little_time(line: str):
    assert b"x**" in question_page(Question("Titel", "", (line,)))

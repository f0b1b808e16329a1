"""What a form asked and what was answered, read from the Markdown that GitHub writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.reading.form_answers import Answer, answer_to, answers


def test_a_form_is_read_as_questions_and_answers() -> None:
    body = "### Kommune\n\nAarhus\n\n### Beskrivelse\n\nFørste linje\n\n```\n# kode\n```"
    assert answers(body) == (
        Answer("Kommune", "Aarhus"),
        Answer("Beskrivelse", "Første linje\n\n```\n# kode\n```"),
    )


@pytest.mark.parametrize(
    "written",
    [
        "_No response_",
        "*No response*",
        "_Intet svar_",
        "Intet svar.",
        "",
        " \n\t\n",
        "<!-- Skriv din kommune her -->",
        "<!-- Skriv din kommune her",
        "- [ ] Jeg har læst vilkårene\n- [ ] Jeg accepterer",
    ],
)
def test_what_the_form_wrote_itself_is_no_answer(written: str) -> None:
    assert answer_to("Kommune", answers(f"### Kommune\n\n{written}")) == ""


@pytest.mark.parametrize(
    "written", ["Aarhus", "n/a", "```shell\nls\n```", "- [x] Ja\n- [ ] Nej", "> citat", "![](a)"]
)
def test_what_a_person_wrote_is_an_answer(written: str) -> None:
    assert answer_to("Kommune", answers(f"### Kommune\n\n{written}\n\n### Andet\n\nx")) == written


@pytest.mark.parametrize(
    "heading",
    [
        "### Område",
        "### OMRÅDE:",
        "## 2. Område *",
        "### 🗺️ Område",
        "### Omra\N{COMBINING RING ABOVE}de",
        "### Omraade",
        "### Område (vælg ét)",
    ],
)
def test_a_question_is_known_however_it_is_dressed(heading: str) -> None:
    assert answer_to("Område", answers(f"{heading}\r\n\r\nKalender\r\n")) == "Kalender"


def test_a_question_that_was_not_asked_has_no_answer_at_all() -> None:
    body = "> ### Område\n\n- ### Område\n\n```\n### Område\n```\n\n### Områdeleder\n\nIda"
    assert answer_to("Område", answers(body)) is None


def test_headings_inside_an_answer_belong_to_it() -> None:
    found = answers("### Beskrivelse\n\n#### Baggrund\n\nTekst\n---\n\n### Andet\n\nx")
    assert answer_to("Beskrivelse", found) == "#### Baggrund\n\nTekst\n---"
    assert answer_to("Baggrund", found) == "Tekst\n---"


def test_a_question_asked_twice_is_answered_where_either_is() -> None:
    assert answer_to("Område", answers("### Område\n\n### Område\n\nKalender")) == "Kalender"


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_any_text_can_be_read(body: str) -> None:
    for answer in answers(body):
        assert answer_to(answer.question, answers(body)) is not None

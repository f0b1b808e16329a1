"""Front-matter `questions:` say in other words what a document answers."""

import pytest

from index.passages import Source
from index.reading.asked import Asked, asked_in
from index.reading.documents import parse, passages
from index.store import read_passages, write_passages

SOURCE = Source(name="os2", location="")


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        (["Hvem betaler?", "Who pays?"], (Asked("Hvem betaler?"), Asked("Who pays?"))),
        ("Hvem betaler?", (Asked("Hvem betaler?"),)),
        ([{"question": "Hvem betaler?", "lang": "da"}], (Asked("Hvem betaler?", "da"),)),
        ([{"question": "Who pays?", "lang": "EN"}], (Asked("Who pays?", "en"),)),
        (["  Hvem\n betaler? ", "Hvem betaler?"], (Asked("Hvem betaler?"),)),
        ([{"question": "Wer zahlt?", "lang": "de"}], (Asked("Wer zahlt?"),)),
        ([None, 7, {}, [], "", {"lang": "da"}, "a" * 301], ()),
        (None, ()),
        ({"question": "Hvem betaler?"}, (Asked("Hvem betaler?"),)),
    ],
)
def test_questions_are_texts_or_maps_and_all_else_is_left_out(
    stated: object, asked: tuple[Asked, ...]
) -> None:
    assert asked_in({"questions": stated}) == asked


def test_a_document_has_at_most_fifty() -> None:
    assert len(asked_in({"questions": [f"Spørgsmål {number}?" for number in range(99)]})) == 50


def test_the_questions_stand_beside_each_passage_and_never_in_its_text() -> None:
    text = "---\nquestions:\n- Hvad koster det?\n- Who pays?\n---\n# Økonomi\n\nKommunerne deler.\n"
    (only,) = passages(text, "a.md", SOURCE)
    assert only.asked == "Hvad koster det?\nWho pays?"
    assert "koster" not in only.passage.text + only.plain + only.context + only.headings


def test_a_personal_number_in_a_question_is_masked() -> None:
    (asked,) = parse("---\nquestions: [Hvem er 010190-1234?]\n---\n# A\n", "a.md", SOURCE).asked
    assert "1234" not in asked.text


def test_a_version_keeps_them(tmp_path) -> None:
    made = passages("---\nquestions: [Hvem?]\n---\n# A\n\nIda gør det.\n", "a.md", SOURCE)
    write_passages(tmp_path / "passages", made)
    assert read_passages(tmp_path / "passages") == tuple(made)

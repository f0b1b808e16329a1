"""An answer of a person becomes knowledge, and leaves again when git has it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from index.versions import Versions
from os2kb.knowledge.faq.answering import LONGEST_ANSWER, BadAnswer, answer, close, mark_of
from os2kb.knowledge.refresh.run import refresh
from os2kb.knowledge.refresh.work import KEY
from os2kb.settings import Settings
from os2kb.store import wakes
from os2kb.store.asked import faq, questions
from os2kb.store.asked.forget import forget_old
from os2kb.store.database import open_database, upgrade

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
QUESTION = "Hvem betaler for driften af infoskærmene?"
ANSWER = "Hver kommune betaler selv for *driften*. Regningen kommer i januar."
PRODUCTS = "products: {os2display: {sources: [{name: docs, path: docs}]}}"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/moede.md").write_text("# Møder\n\nKoordinationsgruppen mødes hver måned.\n")
    (tmp_path / "products.yml").write_text(PRODUCTS)
    return Settings(_env_file=None, data_dir=tmp_path / "data", products=tmp_path / "products.yml")


@pytest.fixture
def store(settings: Settings) -> Engine:
    engine = open_database(settings.store_url)
    upgrade(engine)
    return engine


def put(store: Engine, text: str = QUESTION, product: str | None = "os2display") -> int:
    with store.begin() as connection:
        questions.put(connection, text, product, "da", AT)
    return questions.newest(store)[0].id


def found(settings: Settings, text: str = QUESTION) -> list[tuple[str, str, str]]:
    """Source, kind and text of the best hit, where it is about the matter."""
    refresh(settings, lambda: AT)
    index = Versions(settings.index_dir).current()
    assert index is not None
    hits = index.search(text, product="os2display").hits
    return [
        (one.passage.source, one.passage.kind, one.passage.text)
        for one in hits
        if "betaler" in one.passage.text
    ]


def test_an_answer_is_found_as_public_knowledge_after_the_next_build(
    settings: Settings, store: Engine
):
    assert found(settings) == []
    number = put(store)
    answer(store, number, f"  {ANSWER}\r\n", "@ida", AT)
    assert wakes.moment_of(store, KEY) == AT
    ((source, kind, text),) = found(settings)
    assert (source, kind) == ("faq:os2display", "faq")
    assert ANSWER in text
    assert questions.newest(store) == []
    assert [one.state for one in questions.newest(store, settled=True)] == ["answered"]


def test_a_later_answer_takes_the_place_of_the_earlier(settings: Settings, store: Engine):
    number = put(store)
    answer(store, number, "Staten betaler.", "@bo", AT)
    answer(store, number, ANSWER, "@ida", AT)
    ((_, _, text),) = found(settings)
    assert "Staten" not in text


def test_of_two_who_answer_at_once_the_second_is_told_and_overwrites_nothing(store: Engine):
    number = put(store)
    answer(store, number, ANSWER, "@ida", AT, seen="")
    with pytest.raises(BadAnswer, match="answered meanwhile"):
        answer(store, number, "Staten betaler.", "@bo", AT, seen="")
    (kept,) = faq.every(store)
    assert (kept.answer, kept.by) == (ANSWER, "@ida")
    answer(store, number, "Staten betaler.", "@bo", AT, seen=mark_of(kept))
    assert [one.by for one in faq.every(store)] == ["@bo"]


def test_a_question_that_was_closed_is_answered_once_it_has_an_answer(store: Engine):
    number = put(store)
    assert close(store, [number], "@bo", AT) == 1
    answer(store, number, ANSWER, "@ida", AT)
    assert [one.state for one in questions.newest(store, settled=True)] == ["answered"]
    assert close(store, [number], "@bo", AT) == 0


def test_one_answer_settles_the_questions_that_ask_the_same(store: Engine):
    first, second = put(store), put(store, "Hvem skal betale driften af infoskærmene")
    third = put(store, "Hvornår mødes styregruppen?")
    answer(store, first, ANSWER, "@ida", AT, also=[second])
    assert [one.id for one in questions.newest(store)] == [third]


def test_an_answer_that_git_has_is_dropped_here_and_found_once(settings: Settings, store: Engine):
    number = put(store)
    answer(store, number, ANSWER, "@ida", AT)
    assert len(found(settings)) == 1
    docs = settings.data_dir.parent / "docs"
    (docs / "faq.md").write_text(f"# Spørgsmål og svar\n\n## {QUESTION}\n\n{ANSWER} Se aftalen.\n")
    ((source, _, text),) = found(settings)
    assert source == "docs"
    assert "Se aftalen" in text
    assert faq.every(store) == []


def test_the_same_heading_in_another_product_drops_nothing(settings: Settings, store: Engine):
    number = put(store, product=None)
    answer(store, number, ANSWER, "@ida", AT)
    docs = settings.data_dir.parent / "docs"
    (docs / "faq.md").write_text(f"# {QUESTION}\n\nDet gør vi.\n")
    found(settings)
    assert [one.id for one in faq.every(store)] == [number]


def test_knowledge_is_not_forgotten_for_its_age(store: Engine):
    number = put(store)
    answer(store, number, ANSWER, "@ida", AT)
    forget_old(store, datetime(2030, 1, 1, tzinfo=UTC))
    assert questions.newest(store, settled=True) == []
    assert [one.id for one in faq.every(store)] == [number]


@pytest.mark.parametrize(
    "question",
    [
        "# Hvem?\n---\nstatus: archived\n---",
        "<script>alert(1)</script> Hvem?",
        "[a](javascript:b)?",
    ],
)
def test_what_a_question_says_is_text_in_its_document(
    settings: Settings, store: Engine, question: str
):
    number = put(store, question)
    answer(store, number, ANSWER, "@ida", AT)
    ((_, _, text),) = found(settings, "Hvem betaler for driften?")
    assert ANSWER in text
    index = Versions(settings.index_dir).current()
    assert index is not None
    (passage,) = [one for one in index.passages if one.source == "faq:os2display"]
    assert passage.status == "current"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write an answer"),
        (" \n\t🌳", "Write an answer"),
        ("a" * (LONGEST_ANSWER + 1), "at most"),
        ("Ring til Hans, cpr 010190-1234.", "becomes public"),
        ("Skriv til hans.hansen@gmail.com.", "becomes public"),
    ],
)
def test_what_is_no_answer_for_all_to_read_is_refused_and_changes_nothing(
    store: Engine, text: str, said: str
):
    number = put(store)
    with pytest.raises(BadAnswer, match=said):
        answer(store, number, text, "@ida", AT)
    assert faq.every(store) == []
    assert len(questions.newest(store)) == 1


def test_a_question_that_there_is_not_cannot_be_answered(store: Engine):
    with pytest.raises(BadAnswer, match="no such question"):
        answer(store, 7, ANSWER, "@ida", AT)

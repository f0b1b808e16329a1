"""What is forgotten of questions and answers, and what stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.store.asked import answers, cached_answers, forget, questions
from os2kb.store.asked.answers import Asked, Place, Vote
from os2kb.store.asked.forget import find, forget_old
from os2kb.store.database import open_database, upgrade

NOW = datetime(2026, 6, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    return engine


def asked(name: str, question: str = "Hvem?", place: Place = "api", at: datetime = NOW) -> Asked:
    return Asked(
        id=name,
        place=place,
        question=question,
        text="Styregruppen. [1]",
        abstained=False,
        reason="",
        citations=[{"path": "a.md", "lines": [1, 2], "url": "", "quote": "Styregruppen."}],
        composer="extractive",
        lang="da",
        product=None,
        visibility="public",
        version="v1",
        asked=1,
        first_at=at,
        last_at=at,
    )


def keep(store: Engine, *given: Asked) -> None:
    with store.begin() as connection:
        answers.write_down(connection, given)
        for one in given:
            answers.vote(connection, Vote(one.id, True, "", one.last_at))
            body = {"text": one.text}
            cached_answers.keep(connection, f"key-{one.id}", one.id, body, one.last_at)


def kept(store: Engine) -> set[str]:
    return {one.answer.id for one in answers.every(store)}


def test_what_is_asked_again_is_kept_from_then_on(store: Engine):
    keep(store, asked("old", at=NOW - 9 * DAY), asked("again", at=NOW - 9 * DAY))
    keep(store, asked("again", at=NOW - DAY))
    forget_old(store, NOW - 7 * DAY)
    (left,) = answers.every(store)
    assert (left.answer.id, left.answer.asked, left.answer.first_at) == ("again", 2, NOW - 9 * DAY)
    assert {vote.answer for vote in answers.votes(store)} == {"again"}
    assert cached_answers.read(store, "key-old") is None


@pytest.mark.parametrize("text", ["BØRNEHAVE", "børnehave", "Rnehav"])
def test_a_text_is_found_in_any_letter_case_wherever_people_wrote(store: Engine, text: str):
    keep(store, asked("a", "Hvad med Børnehaven?"), asked("b"))
    with store.begin() as connection:
        answers.vote(connection, Vote("b", False, "Ikke om børnehaver", NOW))
        questions.put(connection, "Er børnehaver med?", None, "da", NOW)
    found = find(store, matching=text)
    assert found.answers == [("a", "api")]
    assert len(found.feedback) == 2  # the vote on that answer, and the comment on another
    assert len(found.questions) == 1
    assert found.cached == [("key-a",)]


def test_an_answer_that_stays_in_another_place_keeps_its_votes(store: Engine):
    keep(store, asked("a", place="api"))
    with store.begin() as connection:
        answers.write_down(connection, [asked("a", place="cli", at=NOW - 9 * DAY)])
    found = find(store, before=NOW - DAY)
    assert (found.answers, found.feedback, found.cached) == ([("a", "cli")], [], [])


def test_without_a_choice_everything_is_meant(store: Engine):
    keep(store, asked("a"), asked("b"))
    forget.forget(store, find(store))
    assert not find(store)
    assert kept(store) == set()


def test_more_than_can_be_kept_goes_oldest_first(store: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forget, "MOST", 3)
    monkeypatch.setattr(forget, "AT_ONCE", 2)
    keep(store, *(asked(str(number), at=NOW + number * DAY) for number in range(8)))
    forget_old(store, NOW)
    assert kept(store) == {"5", "6", "7"}


def test_an_internal_answer_can_be_voted_on_by_nobody(store: Engine):
    internal = replace(asked("internal"), visibility="internal")
    with store.begin() as connection:
        answers.write_down(connection, [internal])
        assert answers.vote(connection, Vote("internal", True, "", NOW)) is None
    assert answers.voted_on(store) == []

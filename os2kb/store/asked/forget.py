"""Forgetting: what is kept of questions and answers is deleted, by age, by a text, or all of it.

Deleted a few hundred rows at a time, so that a delivery never waits long for the database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Engine, Select, Table, delete, select, tuple_

from os2kb.store.tables import answers, cached_answers, feedback, questions

AT_ONCE = 500
# Rows of each sort, some 3 KB each; beyond that the oldest go, whoever asks how much.
MOST = 100_000

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that are meant, each by its primary key.

    Attributes:
        answers: (id, place) each.
        cached: copies of answers, kept so that no language model is paid twice.
    """

    answers: Sequence[Row]
    feedback: Sequence[Row]
    questions: Sequence[Row]
    cached: Sequence[Row]

    def __bool__(self) -> bool:
        return any(astuple(self))


def find(engine: Engine, *, before: datetime | None = None, matching: str = "") -> Found:
    """What was last asked before a moment and holds a text; without either, everything.

    With an answer go the votes on it and its copy in the cache; with a vote whose comment holds
    the text, only the vote. Upper and lower case are the same, also in `æøå`, which databases
    do not agree on.
    """
    wanted = matching.casefold()

    def is_meant(moment: datetime, *texts: str) -> bool:
        return (before is None or moment < before) and (
            not wanted or any(wanted in text.casefold() for text in texts)
        )

    asked = answers.c
    given = [
        (row[:2], is_meant(*row[2:]))
        for row in _rows(engine, asked.id, asked.place, asked.last_at, asked.question, asked.text)
    ]
    staying = {key[0] for key, meant in given if not meant}
    gone = {key[0] for key, meant in given if meant} - staying
    votes = _rows(engine, feedback.c.id, feedback.c.answer, feedback.c.at, feedback.c.comment)
    put = _rows(engine, questions.c.id, questions.c.last_at, questions.c.text)
    copies = _rows(
        engine,
        cached_answers.c.key,
        cached_answers.c.answer,
        cached_answers.c.at,
        cached_answers.c.body,
    )
    return Found(
        answers=[key for key, meant in given if meant],
        feedback=[(row[0],) for row in votes if row[1] in gone or is_meant(*row[2:])],
        questions=[(row[0],) for row in put if is_meant(*row[1:])],
        cached=[
            (key,) for key, of, at, body in copies if of in gone or is_meant(at, str(body["text"]))
        ],
    )


def forget(engine: Engine, found: Found) -> None:
    """Delete the rows that were found."""
    _delete(engine, answers, found.answers)
    _delete(engine, feedback, found.feedback)
    _delete(engine, questions, found.questions)
    _delete(engine, cached_answers, found.cached)


def forget_old(engine: Engine, before: datetime) -> None:
    """Delete what was last asked before a moment, and all beyond the newest MOST of a sort."""
    moments = (answers.c.last_at, feedback.c.at, questions.c.last_at, cached_answers.c.at)
    for moment in moments:
        table = moment.table
        _delete_all(engine, table, moment < before)
        newest_first = select(*table.primary_key).order_by(moment.desc())
        _delete(engine, table, list(_read(engine, newest_first.offset(MOST))))
    _delete_all(engine, feedback, feedback.c.answer.not_in(select(answers.c.id)))


def _delete_all(engine: Engine, table: Any, condition: ColumnElement[bool]) -> None:
    some = select(*table.primary_key).where(condition).limit(AT_ONCE)
    while keys := list(_read(engine, some)):
        _delete(engine, table, keys)


def _rows(engine: Engine, *columns: Column[Any]) -> Iterator[Row]:
    return _read(engine, select(*columns))


def _read(engine: Engine, statement: Select[Any]) -> Iterator[Row]:
    with engine.connect() as connection:
        for row in connection.execute(statement.execution_options(yield_per=AT_ONCE)):
            yield tuple(row)


def _delete(engine: Engine, table: Table, keys: Sequence[Row]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        with engine.begin() as connection:
            connection.execute(delete(table).where(tuple_(*table.primary_key).in_(some)))

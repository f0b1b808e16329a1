"""The answer log: what was asked and answered, and what people thought of it.

Text arrives here masked. Nothing says who asked, from where, or when each time: a question that is
asked again counts up its row.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict

from sqlalchemy import Connection, Engine, Insert, Select, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from index.passages import Language
from os2kb.store.tables import answers, feedback

Place = Literal["api", "issue", "cli"]


class Cited(TypedDict):
    """A citation as the log keeps it."""

    path: str
    lines: list[int]
    url: str
    quote: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and how often it was given in one place since it was last written down."""

    id: str
    place: Place
    question: str
    text: str
    abstained: bool
    reason: str
    citations: list[Cited]
    composer: str
    lang: Language
    product: str | None
    visibility: str
    version: str
    asked: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer of the log with how many found it helpful and how many did not."""

    answer: Asked
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person thought of an answer."""

    answer: str
    helpful: bool
    comment: str
    at: datetime


_COLUMNS = [answers.c[name] for name in Asked.__slots__]
_AGAIN = ("question", "text", "abstained", "reason", "citations", "composer", "version", "last_at")


def _write_down(dialect: Any) -> Insert:
    insert = dialect.insert(answers)
    again = {name: insert.excluded[name] for name in _AGAIN}
    statement: Insert = insert.on_conflict_do_update(
        index_elements=["id", "place"],
        set_=again | {"asked": answers.c.asked + insert.excluded.asked},
    )
    return statement


_WRITE_DOWN = {"postgresql": _write_down(postgresql), "sqlite": _write_down(sqlite)}


def write_down(connection: Connection, given: Sequence[Asked]) -> None:
    """Keep answers; one that is there already is counted up and brought up to date."""
    # In one order, so that two replicas never wait for each other.
    ordered = sorted(given, key=lambda one: (one.id, one.place))
    rows = [{name: getattr(one, name) for name in Asked.__slots__} for one in ordered]
    connection.execute(_WRITE_DOWN[connection.dialect.name], rows)


def vote(connection: Connection, given: Vote, *, instead_of: int | None = None) -> int | None:
    """Keep a vote on an answer that was given over the API.

    Args:
        instead_of: the number of the same person's earlier vote on it.

    Returns:
        The vote's number; None where no such answer was given there.
    """
    known = select(answers.c.id).where(
        answers.c.id == given.answer, answers.c.place == "api", answers.c.visibility == "public"
    )
    if connection.execute(known).first() is None:
        return None
    values = {"helpful": given.helpful, "comment": given.comment, "at": given.at}
    same = (feedback.c.id == instead_of, feedback.c.answer == given.answer)
    if instead_of and connection.execute(update(feedback).where(*same).values(values)).rowcount:
        return instead_of
    inserted = connection.execute(feedback.insert().values(answer=given.answer, **values))
    assert inserted.inserted_primary_key is not None  # of one row there always is  # noqa: S101
    return int(inserted.inserted_primary_key[0])


def newest(
    engine: Engine,
    *,
    abstained: bool = False,
    unhelpful: bool = False,
    since: datetime | None = None,
    limit: int = 50,
) -> list[Judged]:
    """The answers last given, newest first.

    Args:
        abstained: only questions that got no answer.
        unhelpful: only answers that more people found unhelpful than helpful.
        since: given at that moment or later.
    """
    statement = _judged().order_by(answers.c.last_at.desc(), answers.c.id).limit(limit)
    if abstained:
        statement = statement.where(answers.c.abstained)
    if unhelpful:
        statement = statement.where(_VOTES.c.unhelpful > _VOTES.c.helpful)
    if since is not None:
        statement = statement.where(answers.c.last_at >= since)
    return list(_read(engine, statement))


def every(engine: Engine) -> Iterator[Judged]:
    """All answers, oldest first."""
    yield from _read(engine, _judged().order_by(answers.c.first_at, answers.c.id))


def voted_on(engine: Engine) -> list[Judged]:
    """Answers given in public that anybody voted on."""
    statement = _judged().where(answers.c.place == "api", _VOTES.c.answer.is_not(None))
    return list(_read(engine, statement.order_by(answers.c.id)))


def votes(engine: Engine) -> Iterator[Vote]:
    """All votes, oldest first."""
    statement = select(*(feedback.c[name] for name in Vote.__slots__)).order_by(feedback.c.id)
    with engine.connect() as connection:
        for row in connection.execute(statement.execution_options(yield_per=500)):
            yield Vote(*row)


def comments(engine: Engine, ids: Collection[str], most: int) -> dict[str, list[str]]:
    """What people wrote with their votes on some answers, newest first, so many of each."""
    statement = (
        select(feedback.c.answer, feedback.c.comment)
        .where(feedback.c.answer.in_(ids), feedback.c.comment != "")
        .order_by(feedback.c.id.desc())
    )
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for answer, comment in connection.execute(statement):
            said = found.setdefault(answer, [])
            if len(said) < most:
                said.append(comment)
    return found


_VOTES = (
    select(
        feedback.c.answer,
        func.sum(case((feedback.c.helpful, 1), else_=0)).label("helpful"),
        func.sum(case((feedback.c.helpful, 0), else_=1)).label("unhelpful"),
    )
    .group_by(feedback.c.answer)
    .subquery()
)


def _judged() -> Select[Any]:
    counts = (func.coalesce(_VOTES.c[name], 0) for name in ("helpful", "unhelpful"))
    joined = answers.outerjoin(_VOTES, _VOTES.c.answer == answers.c.id)
    return select(*_COLUMNS, *counts).select_from(joined)


def _read(engine: Engine, statement: Select[Any]) -> Iterator[Judged]:
    with engine.connect() as connection:
        for row in connection.execute(statement.execution_options(yield_per=500)):
            *columns, helpful, unhelpful = row
            yield Judged(Asked(*columns), int(helpful), int(unhelpful))

"""The coordinators' queue: questions that found no answer. Text arrives here masked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.dialects import postgresql, sqlite

from index.passages import Language
from os2kb.store.tables import questions

State = Literal["open", "answered", "closed", "issue"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was put to the coordinators, how often, and what became of it.

    Attributes:
        issue: the address of the issue that it was made.
    """

    id: int
    text: str
    product: str | None
    lang: Language
    asked: int
    first_at: datetime
    last_at: datetime
    state: State
    issue: str


_COLUMNS = [questions.c[name] for name in Question.__slots__]


def put(
    connection: Connection, text: str, product: str | None, lang: Language, at: datetime
) -> None:
    """Put a question in the queue; the same one in other letters is counted up."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    same = sha256(f"{product or ''}\n{text.casefold().rstrip(' ?.!')}".encode()).hexdigest()
    statement = dialect.insert(questions).values(
        key=same, text=text, product=product, lang=lang, asked=1, first_at=at, last_at=at
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"asked": questions.c.asked + 1, "last_at": statement.excluded.last_at},
        )
    )


def read(engine: Engine, number: int) -> Question | None:
    """A question by its number."""
    with engine.connect() as connection:
        row = connection.execute(select(*_COLUMNS).where(questions.c.id == number)).first()
    return Question(*row) if row else None


def close(engine: Engine, ids: Sequence[int]) -> int:
    """Take open questions out of the queue unanswered; returns how many there were."""
    with engine.begin() as connection:
        return settle_with(connection, ids, "closed")


def settle_with(
    connection: Connection,
    ids: Sequence[int],
    state: State,
    issue: str = "",
    among: Sequence[State] = ("open",),
) -> int:
    """As part of a transaction: questions of some states have become that; returns how many."""
    which = (questions.c.id.in_(ids), questions.c.state.in_(among))
    statement = update(questions).where(*which).values(state=state, issue=issue)
    return connection.execute(statement).rowcount


def reopen_with(connection: Connection, number: int) -> None:
    """As part of a transaction: an answered question waits for an answer again."""
    which = (questions.c.id == number, questions.c.state == "answered")
    connection.execute(update(questions).where(*which).values(state="open"))


def newest(
    engine: Engine,
    *,
    product: str | None = None,
    since: datetime | None = None,
    limit: int = 50,
    settled: bool = False,
) -> list[Question]:
    """The questions last put, newest first.

    Args:
        settled: also those that are open no more.
    """
    statement = select(*_COLUMNS).order_by(questions.c.last_at.desc(), questions.c.id.desc())
    if not settled:
        statement = statement.where(questions.c.state == "open")
    if product is not None:
        statement = statement.where(questions.c.product == product)
    if since is not None:
        statement = statement.where(questions.c.last_at >= since)
    with engine.connect() as connection:
        return [Question(*row) for row in connection.execute(statement.limit(limit))]


def every(engine: Engine) -> Iterator[Question]:
    """All questions, oldest first."""
    statement = select(*_COLUMNS).order_by(questions.c.id).execution_options(yield_per=500)
    with engine.connect() as connection:
        for row in connection.execute(statement):
            yield Question(*row)

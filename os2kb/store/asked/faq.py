"""Answers of people that are not in git yet: knowledge, so never forgotten for its age."""

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from index.passages import Language
from os2kb.store.tables import faq


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer.

    Attributes:
        id: of the question in the coordinators' queue.
        answer: Markdown.
        by: who answered.
        pull: the address of the pull request that offers it to git; empty for none.
    """

    id: int
    question: str
    answer: str
    product: str | None
    lang: Language
    by: str
    at: datetime
    pull: str = ""


_COLUMNS = [faq.c[name] for name in Answered.__slots__]


def keep_with(connection: Connection, one: Answered) -> None:
    """As part of a transaction: keep an answer, in the place of an earlier one to the question."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    values = dict(zip(Answered.__slots__, astuple(one), strict=True))
    statement = dialect.insert(faq).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def offered(engine: Engine, number: int, pull: str) -> None:
    """Remember the pull request that offers an answer to git."""
    with engine.begin() as connection:
        connection.execute(update(faq).where(faq.c.id == number).values(pull=pull))


def drop(engine: Engine, numbers: list[int]) -> None:
    """Forget answers here: they are in git now, or nobody wants them any more."""
    with engine.begin() as connection:
        connection.execute(delete(faq).where(faq.c.id.in_(numbers)))


def read(engine: Engine, number: int) -> Answered | None:
    """The answer to a question, while it is not in git."""
    return next((one for one in every(engine) if one.id == number), None)


def every(engine: Engine) -> list[Answered]:
    """All there are, oldest first."""
    with engine.connect() as connection:
        return [Answered(*row) for row in connection.execute(select(*_COLUMNS).order_by(faq.c.id))]

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


def keep_with(connection: Connection, one: Answered, instead_of: Answered | None) -> bool:
    """As part of a transaction: keep an answer.

    Args:
        instead_of: the answer whose place it takes; None for none.

    Returns:
        False where the question has another answer than that by now; nothing is kept then.
    """
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    values = dict(zip(Answered.__slots__, astuple(one), strict=True))
    if instead_of is None:
        statement = dialect.insert(faq).values(values).on_conflict_do_nothing()
    else:
        same = (faq.c.id == one.id, faq.c.answer == instead_of.answer, faq.c.at == instead_of.at)
        statement = update(faq).where(*same).values(values)
    return bool(connection.execute(statement).rowcount)


def offered(engine: Engine, number: int, pull: str) -> None:
    """Remember the pull request that offers an answer to git."""
    with engine.begin() as connection:
        connection.execute(update(faq).where(faq.c.id == number).values(pull=pull))


def drop(engine: Engine, numbers: list[int]) -> None:
    """Forget answers here: they are in git now, or nobody wants them any more."""
    with engine.begin() as connection:
        drop_with(connection, numbers)


def drop_with(connection: Connection, numbers: list[int]) -> None:
    """The same, as part of a transaction."""
    connection.execute(delete(faq).where(faq.c.id.in_(numbers)))


def read(engine: Engine, number: int) -> Answered | None:
    """The answer to a question, while it is not in git."""
    return next((one for one in every(engine) if one.id == number), None)


def every(engine: Engine) -> list[Answered]:
    """All there are, oldest first."""
    with engine.connect() as connection:
        return [Answered(*row) for row in connection.execute(select(*_COLUMNS).order_by(faq.c.id))]

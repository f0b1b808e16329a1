"""The issues we know of, by what they are compared by; their texts are not kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection, Engine, and_, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from index.alike import Alikeness, Hashes
from os2kb.store.tables import known_issues

_AT_ONCE = 100  # rows in a statement


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """An issue to compare others with.

    Attributes:
        repository: its id.
        title: without CPR numbers and secrets.
        lines: hashes of its lines.
    """

    repository: int
    number: int
    full_name: str
    private: bool
    title: str
    url: str
    created_at: datetime
    updated_at: datetime
    alikeness: Alikeness
    lines: Hashes

    @property
    def key(self) -> tuple[int, int]:
        """Its identity."""
        return self.repository, self.number


def every_known_issue(engine: Engine) -> list[KnownIssue]:
    """All of them."""
    with engine.connect() as connection:
        return [
            KnownIssue(
                **{name: row[name] for name in _PLAIN},
                alikeness=Alikeness.unpacked(row["alikeness"]),
                lines=np.frombuffer(row["lines"], np.uint32),
            )
            for row in connection.execute(select(known_issues)).mappings()
        ]


def keep_known_issues(
    engine: Engine, kept: Iterable[KnownIssue], left: Iterable[tuple[int, int]] = ()
) -> None:
    """Store issues as they are now, and forget those that are left out."""
    rows = [_row(issue) for issue in kept]
    gone = list(left)
    with engine.begin() as connection:
        for start in range(0, len(rows), _AT_ONCE):
            _put(connection, rows[start : start + _AT_ONCE])
        for start in range(0, len(gone), _AT_ONCE):
            table = known_issues.c
            same = [
                and_(table.repository == repository, table.number == number)
                for repository, number in gone[start : start + _AT_ONCE]
            ]
            connection.execute(delete(known_issues).where(or_(*same)))


def _put(connection: Connection, rows: list[dict[str, object]]) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(known_issues)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in _KEY}
    connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=changed), rows)


def _row(issue: KnownIssue) -> dict[str, object]:
    return {
        **{name: getattr(issue, name) for name in _PLAIN},
        "alikeness": issue.alikeness.packed(),
        "lines": issue.lines.tobytes(),
    }


_KEY = ["repository", "number"]
_PLAIN = (*_KEY, "full_name", "private", "title", "url", "created_at", "updated_at")

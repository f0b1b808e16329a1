"""What subjects are called, as far as our store knows it without being asked to keep it."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine, and_, func, or_, select

from os2kb.store.tables import deliveries, known_issues

_LARGEST_BODY = 256 * 1024
_MOST = 500


def known_titles(engine: Engine, subjects: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Repository and number to title, of issues that are kept to compare others with."""
    pairs = [
        and_(known_issues.c.repository == repository, known_issues.c.number == number)
        for repository, number in subjects
    ]
    if not pairs:
        return {}
    columns = (known_issues.c.repository, known_issues.c.number, known_issues.c.title)
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).where(or_(*pairs))).all()
    return {(int(repository), int(number)): str(title) for repository, number, title in rows}


def entitled(engine: Engine, words: str) -> list[tuple[int, int]]:
    """Repository and number of the issues whose title holds words, those changed last first."""
    columns = (known_issues.c.repository, known_issues.c.number)
    statement = (
        select(*columns)
        .where(known_issues.c.title.icontains(words, autoescape=True))
        .order_by(known_issues.c.updated_at.desc())
        .limit(_MOST)
    )
    with engine.connect() as connection:
        return [(int(row[0]), int(row[1])) for row in connection.execute(statement)]


def told_of(engine: Engine, delivery: int) -> tuple[str, str]:
    """Title and text of the issue or pull request that a delivery told of; empty for none."""
    statement = select(deliveries.c.body).where(
        deliveries.c.id == delivery, func.length(deliveries.c.body) < _LARGEST_BODY
    )
    with engine.connect() as connection:
        body = connection.execute(statement).scalar()
    try:
        payload: Any = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return "", ""
    for name in ("issue", "pull_request"):
        found = payload.get(name) if isinstance(payload, dict) else None
        if isinstance(found, dict):
            return str(found.get("title") or ""), str(found.get("body") or "")
    return "", ""

"""What waits for a person, as receipts tell: proposals, escalations, what to choose."""

from datetime import datetime

from sqlalchemy import Engine, func, select

from os2kb.governance.actions.decisions import PROPOSE, WITHDRAW
from os2kb.governance.decision_log.noted import LOGGED
from os2kb.store.tables import receipts

_MOST, _NEWEST = 200, 100_000


def waiting_proposals(engine: Engine) -> tuple[str, ...]:
    """The subjects whose proposal waits, the latest first."""
    last = (
        select(receipts.c.subject, func.max(receipts.c.id).label("id"))
        .where(receipts.c.action.in_((PROPOSE, WITHDRAW, LOGGED)), receipts.c.state == "applied")
        .group_by(receipts.c.subject)
        .subquery()
    )
    statement = (
        select(receipts.c.subject)
        .join(last, last.c.id == receipts.c.id)
        .where(receipts.c.action == PROPOSE)
        .order_by(receipts.c.id.desc())
        .limit(_MOST)
    )
    with engine.connect() as connection:
        return tuple(connection.execute(statement).scalars())


def lately(engine: Engine, action: str, since: datetime) -> tuple[str, ...]:
    """The subjects to which something was done, the latest first, among the newest receipts.

    Args:
        engine: the store.
        action: how its key begins.
        since: at that moment or later.
    """
    last = func.max(receipts.c.id)
    newest = select(func.coalesce(last, 0)).scalar_subquery()
    statement = (
        select(receipts.c.subject)
        .where(
            receipts.c.id > newest - _NEWEST,
            receipts.c.action.startswith(action, autoescape=True),
            receipts.c.state == "applied",
            receipts.c.at >= since,
        )
        .group_by(receipts.c.subject)
        .order_by(last.desc())
        .limit(_MOST)
    )
    with engine.connect() as connection:
        return tuple(connection.execute(statement).scalars())

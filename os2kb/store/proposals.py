"""Decisions that were proposed to a log and are neither in it nor withdrawn, as receipts tell."""

from sqlalchemy import Engine, func, select

from os2kb.governance.decision_log.actions import LOGGED
from os2kb.governance.decision_log.writes import PROPOSE, WITHDRAW
from os2kb.store.tables import receipts

_MOST = 200


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

"""The ledger: one receipt per action, planned before the write and settled after it."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, select, update

from os2kb.governance.plan import Action
from os2kb.governance.receipts import Receipt
from os2kb.store.tables import receipts

_COLUMNS = [receipts.c[name] for name in Receipt.__slots__]


def receipts_of(engine: Engine, subject: str) -> tuple[Receipt, ...]:
    """Every receipt of a subject's key, oldest first."""
    statement = select(*_COLUMNS).where(receipts.c.subject == subject).order_by(receipts.c.id)
    with engine.connect() as connection:
        return tuple(Receipt(*row) for row in connection.execute(statement))


def plan(engine: Engine, subject: str, action: Action, now: datetime, number: int) -> int:
    """Note that an action is about to be applied; returns the receipt's id.

    A receipt still planned for the same action and content is the trace of a write that was
    cut off; it is taken up again, so that one action never has two.

    Args:
        number: of the Plan the action belongs to; see `Receipt.plan`.
    """
    same = select(receipts.c.id).where(
        receipts.c.subject == subject,
        receipts.c.action == action.key,
        receipts.c.content == action.content,
        receipts.c.state == "planned",
    )
    with engine.begin() as connection:
        cut_off = connection.execute(same).scalar()
        if cut_off is not None:
            return int(cut_off)
        inserted = connection.execute(
            receipts.insert().values(
                subject=subject,
                action=action.key,
                state="planned",
                because=action.because,
                content=action.content,
                reference="",
                note="",
                at=now,
                plan=number,
            )
        ).inserted_primary_key
    assert inserted is not None  # an INSERT of one row always has a key  # noqa: S101
    return int(inserted[0])


def settle(
    engine: Engine,
    receipt: int,
    state: Literal["applied", "skipped", "undone"],
    *,
    reference: str = "",
    note: str = "",
) -> None:
    """Note the outcome of a planned action."""
    with engine.begin() as connection:
        connection.execute(
            update(receipts)
            .where(receipts.c.id == receipt)
            .values(state=state, reference=reference, note=note)
        )


def mark_undone(engine: Engine, subject: str, receipt: Receipt) -> None:
    """Note that what an action did was taken back."""
    with engine.begin() as connection:
        connection.execute(
            update(receipts)
            .where(
                receipts.c.subject == subject,
                receipts.c.action == receipt.action,
                receipts.c.plan == receipt.plan,
                receipts.c.state == "applied",
            )
            .values(state="undone", note="/os2 undo")
        )


def settle_planned(
    engine: Engine,
    subject: str,
    receipt: Receipt,
    *,
    state: Literal["applied", "skipped"],
    reference: str = "",
    note: str = "",
) -> None:
    """Note what became of an action that was cut off between its plan and its outcome."""
    with engine.begin() as connection:
        connection.execute(
            update(receipts)
            .where(
                receipts.c.subject == subject,
                receipts.c.action == receipt.action,
                receipts.c.content == receipt.content,
                receipts.c.state == "planned",
            )
            .values(state=state, reference=reference, note=note)
        )

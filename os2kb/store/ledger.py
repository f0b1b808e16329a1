"""The ledger: one receipt per action, planned before the first write and settled after its own."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, and_, not_, select, update

from os2kb.governance.actions import Action
from os2kb.governance.receipts import Receipt
from os2kb.store.tables import receipts

_Write = tuple[str, str, str]  # its action, content and cause
_MESSAGE = "tell:"
NOBODY: Mapping[str, str] = MappingProxyType({})
_COLUMNS = [receipts.c[name] for name in Receipt.__slots__]


def receipts_of(engine: Engine, subject: str) -> tuple[Receipt, ...]:
    """Every receipt of a subject's key, oldest first."""
    statement = select(*_COLUMNS).where(receipts.c.subject == subject).order_by(receipts.c.id)
    with engine.connect() as connection:
        return tuple(Receipt(*row) for row in connection.execute(statement))


def written_before(engine: Engine, contents: Iterable[str]) -> frozenset[str]:
    """Which of some texts, by their hash, we ever wrote as a comment, wherever that was."""
    wanted = (receipts.c.content.in_(set(contents)), receipts.c.state.in_(("applied", "planned")))
    statement = select(receipts.c.content).where(*wanted, receipts.c.action.startswith("comment:"))
    with engine.connect() as connection:
        return frozenset(str(one) for one in connection.execute(statement).scalars())


def messages_since(engine: Engine, at: datetime, subject: str) -> Mapping[str, int]:
    """How many messages anybody got since a moment, also those that are being sent.

    What a subject itself still has to send takes no room from itself.
    """
    own = and_(receipts.c.state == "planned", receipts.c.subject == subject)
    told = (receipts.c.action.startswith(_MESSAGE), receipts.c.state.in_(("planned", "applied")))
    statement = select(receipts.c.content).where(receipts.c.at >= at, *told, not_(own))
    with engine.connect() as connection:
        return Counter(
            name.casefold()
            for content in connection.execute(statement).scalars()
            for name in str(content).split("\n")
        )


def values_of_others(engine: Engine, name: str, subject: str) -> tuple[str, ...]:
    """What we keep of other subjects under a name, or are about to."""
    statement = select(receipts.c.content).where(
        receipts.c.action == name,
        receipts.c.state.in_(("planned", "applied")),
        receipts.c.subject != subject,
    )
    with engine.connect() as connection:
        return tuple(connection.execute(statement).scalars())


def latest_values(engine: Engine, name: str) -> Mapping[str, str]:
    """Subject to what we keep of it under a name now."""
    statement = select(receipts.c.subject, receipts.c.content).where(
        receipts.c.action == name, receipts.c.state == "applied"
    )
    with engine.connect() as connection:
        rows = connection.execute(statement.order_by(receipts.c.id))
        return {str(subject): str(content) for subject, content in rows}


def plan(
    engine: Engine,
    subject: str,
    actions: Iterable[tuple[int, Action]],
    now: datetime,
    askers: Mapping[str, str] = NOBODY,
    run: int = 0,
) -> tuple[tuple[int, Action], ...]:
    """Note that actions are about to be applied, all or none; returns each with its receipt's id.

    A receipt still planned for the same action and content, for the same cause, is the trace of a
    write that was cut off; it is taken up again. What a rule writes is never a command's. So is
    that of a message that was refused: it is one, however often it is tried.

    Args:
        engine: the store.
        subject: the subject's key.
        actions: each with the number of the Plan it belongs to; see `Receipt.plan`.
        now: the moment of planning.
        askers: action key to the login of whose commands it sees to.
        run: the run over many pairs that they belong to; 0 for none.
    """
    actions = tuple(actions)
    if not actions:
        return ()
    with engine.begin() as connection:
        cut_off, refused = _cut_off(connection, subject), _refused(connection, subject)
        return tuple(
            (
                _take_up(cut_off, action)
                or _try_again(connection, _take_up(refused, action), now, number)
                or _insert(
                    connection, subject, action, now, number, askers.get(action.key, ""), run
                ),
                action,
            )
            for number, action in actions
        )


def _cut_off(connection: Connection, subject: str) -> list[tuple[int, _Write]]:
    """Id and write of what is still planned, oldest first."""
    return _writes(connection, receipts.c.subject == subject, receipts.c.state == "planned")


def _refused(connection: Connection, subject: str) -> list[tuple[int, _Write]]:
    """Id and write of the messages that were not sent, oldest first."""
    skipped = (receipts.c.state == "skipped", receipts.c.action.startswith(_MESSAGE))
    return _writes(connection, receipts.c.subject == subject, *skipped)


def _try_again(connection: Connection, receipt: int, now: datetime, number: int) -> int:
    """Plan a receipt anew, in a Plan of this number; 0 for none."""
    anew = {"state": "planned", "note": "", "at": now, "plan": number}
    if receipt:
        connection.execute(update(receipts).where(receipts.c.id == receipt).values(**anew))
    return receipt


def _writes(connection: Connection, *which: ColumnElement[bool]) -> list[tuple[int, _Write]]:
    columns = (receipts.c.id, receipts.c.action, receipts.c.content, receipts.c.because)
    found = connection.execute(select(*columns).where(*which).order_by(receipts.c.id))
    return [
        (int(number), (str(key), str(content), str(why))) for number, key, content, why in found
    ]


def _take_up(cut_off: list[tuple[int, _Write]], action: Action) -> int:
    """The oldest receipt planned for just this, which is then taken; 0 for none."""
    for one in cut_off:
        if one[1] == (action.key, action.content, action.because):
            cut_off.remove(one)
            return one[0]
    return 0


def _insert(
    connection: Connection,
    subject: str,
    action: Action,
    now: datetime,
    number: int,
    asker: str,
    run: int,
) -> int:
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
            asker=asker,
            run=run,
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
    _note(engine, receipts.c.id == receipt, state=state, reference=reference, note=note)


def mark_undone(engine: Engine, subject: str, receipt: Receipt) -> None:
    """Note that what an action did was taken back."""
    _note(
        engine,
        receipts.c.subject == subject,
        receipts.c.action == receipt.action,
        receipts.c.plan == receipt.plan,
        receipts.c.state == "applied",
        state="undone",
        note="/os2 undo",
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
    _note(
        engine,
        receipts.c.subject == subject,
        receipts.c.action == receipt.action,
        receipts.c.content == receipt.content,
        receipts.c.because == receipt.because,
        receipts.c.plan == receipt.plan,
        receipts.c.state == "planned",
        state=state,
        reference=reference,
        note=note,
    )


def sent_again(engine: Engine, subject: str, action: str, now: datetime) -> None:
    """Note that what is planned is sent only now, perhaps not for the first time."""
    planned = (receipts.c.subject == subject, receipts.c.action == action)
    waiting = update(receipts).where(*planned, receipts.c.state == "planned")
    with engine.begin() as connection:
        connection.execute(waiting.values(at=now))


def forget_askers(engine: Engine, before: datetime) -> None:
    """Forget whose commands were seen to before a moment; what came of them stays."""
    old = (receipts.c.asker != "", receipts.c.at < before)
    with engine.begin() as connection:
        connection.execute(update(receipts).where(*old).values(asker=""))


def _note(engine: Engine, *which: ColumnElement[bool], **values: str) -> None:
    with engine.begin() as connection:
        connection.execute(update(receipts).where(*which).values(**values))

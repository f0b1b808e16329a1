"""What people ask for in the console: kept as deliveries and receipts, with who it was.

So an undo waits its turn like everything else that happens to a subject, and outlives a crash.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, insert, select

from os2kb.governance.facts import Asked
from os2kb.store import deliveries, names
from os2kb.store.deliveries import Arrival, Delivery
from os2kb.store.tables import deliveries as table
from os2kb.store.tables import receipts
from os2kb.subjects import Subject

CONSOLE, UNDO = "console", "undo"
RETRIED = "console:retry"


def ask_undo(engine: Engine, subject: Subject, by: str, now: datetime) -> int:
    """Ask the engine to take back a subject's last Plan; the number of the delivery."""
    identifier = str(uuid4())
    arrival = Arrival(
        source=CONSOLE,
        identifier=identifier,
        event=UNDO,
        action="",
        headers={"by": by},
        body=b"",
        received_at=now,
        state="accepted",
        subject=subject.key,
        repository=subject.repository,
    )
    with engine.begin() as connection:
        names.remember_repository(
            connection, subject.forge, subject.repository_id, subject.repository
        )
        deliveries.keep(connection, [arrival])
        number = select(table.c.id).where(
            table.c.source == CONSOLE, table.c.identifier == identifier
        )
        return int(connection.execute(number).scalar_one())


def asked_in_console(engine: Engine, waiting: Sequence[Delivery]) -> tuple[Asked, ...]:
    """The undos among deliveries."""
    ids = [one.id for one in waiting if (one.source, one.event) == (CONSOLE, UNDO)]
    if not ids:
        return ()
    statement = select(table.c.id, table.c.headers).where(table.c.id.in_(ids)).order_by(table.c.id)
    with engine.connect() as connection:
        return tuple(Asked(row.id, row.headers["by"]) for row in connection.execute(statement))


def retry(engine: Engine, delivery: Delivery, by: str, now: datetime) -> bool:
    """Have a delivery tried again, and note who wanted it; False where it does not wait for that.

    What failed was parked; what came to nothing may come to something now.
    """
    if not deliveries.put_back(engine, [delivery.id], now):
        return False
    done = {
        "subject": delivery.subject,
        "action": f"{RETRIED}:{delivery.id}",
        "state": "applied",
        "because": by,
        "at": now,
        "plan": 0,
    }
    with engine.begin() as connection:
        connection.execute(insert(receipts).values(**done))
    return True

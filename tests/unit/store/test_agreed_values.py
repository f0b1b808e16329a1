"""What a subject and its ticket agree on is kept, whoever else notes something meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from os2kb.store.backlog.in_step import agree, agree_anew
from os2kb.store.backlog.tickets import link_ticket, ticket_of
from os2kb.store.database import open_database, upgrade

SUBJECT = "github:101#1"


def test_what_several_note_at_once_is_all_kept(tmp_path: Path):
    engine = open_database(f"sqlite:///{tmp_path}/os2kb.db")
    upgrade(engine)
    link_ticket(engine, SUBJECT, "10001", "DEMO-1", datetime(2026, 3, 2, tzinfo=UTC))
    agree(engine, SUBJECT, {"labels": frozenset()})

    def put_on(label: str) -> None:
        agree_anew(engine, SUBJECT, "labels", lambda known: frozenset(known) | {label})

    labels = {str(number) for number in range(40)}
    with ThreadPoolExecutor(4) as several:
        list(several.map(put_on, labels))
    kept = ticket_of(engine, SUBJECT)
    assert kept is not None
    assert set(kept.agreed["labels"]) == labels

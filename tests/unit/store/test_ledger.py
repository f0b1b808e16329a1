"""What was planned and cut off is taken up again by the same write, for the same cause."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.clock import now
from os2kb.governance.actions import AddLabel, Tell
from os2kb.governance.commands.given.unanswered import KEEP_ASKERS, note_done
from os2kb.store import ledger
from os2kb.store.database import open_database, upgrade

SUBJECT = "github:101#1"
ASKED = AddLabel("Bug", because="/os2 label")
JUDGED = AddLabel("Bug", because="type-label")


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'os2kb.db'}")
    upgrade(engine)
    return engine


def test_the_same_write_for_the_same_cause_has_one_receipt(store: Engine):
    (first,) = ledger.plan(store, SUBJECT, [(1, ASKED)], now())
    assert ledger.plan(store, SUBJECT, [(2, ASKED)], now()) == (first,)
    (receipt,) = ledger.receipts_of(store, SUBJECT)
    assert receipt.plan == 1


def test_whose_commands_were_seen_to_is_forgotten_when_it_is_old_and_nothing_else(store: Engine):
    note = note_done(77)
    for subject, at in ((SUBJECT, now() - timedelta(days=9)), ("github:101#2", now())):
        ledger.plan(store, subject, [(1, note), (1, JUDGED)], at, {note.key: "ida"})
    ledger.forget_askers(store, now() - KEEP_ASKERS)
    old, new = (ledger.receipts_of(store, one) for one in (SUBJECT, "github:101#2"))
    assert [one.asker for one in old] == ["", ""]
    assert [one.asker for one in new] == ["ida", ""]
    assert [one.action for one in old] == ["command:77", "label:add:Bug"]


def test_a_rule_that_writes_what_a_command_had_planned_has_a_receipt_of_its_own(store: Engine):
    ledger.plan(store, SUBJECT, [(1, ASKED)], now())
    ledger.plan(store, SUBJECT, [(2, JUDGED)], now())
    asked, judged = ledger.receipts_of(store, SUBJECT)
    assert (asked.because, asked.plan) == ("/os2 label", 1)
    assert (judged.because, judged.plan) == ("type-label", 2)
    ledger.settle_planned(store, SUBJECT, asked, state="skipped")
    assert [one.state for one in ledger.receipts_of(store, SUBJECT)] == ["skipped", "planned"]


def test_a_message_that_is_under_way_takes_room_from_others_and_not_from_itself(store: Engine):
    started = now()
    ledger.plan(
        store, SUBJECT, [(1, Tell(("@Kim", "@bo"), "", "x", "a", because="severity"))], started
    )
    assert ledger.messages_since(store, started, SUBJECT) == {}
    assert ledger.messages_since(store, started, "github:101#2") == {"@kim": 1, "@bo": 1}
    (receipt,) = ledger.receipts_of(store, SUBJECT)
    ledger.settle_planned(store, SUBJECT, receipt, state="applied")
    assert ledger.messages_since(store, started, SUBJECT) == {"@kim": 1, "@bo": 1}

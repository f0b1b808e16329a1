"""A retraction whose answer was never heard: the copy is gone, and our store must know."""

from dataclasses import replace
from pathlib import Path

from os2kb.backlog.comments import Copy
from os2kb.governance.actions import RetractCopy
from os2kb.store.backlog.in_step import copies_of, keep_copy
from os2kb.store.database import open_database, upgrade
from os2kb.trackers.tickets import Tickets
from tests.unit.governance.cases import NOW
from tests.unit.governance.tickets.in_step import agreeing


def test_a_copy_that_we_took_off_unheard_is_forgotten_so_that_it_may_be_copied_anew(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/os2kb.db")
    upgrade(database)
    it = agreeing()
    subject = it.facts.subject.key
    other = Copy("6", "81", "Bliver")
    for one in (Copy("5", "80", "Tages af"), other):
        keep_copy(database, subject, "jira", one)
    gone = RetractCopy("5", "80", "Tages af", frozenset(), because="jira")
    (receipt,) = it.note(gone, "planned").facts.receipts
    Tickets(None, database, lambda: NOW).settle(it.facts, replace(receipt, state="applied"))
    assert copies_of(database, subject)["jira"] == (other,)

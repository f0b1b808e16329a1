"""Receipts in words, whatever the ledger holds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.receipts import Receipt
from os2kb.governance.told_receipts import told_receipt

AT = datetime(2026, 6, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action", "content", "told"),
    [
        ("label:add:Bug", "Bug", "Etiketten “Bug” på"),
        ("label:remove:fejl: kritisk", "", "Etiketten “fejl: kritisk” af"),
        ("comment:status", "hash", "Skrev statuskommentaren"),
        ("comment:reply:77", "hash", "Svar på kommentar 77"),
        ("check:os2kb / guidelines:abc", "", "Kontrollen “os2kb / guidelines”"),
        ("command:77", "done", "Kommandoerne i kommentar 77"),
        ("command:-17", "done", "Fortrydelse fra konsollen"),
        ("undo:label:add:Bug", "1", "Tog tilbage: Etiketten “Bug” på"),
        ("hold:pause", "on", "Begyndte en pause"),
        ("hold:pause", "off", "Sluttede pausen"),
        ("hold:ignore:changelog", "off", "Tog reglen changelog i brug igen"),
        ("hold:ignore:*", "on", "Så bort fra alle regler"),
        ("hold:label:bug", "on", "Overlod etiketten “bug” til mennesker"),
        ("undo:hold:label:bug", "3", "Tog tilbage: Overlod etiketten “bug” til mennesker"),
        ("decision:propose", "a1b2", "Foreslog beslutningen til loggen"),
        ("decision:number:2001", "11", "Gav beslutningen nr. 11"),
        ("decision:other", "", "Beslutningen: other"),
        ("tell:mention:1", "@bo\n@kim", "Besked til @bo, @kim"),
        ("ticket:link:DEMO-1", "DEMO-1", "Knyttet til DEMO-1 i Jira"),
        ("ticket:sync:10001", "Følges med GitHub.", "Ticketens link siger: Følges med GitHub."),
        ("carry:jira:title", "{}", "Feltet title i Jira"),
        ("copy:jira:5", "hash", "Kopien på GitHub af Jiras kommentar 5"),
        ("copy:github:77", "hash", "Kopien i Jira af kommentar 77"),
        ("retract:jira:5", "80", "Slettede kopien på GitHub af Jiras kommentar 5"),
        ("console:retry:12", "", "Levering 12 prøves igen"),
        ("something:new", "", "something:new"),
    ],
)
def test_a_receipt_is_told_as_what_was_done(action: str, content: str, told: str) -> None:
    assert told_receipt(Receipt(action, "applied", "x", AT, content)).da == told


@given(
    st.text(),
    st.text(),
    st.sampled_from(["", "label:", "hold:", "ticket:", "undo:", "check:", "copy:"]),
)
def test_any_action_can_be_told(action: str, content: str, kind: str) -> None:
    told = told_receipt(Receipt(f"{kind}{action}", "planned", "x", AT, content))
    assert isinstance(told.da, str)

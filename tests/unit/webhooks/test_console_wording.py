"""How the console says what the store noted."""

from typing import Any

import pytest

from webhooks.console.wording import reason
from webhooks.deliveries.github_hints import Ignored, read_hints
from webhooks.deliveries.jira_hints import read_ticket_hint

BOT = "os2kb[bot]"


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("push", {}),
        ("check_suite", {"action": "completed"}),
        ("check_run", {"action": "created"}),
        ("issues", {"action": "deleted"}),
        ("issues", {"action": "opened", "sender": {"login": BOT}}),
        ("issue_comment", {"comment": {"user": {"type": "Bot"}}}),
        ("issues", {}),
    ],
)
def test_why_github_was_not_heeded_is_told_in_both_languages(event: str, payload: dict[str, Any]):
    ignored = read_hints(event, payload, frozenset({BOT}))
    assert isinstance(ignored, Ignored)
    told = reason(ignored.reason)
    assert told.da != told.en == ignored.reason


@pytest.mark.parametrize(
    "payload", [{}, {"issue": {"id": "10001"}, "user": {"accountId": "712020:os2kb"}}]
)
def test_why_jira_was_not_heeded_is_told_in_both_languages(payload: dict[str, Any]):
    ignored = read_ticket_hint(payload, frozenset({"712020:os2kb"})).ignored
    assert ignored
    assert reason(ignored).da != ignored


def test_what_a_reason_names_stays_in_it():
    assert reason("jira:10002 is linked to nothing").da == "jira:10002 er ikke knyttet til noget"
    assert reason("nothing here depends on the event '{}'").da.endswith("hændelsen '{}'")


def test_what_has_no_other_words_is_told_as_it_was_noted():
    assert reason("HTTP 502 {}").da == "HTTP 502 {}"

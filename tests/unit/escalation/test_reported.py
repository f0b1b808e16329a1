"""Which conversations of a repository are issues that somebody reported."""

from dataclasses import replace

import pytest

from os2kb.escalation.past import is_reported
from os2kb.forges.port import Conversation
from tests.unit.governance.cases import IDA, SELF, START

ISSUE = Conversation(
    number=1,
    title="Login virker ikke",
    body="<!-- os2kb:digest -->\nSiden er hvid.",
    author=IDA,
    open=True,
    state_reason="",
    locked=False,
    labels=(),
    created_at=START,
    updated_at=START,
    url="",
    is_pull_request=False,
)


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (ISSUE, True),  # a person may write what only we mean something by
        (replace(ISSUE, is_pull_request=True), False),
        (replace(ISSUE, author=SELF), False),  # the weekly overview
        (replace(ISSUE, author=SELF, body="Fundet af en test."), True),
    ],
)
def test_neither_a_pull_request_nor_our_own_overview_is_one(one: Conversation, counts: bool):
    assert is_reported(one) is counts

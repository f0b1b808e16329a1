"""What a Jira delivery hints at, also the real ones."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.deliveries.jira_hints import TicketHint, read_ticket_hint

SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or Path(__file__).parents[3] / "../shared/data")
REAL = sorted((SHARED / "jira-payloads" / "mattermost-scrubbed").glob("*.json"))
NOBODY: frozenset[str] = frozenset()
US = frozenset({"712020:os2kb"})


def updated(**more: Any) -> dict[str, Any]:
    fields = {"updated": "2026-03-02T10:00:00.250+0100"}
    issue = {"id": "10023", "key": "DEMO-7", "fields": fields}
    return {"webhookEvent": "jira:issue_updated", "issue": issue} | more


def test_a_ticket_is_known_by_its_id_and_its_floor_is_when_it_changed() -> None:
    floor = datetime(2026, 3, 2, 9, 0, 0, 250_000, tzinfo=UTC)
    assert read_ticket_hint(updated(), NOBODY) == TicketHint(
        "jira:issue_updated", "10023", "DEMO-7", floor
    )


def test_a_data_center_tells_in_a_comments_address_what_it_is_about() -> None:
    comment = {"self": "https://jira.example/rest/api/2/issue/10023/comment/10082"}
    hint = read_ticket_hint({"webhookEvent": "comment_created", "comment": comment}, NOBODY)
    assert (hint.id, hint.key, hint.floor, hint.ignored) == ("10023", "", None, "")


@pytest.mark.parametrize(
    ("payload", "ours"),
    [
        (updated(user={"accountId": "712020:os2kb"}), True),
        (updated(user={"accountId": "712020:ida"}), False),
        (updated(), False),
        (
            {
                "webhookEvent": "comment_created",
                "comment": {"self": "x/issue/7/comment/8", "updateAuthor": {"accountId": "ida"}},
            },
            False,
        ),
        (
            {
                "webhookEvent": "comment_updated",
                "comment": {
                    "self": "x/issue/7/comment/8",
                    "updateAuthor": {"accountId": "712020:os2kb"},
                },
            },
            True,
        ),
        (
            {
                "webhookEvent": "comment_deleted",
                "comment": {
                    "self": "x/issue/7/comment/8",
                    "updateAuthor": {"accountId": "712020:os2kb"},
                },
            },
            False,
        ),
    ],
)
def test_our_own_doing_needs_no_second_look(payload: dict[str, Any], ours: bool) -> None:
    assert (read_ticket_hint(payload, US).ignored == "our own doing") is ours
    assert read_ticket_hint(payload, NOBODY).ignored == "", "nobody knows us yet"


@pytest.mark.parametrize(
    "issue",
    [
        {},
        {"id": ""},
        {"id": "0"},
        {"id": "-1"},
        {"id": "1" * 30},
        {"id": "10023\n"},
        {"id": ["10023"]},
        {"id": None, "key": "DEMO-7"},
        "DEMO-7",
        None,
    ],
)
def test_what_names_no_ticket_is_ignored(issue: Any) -> None:
    hint = read_ticket_hint({"webhookEvent": "jira:issue_updated", "issue": issue}, NOBODY)
    assert hint == TicketHint("jira:issue_updated", ignored="the payload names no ticket")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["webhookEvent", "issue", "id", "key", "fields", "updated", "user"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_is_sent_is_read_without_an_error(payload: Any) -> None:
    hint = read_ticket_hint(payload if isinstance(payload, dict) else {"issue": payload}, US)
    assert bool(hint.id) or bool(hint.ignored)
    assert hint.event.isascii()


@pytest.mark.skipif(not REAL, reason=f"the real payloads are not at {SHARED}")
def test_every_real_delivery_names_its_ticket() -> None:
    """Of the Cloud and of data centers, old and new; comments without an issue among them."""
    hints = {
        path.stem: read_ticket_hint(json.loads(path.read_text("utf-8")), NOBODY) for path in REAL
    }
    assert len(hints) == 55
    assert {name for name, hint in hints.items() if not hint.id} == set()
    without = {name for name, hint in hints.items() if not hint.key}
    assert without == {
        "webhook-server-comment-created",
        "webhook-server-comment-deleted",
        "webhook-server-comment-updated",
    }

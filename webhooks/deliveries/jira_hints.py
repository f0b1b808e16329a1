"""What a Jira delivery hints at: which ticket may have changed, and since when.

Nothing else of a delivery is used: what is true is read from the API.
https://developer.atlassian.com/cloud/jira/platform/webhooks/
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from os2kb.trackers.jira.parse import known_as, moment

_EVENT = re.compile(r"[\w:-]{1,100}", re.ASCII)
_ID = re.compile(r"[1-9]\d{0,18}", re.ASCII)
_KEY = re.compile(r"[A-Za-z]\w{0,29}-[1-9]\d{0,9}", re.ASCII)
# A data center tells of a comment without telling on what, but in the comment's own address.
_OF_COMMENT = re.compile(r"/issue/([1-9]\d{0,18})/comment/", re.ASCII)


@dataclass(frozen=True, slots=True)
class TicketHint:
    """A ticket may have changed.

    Attributes:
        event: as Jira names it; a single word where it names none.
        id: of the ticket; empty where none is told, or where it was our own doing.
        key: as it was called then, for people.
        floor: when it changed, where the delivery says so.
        ignored: why nothing is done about it; empty where something is.
    """

    event: str
    id: str = ""
    key: str = ""
    floor: datetime | None = None
    ignored: str = ""


def read_ticket_hint(payload: Mapping[str, Any], own: frozenset[str]) -> TicketHint:
    """What a delivery hints at.

    Args:
        payload: its body.
        own: what our account is known by; our own writes need no second look.
    """
    said = payload.get("webhookEvent")
    event = said if isinstance(said, str) and _EVENT.fullmatch(said) else "unknown"
    issue, comment = _map(payload, "issue"), _map(payload, "comment")
    id_ = _id(issue, comment)
    if not id_:
        return TicketHint(event, ignored="the payload names no ticket")
    key = str(issue.get("key", ""))
    key = key if _KEY.fullmatch(key) else ""
    # Of a comment that is deleted Jira tells whose it was, and not whose doing that is.
    author = _map(comment, "updateAuthor") if "deleted" not in event else {}
    if own and known_as(_map(payload, "user") or author) & own:
        return TicketHint(event, id_, key, ignored="our own doing")
    return TicketHint(event, id_, key, _moment(_map(issue, "fields").get("updated")))


def _id(issue: Mapping[str, Any], comment: Mapping[str, Any]) -> str:
    said = str(issue.get("id", ""))
    if _ID.fullmatch(said):
        return said
    found = _OF_COMMENT.search(str(comment.get("self", ""))[:1000])
    return found[1] if found else ""


def _map(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = payload.get(name)
    return value if isinstance(value, dict) else {}


def _moment(value: Any) -> datetime | None:
    try:
        return moment(value)
    except (TypeError, ValueError, OverflowError):
        return None

"""What a GitHub delivery hints at: which subject may have changed, and since when.

Nothing else of a delivery is used: what is true is read from the API.
https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from os2kb.subjects import Subject


@dataclass(frozen=True, slots=True)
class Hint:
    """A subject may have changed; `floor` is when, where the delivery says so."""

    subject: Subject
    floor: datetime | None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A delivery that changes nothing we govern, and why."""

    reason: str


# Event → the object in the payload that names the subject.
_SUBJECT_OF = {
    "issues": "issue",
    "issue_comment": "issue",
    "pull_request": "pull_request",
    "pull_request_review": "pull_request",
    "pull_request_review_comment": "pull_request",
    "pull_request_review_thread": "pull_request",
    "check_run": "check_run",
    "check_suite": "check_suite",
}
_OF_CHECKS = ("check_run", "check_suite")
_NAME = re.compile(r"(?!\.)[\w.-]{1,100}/(?!\.\.?$)[\w.-]{1,100}", re.ASCII)
# The subject is gone from its repository; there is nothing left to read.
_GONE = (("issues", "deleted"), ("issues", "transferred"))


def read_hints(
    event: str, payload: dict[str, Any], own_logins: frozenset[str]
) -> tuple[Hint, ...] | Ignored:
    """What a delivery hints at: one subject at least, and each pull request that a check is about.

    Args:
        own_logins: lower-case logins of this bot; its own writes need no second look.
    """
    where = _SUBJECT_OF.get(event)
    if where is None:
        return Ignored(f"nothing here depends on the event {event!r}")
    again = event in _OF_CHECKS and payload.get("action") == "rerequested"
    if event == "check_suite" and not again:
        return Ignored("what a suite comes to is told check by check")
    if event == "check_run" and payload.get("action") != "completed" and not again:
        return Ignored("a check that has not finished")
    if (event, payload.get("action")) in _GONE:
        return Ignored("the issue is no longer in this repository")
    # A check is asked for again of its own App alone, by a person.
    if _login(payload, "sender") in own_logins or (not again and _app(payload) in own_logins):
        return Ignored("our own doing")
    if event == "issue_comment" and _is_bot(payload):
        return Ignored("a comment by a bot")
    items = _checked(payload, where) if event in _OF_CHECKS else [_map(payload, where)]
    repository = _map(payload, "repository")
    hints = (_hint(repository, item) for item in items)
    found = tuple(dict.fromkeys(hint for hint in hints if hint))
    return found or Ignored("the payload names no repository, issue or pull request")


def _hint(repository: dict[str, Any], item: dict[str, Any]) -> Hint | None:
    match repository.get("id"), repository.get("full_name"), item.get("number"):
        case int(identity), str(name), int(number) if _plausible(identity, name, number):
            return Hint(Subject(identity, number, name), _moment(item.get("updated_at")))
    return None


def _plausible(identity: int, name: str, number: int) -> bool:
    """What the database and the addresses of the API can hold."""
    if isinstance(identity, bool) or isinstance(number, bool):
        return False
    return 0 < identity < 2**63 and 0 < number < 2**31 and bool(_NAME.fullmatch(name))


def _map(payload: dict[str, Any], key: str) -> dict[str, Any]:
    value = payload.get(key)
    return value if isinstance(value, dict) else {}


def _checked(payload: dict[str, Any], where: str) -> Iterator[dict[str, Any]]:
    """The number of each pull request that a check is about; of one from a fork GitHub says none.

    A check moves no pull request's time, so that there is no floor.
    """
    repository = _map(payload, "repository").get("id")
    pulls = _map(payload, where).get("pull_requests")
    for pull in pulls if isinstance(pulls, list) else ():
        base = _map(_map(pull, "base"), "repo") if isinstance(pull, dict) else {}
        if base.get("id") == repository:
            yield {"number": pull.get("number")}


def _app(payload: dict[str, Any]) -> str:
    """The login of the App whose check it is."""
    return f"{_map(_map(payload, 'check_run'), 'app').get('slug', '')}[bot]".lower()


def _login(payload: dict[str, Any], key: str) -> str:
    return str(_map(payload, key).get("login", "")).lower()


def _is_bot(payload: dict[str, Any]) -> bool:
    return _map(_map(payload, "comment"), "user").get("type") == "Bot"


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None

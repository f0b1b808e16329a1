"""GitHub's JSON in the project's words.

https://docs.github.com/en/rest/issues, https://docs.github.com/en/rest/pulls
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from os2kb.forges.answers import Reply
from os2kb.forges.port import Conversation
from os2kb.governance.facts import (
    Account,
    Change,
    ChangedFile,
    Comment,
    LabelEvent,
    Repository,
    ReviewState,
    Role,
    Turn,
    TurnEvent,
)

# GitHub shows the doings of a deleted account as this one's.
_GHOST = Account("ghost")
_CHANGES = frozenset(get_args(Change))
_TURNS: Mapping[str, Turn] = {turn: turn for turn in get_args(Turn)}
_REVIEWS: Mapping[str, ReviewState] = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "changes_requested",
    "COMMENTED": "commented",
    "DISMISSED": "dismissed",
    "PENDING": "pending",
}
_STATUSES = {"SUCCESS": "success", "FAILURE": "failure", "ERROR": "failure"}


def account(user: Mapping[str, Any] | None, own_login: str, association: str = "") -> Account:
    """An account; a deleted one is `ghost`."""
    if not user:
        return _GHOST
    login = str(user["login"])
    is_self = login.lower() == own_login.lower()
    return Account(login, is_self or user.get("type") == "Bot", is_self, association)


def actor(node: Mapping[str, Any] | None, own_login: str, association: str = "") -> Account:
    """An account as GraphQL names it: a bot without the `[bot]` that REST puts behind it."""
    if not node:
        return _GHOST
    is_bot = node["__typename"] == "Bot"
    login = f"{node['login']}[bot]" if is_bot else node["login"]
    return account({"login": login, "type": "Bot" if is_bot else "User"}, own_login, association)


def review_state(word: str) -> ReviewState:
    """A review's state in our words."""
    return _REVIEWS.get(word, "commented")


def status(word: str) -> str | None:
    """A commit status in the words of check runs; None while it is awaited."""
    return _STATUSES.get(word)


def moment(text: str) -> datetime:
    """A moment as GitHub writes it (`2026-03-02T08:00:00Z`)."""
    return datetime.fromisoformat(text)


def repository(data: Mapping[str, Any], labels: list[Mapping[str, Any]]) -> Repository:
    """A repository and its existing labels."""
    return Repository(
        id=int(data["id"]),
        full_name=str(data["full_name"]),
        default_branch=str(data["default_branch"]),
        private=bool(data["private"]),
        url=str(data["html_url"]),
        labels=tuple(str(label["name"]) for label in labels),
        archived=bool(data.get("archived")),
    )


def conversation(data: Mapping[str, Any], own_login: str) -> Conversation:
    """An issue or pull request, from the issues API."""
    return Conversation(
        number=int(data["number"]),
        title=str(data["title"]),
        body=str(data.get("body") or ""),
        author=_author(data, own_login),
        open=data["state"] == "open",
        state_reason=str(data.get("state_reason") or ""),
        locked=bool(data.get("locked")),
        labels=tuple(
            label if isinstance(label, str) else str(label["name"]) for label in data["labels"]
        ),
        created_at=moment(data["created_at"]),
        updated_at=moment(data["updated_at"]),
        url=str(data["html_url"]),
        is_pull_request="pull_request" in data,
        issue_type=str((data.get("type") or {}).get("name", "")),
        has_comments=data.get("comments") != 0,
        assignees=tuple(str(one["login"]) for one in data.get("assignees") or ()),
        milestone=str((data.get("milestone") or {}).get("title") or ""),
        closed_at=moment(data["closed_at"]) if data.get("closed_at") else None,
    )


def _author(data: Mapping[str, Any], own_login: str) -> Account:
    return account(data.get("user"), own_login, str(data.get("author_association") or ""))


def comment(data: Mapping[str, Any], own_login: str) -> Comment:
    """A conversation comment."""
    return Comment(
        id=int(data["id"]),
        author=_author(data, own_login),
        body=str(data.get("body") or ""),
        created_at=moment(data["created_at"]),
        updated_at=moment(data["updated_at"]),
        url=str(data["html_url"]),
    )


def reply(data: Mapping[str, Any], own_login: str) -> Reply:
    """A conversation comment, with what tells whether it is an answer."""
    said = comment(data, own_login)
    return Reply(
        id=said.id,
        author=said.author,
        body=said.body,
        created_at=said.created_at,
        association=str(data.get("author_association") or ""),
        thumbs_up=int((data.get("reactions") or {}).get("+1", 0)),
    )


def label_event(data: Mapping[str, Any], own_login: str) -> LabelEvent | None:
    """A label put on or taken off; None for every other event."""
    if data.get("event") not in ("labeled", "unlabeled"):
        return None
    return LabelEvent(
        label=str(data["label"]["name"]),
        added=data["event"] == "labeled",
        actor=account(data.get("actor"), own_login),
        at=moment(data["created_at"]),
    )


def turn_event(data: Mapping[str, Any], own_login: str) -> TurnEvent | None:
    """It was closed, assigned, planned, or the reverse; None for every other event.

    https://docs.github.com/en/rest/using-the-rest-api/issue-event-types
    """
    turn = _TURNS.get(str(data.get("event")))
    if turn is None:
        return None
    assigns = turn in ("assigned", "unassigned")
    return TurnEvent(
        turn=turn,
        actor=account(data.get("assigner") or data.get("actor"), own_login),
        at=moment(data["created_at"]),
        assignee=account(data.get("assignee"), own_login) if assigns else None,
    )


def changed_file(data: Mapping[str, Any]) -> ChangedFile:
    """A file of a pull request."""
    change = data["status"]
    return ChangedFile(
        path=str(data["filename"]),
        change=change if change in _CHANGES else "changed",
        patch=data.get("patch"),
        lines=data.get("changes"),
        previous=str(data.get("previous_filename") or ""),
    )


def role(data: Mapping[str, Any]) -> Role:
    """A role; a custom role counts as the built-in one it was made from.

    https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    """
    for name in (data.get("role_name"), data.get("permission")):
        if isinstance(name, str) and name.upper() in Role.__members__:
            return Role[name.upper()]
    return Role.NONE

"""GitHub's JSON in the project's words.

https://docs.github.com/en/rest/issues, https://docs.github.com/en/rest/pulls
"""

from collections.abc import Mapping, Sequence
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
    PullRequest,
    Repository,
    Role,
)

# GitHub shows the doings of a deleted account as this one's.
_GHOST = Account("ghost")
_CHANGES = frozenset(get_args(Change))


def account(user: Mapping[str, Any] | None, own_login: str) -> Account:
    """An account; a deleted one is `ghost`."""
    if not user:
        return _GHOST
    login = str(user["login"])
    is_self = login.lower() == own_login.lower()
    return Account(login, is_bot=is_self or user.get("type") == "Bot", is_self=is_self)


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
        author=account(data.get("user"), own_login),
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
    )


def comment(data: Mapping[str, Any], own_login: str) -> Comment:
    """A conversation comment."""
    return Comment(
        id=int(data["id"]),
        author=account(data.get("user"), own_login),
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


def pull_request(
    data: Mapping[str, Any], files: Sequence[Mapping[str, Any]], *, files_cut: bool
) -> PullRequest:
    """What a pull request has beyond its conversation."""
    return PullRequest(
        head_branch=str(data["head"]["ref"]),
        head_sha=str(data["head"]["sha"]),
        base_branch=str(data["base"]["ref"]),
        draft=bool(data.get("draft")),
        merged=bool(data.get("merged")),
        files=tuple(_changed_file(file) for file in files),
        files_cut=files_cut,
        updated_at=moment(data["updated_at"]),
    )


def _changed_file(data: Mapping[str, Any]) -> ChangedFile:
    status = data["status"]
    return ChangedFile(
        path=str(data["filename"]),
        change=status if status in _CHANGES else "changed",
        patch=data.get("patch"),
        lines=data.get("changes"),
    )


def role(data: Mapping[str, Any]) -> Role:
    """A role; a custom role counts as the built-in one it was made from.

    https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    """
    for name in (data.get("role_name"), data.get("permission")):
        if isinstance(name, str) and name.upper() in Role.__members__:
            return Role[name.upper()]
    return Role.NONE

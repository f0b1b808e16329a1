"""The permissions the GitHub App asks for, each with its reason.

https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Permission:
    """One permission of the App. An optional one is asked for by some sources only."""

    name: str
    access: Literal["read", "write"]
    reason: str
    optional: bool = False


PERMISSIONS: tuple[Permission, ...] = (
    Permission("metadata", "read", "GitHub asks it of every App; tells who may give a command"),
    Permission("contents", "read", "the Policy, the guidelines it cites and the documents"),
    Permission(
        "issues",
        "write",
        "labels, the status comment and replies on issues; the issue of a weekly digest",
    ),
    Permission("pull_requests", "write", "the same on pull requests; their changed files"),
    Permission(
        "checks",
        "write",
        "whether a pull request meets the guidelines, and an edit of the Policy",
    ),
    Permission("statuses", "read", "what older services say of a commit, for the rule `checks`"),
    Permission(
        "members",
        "read",
        "of the organisation; only where a Policy lets a team give a command, or tells one, and "
        "where teams get into the console",
        optional=True,
    ),
    Permission(
        "discussions", "read", "only where discussions are a source: their answers", optional=True
    ),
)
"""The table in docs/github-app.md; a test holds the two together."""

EVENTS: tuple[str, ...] = (
    "issues",
    "issue_comment",
    "pull_request",
    "pull_request_review",
    "pull_request_review_thread",
    "check_run",
    "push",
    "repository",
)
"""The events the App subscribes to."""

_RANK = {"": 0, "read": 1, "write": 2, "admin": 3}


def missing(granted: dict[str, str]) -> tuple[Permission, ...]:
    """The permissions that an installation does not grant."""
    return tuple(
        permission
        for permission in PERMISSIONS
        if not permission.optional and not is_granted(permission.name, granted)
    )


def is_granted(name: str, granted: dict[str, str]) -> bool:
    """Whether an installation grants what we need of a permission, optional or not."""
    needed = next(one for one in PERMISSIONS if one.name == name)
    return _RANK.get(granted.get(name, ""), 0) >= _RANK[needed.access]


def missing_events(subscribed: Collection[str]) -> tuple[str, ...]:
    """The events that an installation does not send."""
    return tuple(event for event in EVENTS if event not in subscribed)

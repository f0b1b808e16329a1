"""The permissions the GitHub App asks for, each with its reason.

https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Permission:
    """One permission of the App."""

    name: str
    access: Literal["read", "write"]
    reason: str


PERMISSIONS: tuple[Permission, ...] = (
    Permission("metadata", "read", "GitHub asks it of every App; tells who may give a command"),
    Permission("contents", "read", "the Policy, the guideline it cites and the documents"),
    Permission("issues", "write", "labels, the status comment and replies on issues"),
    Permission("pull_requests", "write", "the same on pull requests; their changed files"),
    Permission("checks", "write", "the check on a pull request that edits the Policy"),
)
"""The table in the README; a test holds the two together."""

EVENTS: tuple[str, ...] = ("issues", "issue_comment", "pull_request")
"""The events the App subscribes to."""

_RANK = {"": 0, "read": 1, "write": 2, "admin": 3}


def missing(granted: dict[str, str]) -> tuple[Permission, ...]:
    """The permissions that an installation does not grant."""
    return tuple(
        permission
        for permission in PERMISSIONS
        if _RANK.get(granted.get(permission.name, ""), 0) < _RANK[permission.access]
    )

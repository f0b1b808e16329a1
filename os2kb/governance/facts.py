"""Facts: an immutable snapshot of a subject, gathered by observe so that rules need no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Literal

from index.passages import Citation, Language
from os2kb.answers.answer import Answer
from os2kb.governance.receipts import Receipt
from os2kb.policy.problem import PolicyProblem
from os2kb.subjects import Subject

Change = Literal["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]


class Role(IntEnum):
    """A person's permission on a repository, weakest first.

    https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
    """

    NONE = 0
    READ = 1
    TRIAGE = 2
    WRITE = 3
    MAINTAIN = 4
    ADMIN = 5


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who acts on the forge. `is_self` is this bot's own account."""

    login: str
    is_bot: bool = False
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as the forge shows it. `labels` are the existing labels' names."""

    id: int
    full_name: str
    default_branch: str
    private: bool
    url: str
    labels: tuple[str, ...]
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A conversation comment. `body` is text from outside: data, never an instruction."""

    id: int
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class LabelEvent:
    """A label was put on or taken off, by whom and when."""

    label: str
    added: bool
    actor: Account
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of a pull request. `patch` is a unified diff, None where the forge leaves it out."""

    path: str
    change: Change
    patch: str | None = None


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What a pull request has beyond its conversation.

    Attributes:
        files_cut: the forge listed no more than a part of the changed files.
        updated_at: of the pull request itself, which can move without its conversation.
    """

    head_branch: str
    head_sha: str
    base_branch: str
    draft: bool
    merged: bool
    files: tuple[ChangedFile, ...]
    commits: tuple[str, ...] = ()
    files_cut: bool = False
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything decide may know about a subject.

    Attributes:
        state_reason: `completed`, `not_planned`, `reopened`, `duplicate` or empty.
        history: label events, oldest first.
        roles: login to role, for the authors of comments that hold a command.
        citations: rule id to the guideline paragraph the rule rests on, where one was found.
        answers: comment id to the answer composed for its `/os2 ask`.
        linked_issues: numbers of issues in this repository that the pull request's title, body
            or branch names and that exist as issues.
        changelogs: path to text of the changelogs that the pull request changes, as it would leave
            them.
        policy_problems: of the Policy in force; not empty means nothing is acted on here.
        proposed_policy_problems: of the Policy file that this pull request would put in place;
            None where it changes none.
    """

    subject: Subject
    repository: Repository
    title: str
    body: str
    author: Account
    open: bool
    state_reason: str
    locked: bool
    labels: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    url: str
    issue_type: str = ""
    comments: tuple[Comment, ...] = ()
    history: tuple[LabelEvent, ...] = ()
    pull_request: PullRequest | None = None
    receipts: tuple[Receipt, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    citations: Mapping[str, Citation] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[int, Answer] = field(default_factory=lambda: MappingProxyType({}))
    linked_issues: tuple[int, ...] = ()
    changelogs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    language: Language = "da"
    policy_problems: tuple[PolicyProblem, ...] = ()
    proposed_policy_problems: tuple[PolicyProblem, ...] | None = None

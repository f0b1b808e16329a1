"""`subject`: the issue or pull request of a scenario, and what belongs to it."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from os2kb.governance.facts import Change
from os2kb.policy.section import Name
from os2kb.policy.sections.people import Login
from os2kb.scenarios.moments import Before
from os2kb.scenarios.part import Part

Association = Literal[
    "OWNER",
    "MEMBER",
    "COLLABORATOR",
    "CONTRIBUTOR",
    "FIRST_TIME_CONTRIBUTOR",
    "FIRST_TIMER",
    "MANNEQUIN",
    "NONE",
]
"""https://docs.github.com/en/graphql/reference/enums#commentauthorassociation"""

Conclusion = Literal[
    "success",
    "failure",
    "neutral",
    "cancelled",
    "skipped",
    "timed_out",
    "action_required",
    "stale",
    "running",
]
"""https://docs.github.com/en/rest/checks/runs, and `running` for what has none yet."""

ReviewState = Literal["approved", "changes_requested", "commented", "dismissed", "pending"]


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class Person(Part):
    """Somebody who acts."""

    short: ClassVar[str] = "login"
    login: Login = Field(
        description="one that ends in `[bot]` is a bot, `os2kb[bot]` the bot itself"
    )
    association: Association | None = Field(None, description="to the repository")


class File(Part):
    """A changed file."""

    short: ClassVar[str] = "path"
    path: Name = Field(description="in the repository")
    change: Change = Field("modified", description="what was done to it")
    lines: int | None = Field(
        None, ge=0, description="added and removed; counted from the patch where left out"
    )
    patch: str | None = Field(
        None,
        description="the unified diff; without a `@@` line it stands at the top of the file, in a "
        "changelog under `[Unreleased]`. Left out: one line is changed there; "
        "empty: the forge shows none",
    )


class Commit(Part):
    """A commit of the pull request."""

    short: ClassVar[str] = "message"
    message: str = Field(description="its first line is the subject")
    author: Person | None = Field(None, description="the subject's where left out")
    parents: int = Field(1, ge=0, le=100, description="2 for a merge")
    name: str = Field("", description="of its author, as git has it")
    email: str = Field("", description="of its author, as git has it")


class Review(Part):
    """A review."""

    short: ClassVar[str] = "author"
    author: Person = Field(description="who reviewed")
    state: Annotated[ReviewState, BeforeValidator(_lower)] = Field(
        "approved", description="what it says"
    )
    at: Before = Field("-10m", description="when")


class Thread(Part):
    """A discussion on a line of the change."""

    short: ClassVar[str] = "resolved"
    resolved: bool = Field(False, description="whether the discussion is")
    outdated: bool = Field(False, description="the line is gone since")


class Check(Part):
    """A check run or commit status on the head commit."""

    short: ClassVar[str] = "name"
    name: Name = Field(description="of the check run or status")
    conclusion: Conclusion = Field("success", description="GitHub's word")


class Said(Part):
    """A comment."""

    short: ClassVar[str] = "body"
    body: str = Field(description="what it says")
    author: Person | None = Field(None, description="the subject's where left out")
    at: Before = Field("-10m", description="when")
    edited: bool = Field(False, description="a minute later")


class Issue(Part):
    """An issue that the pull request names."""

    short: ClassVar[str] = "number"
    number: int = Field(ge=1, description="in this repository")
    title: str = Field("", description="of the issue")
    open: bool = Field(True, description="whether it is")
    labels: tuple[Name, ...] = Field((), description="on it")


class Alike(Part):
    """An issue of the product that says much the same."""

    short: ClassVar[str] = "number"
    number: int = Field(ge=1, description="of the issue")
    title: str = Field("Et issue, der ligner", description="of the issue")
    score: float = Field(0.95, ge=0, le=1, description="how much alike")


class Guess(Part):
    """What the trained classifier makes of title and body."""

    short: ClassVar[str] = "concept"
    concept: Literal["type.bug", "type.feature", "type.documentation", "type.question"] = Field(
        description="the type it is sure of"
    )
    confidence: float = Field(0.95, ge=0, le=1, description="how sure")


class SubjectPart(Part):
    """An issue or a pull request. The keys from `branch` on are a pull request's alone."""

    kind: Literal["issue", "pull_request"] = Field("issue", description="which of the two")
    number: int = Field(7, ge=1, description="in the repository")
    title: str = Field("Kalenderen", description="as its author wrote it")
    body: str = Field("", description="Markdown")
    author: Person = Field(Person(login="ida"), description="who opened it")
    labels: tuple[Name, ...] = Field((), description="on it now")
    open: bool = Field(True, description="whether it is")
    state_reason: Literal["completed", "not_planned", "duplicate", "reopened"] | None = Field(
        None, description="why it was closed"
    )
    locked: bool = Field(False, description="whether the conversation is")
    created: Before = Field("-1h", description="when; a moment or a time before `now`")
    updated: Before = Field("-1h", description="when last")
    issue_type: str = Field("", description="the organisation's own type of issue")
    comments: tuple[Said, ...] = Field((), description="oldest first")
    near: tuple[Alike, ...] = Field((), description="issues that say much the same")
    classified: Guess | None = Field(None, description="by the trained classifier")
    branch: Name = Field("feature/kalender", description="of the change")
    base: Name | None = Field(None, description="the default branch where left out")
    draft: bool = Field(False, description="whether it is")
    merged: bool = Field(False, description="whether it is")
    from_fork: bool = Field(False, description="the branch is in another repository")
    files: tuple[File, ...] = Field((), description="that it changes")
    files_cut: bool = Field(False, description="more are changed than the forge lists")
    commits: tuple[Commit, ...] | None = Field(
        None, description="oldest first; one with the title as its message where left out"
    )
    additions: int | None = Field(None, ge=0, description="lines; counted from the patches")
    deletions: int | None = Field(None, ge=0, description="lines; counted from the patches")
    reviews: tuple[Review, ...] = Field((), description="oldest first")
    threads: tuple[Thread, ...] = Field((), description="discussions on lines of the change")
    checks: tuple[Check, ...] = Field((), description="of the head commit")
    linked: tuple[Issue, ...] | None = Field(
        None,
        description="issues it names that exist; where left out, every one that title, body and "
        "branch name",
    )
    changelogs: Mapping[Name, str] = Field(
        {}, description="path to text of changelogs it changes, as it would leave them"
    )

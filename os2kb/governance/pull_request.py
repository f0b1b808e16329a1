"""What a pull request has beyond its conversation."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from os2kb.governance.people import Account

Change = Literal["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]
ReviewState = Literal["approved", "changes_requested", "commented", "dismissed", "pending"]


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of a pull request.

    Attributes:
        patch: a unified diff; None where the forge leaves it out, as for large or binary files.
        lines: added and removed; None where the forge did not say.
        previous: where a renamed file was.
    """

    path: str
    change: Change
    patch: str | None = None
    lines: int | None = None
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a pull request. `author` is None where its address belongs to no account."""

    sha: str
    message: str
    author: Account | None
    parents: int = 1
    author_name: str = ""
    author_email: str = field(default="", repr=False)

    @property
    def subject(self) -> str:
        """The message's first line."""
        return self.message.partition("\n")[0].rstrip()

    @property
    def is_by_bot(self) -> bool:
        """Whether a bot wrote it; the forge gives a bot's commit no account, only its name."""
        known = self.author is not None and self.author.is_bot
        return known or self.author_name.endswith("[bot]")


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted review; pending and dismissed ones as such."""

    author: Account
    state: ReviewState
    at: datetime
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A discussion on a line of the change. `outdated`: the line is gone since."""

    resolved: bool
    outdated: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check run or a commit status on the head commit; our own are left out.

    `conclusion` is GitHub's word (`success`, `failure`, `neutral`, …), None while it runs.
    """

    name: str
    conclusion: str | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """An issue in the same repository that a pull request names."""

    number: int
    title: str = ""
    open: bool = True
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What a pull request has beyond its conversation. None is what no rule in force needed.

    Attributes:
        files_cut: the forge listed no more than a part of the changed files.
        commits: oldest first; `commits_cut` where the forge listed only a part.
        from_fork: the branch is in another repository, which may be gone.
        updated_at: of the pull request itself, which can move without its conversation.
    """

    head_branch: str
    head_sha: str
    base_branch: str
    draft: bool
    merged: bool
    files: tuple[ChangedFile, ...]
    commits: tuple[Commit, ...] | None = None
    commits_cut: bool = False
    files_cut: bool = False
    updated_at: datetime | None = None
    additions: int = 0
    deletions: int = 0
    from_fork: bool = False
    reviews: tuple[Review, ...] | None = None
    threads: tuple[Thread, ...] | None = None
    checks: tuple[CheckResult, ...] | None = None

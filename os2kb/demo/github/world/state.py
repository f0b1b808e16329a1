"""What the demo GitHub remembers, noun by noun: the parts of its one mutable world.

Ids are drawn from one counter; times are whole seconds in UTC, as GitHub's are.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

ROLES = ("none", "read", "triage", "write", "maintain", "admin")
"""A person's roles on a repository, weakest first."""


@dataclass(slots=True)
class Account:
    """A person, an organisation or the app's bot."""

    id: int
    login: str
    kind: Literal["User", "Organization", "Bot"]
    name: str
    email: str = ""
    created_at: datetime = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Label:
    """A repository's label. `color` is six hexadecimal digits."""

    id: int
    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass(slots=True)
class Milestone:
    """What issues are planned for."""

    id: int
    number: int
    title: str


@dataclass(slots=True)
class Reaction:
    """One person's reaction to a comment."""

    id: int
    user: Account
    content: str
    at: datetime


@dataclass(slots=True)
class Comment:
    """A conversation comment."""

    id: int
    author: Account
    body: str
    created_at: datetime
    updated_at: datetime
    reactions: list[Reaction] = field(default_factory=list)
    minimized: bool = False


@dataclass(slots=True)
class Discussion:
    """A discussion, with the comment that was marked as its answer."""

    number: int
    title: str
    body: str
    author: Account
    category: str
    created_at: datetime
    updated_at: datetime
    labels: list[str] = field(default_factory=list)
    answer: Comment | None = None


@dataclass(slots=True)
class Event:
    """Something that happened to an issue. `label` is name and colour at that moment."""

    id: int
    kind: str
    actor: Account
    at: datetime
    label: tuple[str, str] | None = None
    rename: tuple[str, str] | None = None
    assignee: Account | None = None
    reason: str | None = None
    comment: Comment | None = None
    review: "Review | None" = None
    commit: str | None = None
    milestone: str = ""


@dataclass(slots=True)
class ReviewComment:
    """A remark on a line of a pull request."""

    id: int
    author: Account
    path: str
    line: int
    body: str
    at: datetime
    resolved: bool = False


@dataclass(slots=True)
class Review:
    """A person's verdict on a pull request at a commit."""

    id: int
    author: Account
    state: str
    body: str
    commit: str
    at: datetime
    comments: list[ReviewComment] = field(default_factory=list)


@dataclass(slots=True)
class Pull:
    """What a pull request has beyond its issue. `closed_head` and `closed_base` freeze it.

    `from_fork` is the whole of a fork here: a branch that is said to be in one, since deleted.
    """

    id: int
    head: str
    base: str
    draft: bool = False
    merged_at: datetime | None = None
    merged_by: Account | None = None
    merge_commit: str | None = None
    closed_head: str | None = None
    closed_base: str | None = None
    from_fork: bool = False
    reviews: list[Review] = field(default_factory=list)


@dataclass(slots=True)
class Issue:
    """An issue, or a pull request's conversation where `pull` is set.

    `moved_to` is repository and number of what a transfer made of it.
    """

    id: int
    number: int
    title: str
    body: str | None
    author: Account
    created_at: datetime
    updated_at: datetime
    state: Literal["open", "closed"] = "open"
    state_reason: str | None = None
    locked: bool = False
    lock_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: Account | None = None
    deleted: bool = False
    moved_to: tuple[int, int] | None = None
    labels: list[Label] = field(default_factory=list)
    assignees: list[Account] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    pull: Pull | None = None
    milestone: Milestone | None = None
    columns: list[str] = field(default_factory=list)

    @property
    def is_here(self) -> bool:
        """Whether it was neither deleted nor transferred."""
        return not self.deleted and self.moved_to is None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with its whole tree, path to bytes."""

    sha: str
    tree: dict[str, bytes]
    message: str
    author: Account
    at: datetime
    parents: tuple[str, ...]


@dataclass(slots=True)
class CheckRun:
    """A check on a commit; `output` and `annotations` are as the app wrote them.

    `app` is another app's id; 0 where it is ours.
    """

    id: int
    suite: int
    name: str
    head_sha: str
    status: str
    conclusion: str | None
    started_at: datetime
    completed_at: datetime | None
    external_id: str = ""
    details_url: str | None = None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[dict[str, object]] = field(default_factory=list)
    app: int = 0


@dataclass(frozen=True, slots=True)
class CommitStatus:
    """What someone's own service says about a commit, in the way older than checks."""

    id: int
    sha: str
    context: str
    state: Literal["error", "failure", "pending", "success"]
    creator: Account
    at: datetime
    description: str | None = None
    target_url: str | None = None


@dataclass(slots=True)
class Repository:
    """A repository. Labels are keyed by their name in lower case, as GitHub compares them."""

    id: int
    owner: Account
    name: str
    private: bool
    description: str | None
    default_branch: str
    created_at: datetime
    updated_at: datetime
    pushed_at: datetime
    archived: bool = False
    former_names: list[str] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    milestones: list[Milestone] = field(default_factory=list)
    collaborators: dict[str, str] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    discussions: list[Discussion] = field(default_factory=list)
    commits: dict[str, Commit] = field(default_factory=dict)
    trees: dict[str, dict[str, bytes]] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    protected: set[str] = field(default_factory=set)
    checks: dict[int, CheckRun] = field(default_factory=dict)
    statuses: list[CommitStatus] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        """`owner/name`."""
        return f"{self.owner.login}/{self.name}"

"""Facts: an immutable snapshot of a subject, gathered by observe so that rules need no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Literal

from index.passages import Citation, Language
from os2kb.answers.answer import Answer
from os2kb.decisions.lint.change import LogChange
from os2kb.governance.learned import Classified, Near
from os2kb.governance.reading.forms import Form
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.ticket import LinkedTicket, NamedTicket
from os2kb.policy.problem import PolicyProblem
from os2kb.subjects import Subject

Turn = Literal[
    "closed", "reopened", "assigned", "unassigned", "milestoned", "demilestoned", "transferred"
]
Change = Literal["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]
ReviewState = Literal["approved", "changes_requested", "commented", "dismissed", "pending"]


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
    """Someone who acts on the forge.

    Attributes:
        is_self: this bot's own account.
        association: to the repository, as GitHub says it (`MEMBER`, `FIRST_TIME_CONTRIBUTOR`, …);
            empty where it was not told. https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
    """

    login: str
    is_bot: bool = False
    is_self: bool = False
    association: str = ""


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
class TurnEvent:
    """The subject took another turn: closed, given to somebody, planned, the reverse, or moved.

    Attributes:
        assignee: to or from whom; None for the other turns.
    """

    turn: Turn
    actor: Account
    at: datetime
    assignee: Account | None = None


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


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything decide may know about a subject.

    Attributes:
        state_reason: `completed`, `not_planned`, `reopened`, `duplicate` or empty.
        history: label events, oldest first.
        turns: the other events that a clock counts, oldest first.
        written_before: hashes of those of our comments that stand as we once wrote them, here or
            where the subject was moved from; known of what was moved.
        roles: login to role, for the authors of comments that hold a command.
        teams: login to the teams, `organisation/team` in lower case, that they belong to; of teams
            that decide whether a command may be given.
        citations: rule id to the guideline paragraph the rule rests on, where one was found.
        guidelines: address of the guidelines as they are now; empty where none can be read.
        answers: comment id to the answer composed for its `/os2 ask`.
        offered: what the public documents say to the question that a new issue asks.
        linked: issues in this repository that the pull request's title, body or branch names and
            that exist as issues.
        changelogs: path to text of the changelogs that the pull request changes, as it would leave
            them.
        templates: path to text of the repository's pull request templates.
        rights: path to text of the file that says who transferred their rights to the product.
        forms: the repository's issue forms.
        near: issues that say much the same, nearest first.
        classified: what the trained classifier makes of title and body.
        ticket: the ticket it is linked to; None for none.
        named_tickets: key to ticket, of those that commands name.
        messages: how many messages anybody got today, of those whom there is something to tell.
        checks_again: somebody asked for our checks to be made again, though they say what is so.
        wordings: path to text of the repository's own wordings, as `.github/os2kb/da/welcome.md`.
        proposed_wordings: those that this pull request would put in place, None for one that
            cannot be read.
        log_change: what this pull request would change of the decision log that lives here.
        policy_problems: of the Policy in force; not empty means nothing is acted on here.
        problems_told: the same, without what not everyone who reads here may read.
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
    turns: tuple[TurnEvent, ...] = ()
    pull_request: PullRequest | None = None
    receipts: tuple[Receipt, ...] = ()
    written_before: frozenset[str] = frozenset()
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    teams: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    citations: Mapping[str, Citation] = field(default_factory=lambda: MappingProxyType({}))
    guidelines: str = ""
    answers: Mapping[int, Answer] = field(default_factory=lambda: MappingProxyType({}))
    offered: Answer | None = None
    linked: tuple[Linked, ...] = ()
    changelogs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    templates: Mapping[str, str] | None = None
    rights: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    forms: tuple[Form, ...] | None = None
    near: tuple[Near, ...] | None = None
    classified: Classified | None = None
    ticket: LinkedTicket | None = None
    named_tickets: Mapping[str, NamedTicket] = field(default_factory=lambda: MappingProxyType({}))
    messages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    checks_again: bool = False
    language: Language = "da"
    wordings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    proposed_wordings: Mapping[str, str | None] = field(
        default_factory=lambda: MappingProxyType({})
    )
    log_change: LogChange | None = None
    policy_problems: tuple[PolicyProblem, ...] = ()
    problems_told: tuple[PolicyProblem, ...] = ()
    proposed_policy_problems: tuple[PolicyProblem, ...] | None = None

    @property
    def moved_at(self) -> datetime | None:
        """When it was last moved here from another repository; None where it was opened here."""
        return max((one.at for one in self.turns if one.turn == "transferred"), default=None)

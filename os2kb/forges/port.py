"""The port every forge adapter implements, in the project's words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from index.passages import Language
from os2kb.forges.answers import Discussion, Reply
from os2kb.forges.failures import (
    Forbidden,
    ForgeError,
    Moved,
    NotFound,
    NotText,
    RateLimited,
    Rejected,
    Unavailable,
)
from os2kb.forges.logs import Logs
from os2kb.forges.scene import Details, File, Scene, Wanted
from os2kb.governance.actions import PutReview, SetCheck
from os2kb.governance.facts import (
    Account,
    ChangedFile,
    Comment,
    LabelEvent,
    Repository,
    Role,
    TurnEvent,
)

Changeable = Literal["title", "description", "status", "assignee", "fixVersion"]
"""What can be changed of an issue, by the names that the Policy has for it.

A `status` is a `State`, an `assignee` a login, a `fixVersion` the title of a milestone.
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """An issue or pull request as read from the forge, before our own knowledge is added.

    Attributes:
        assignees: the logins of those it is given to.
        closed_at: None for an open one.
        milestone: its title; empty for none.
    """

    number: int
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
    is_pull_request: bool
    issue_type: str = ""
    has_comments: bool = True
    assignees: tuple[str, ...] = ()
    milestone: str = ""
    closed_at: datetime | None = None


EntryKind = Literal["file", "folder", "link"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a folder of a repository.

    Attributes:
        path: from the repository's root.
        kind: `link` for whatever is neither a file nor a folder of its own.
        sha: another one when the content changes.
        size: of a file, in bytes.
    """

    path: str
    kind: EntryKind
    sha: str
    size: int


class History(NamedTuple):
    """What was done to a conversation, oldest first."""

    labels: tuple[LabelEvent, ...]
    turns: tuple[TurnEvent, ...]


class WholeIssue(NamedTuple):
    """An issue with all that was said and done in it, as the forge tells each by itself."""

    conversation: Conversation
    comments: tuple[Comment, ...]
    history: History


class Forge(Protocol):
    """Reads and writes of one forge. Synchronous: call it from a thread.

    Every method may raise ForgeError. Writes look before they write, so that calling one twice
    leaves one effect; they never retry blindly.
    """

    @property
    def logs(self) -> Logs:
        """Its decision logs."""

    def repository(self, full_name: str) -> Repository:
        """The repository of that name, with its existing labels."""

    def conversation(self, repository: Repository, number: int) -> Conversation:
        """The issue or pull request of that number."""

    def comments(self, repository: Repository, number: int) -> tuple[Comment, ...]:
        """Its conversation comments, oldest first."""

    def history(self, repository: Repository, number: int) -> History:
        """What was done to its labels, and the turns that it took. One read a page."""

    def scene(self, full_name: str, number: int = 0) -> Scene:
        """The repository of that name now, and the pull request of that number. One read."""

    def changed_files(
        self, repository: Repository, number: int
    ) -> tuple[tuple[ChangedFile, ...], bool]:
        """The files a pull request changes, and whether there are more than the forge lists."""

    def details(self, repository: Repository, number: int, wanted: Wanted) -> Details:
        """What else is wanted of a subject and its repository. One read, and one a further page."""

    def file(self, full_name: str, path: str, commit: str = "") -> File | None:
        """A text file of a repository; None where there is none. NotText where it cannot be read.

        Without a commit it is read where the default branch is now.
        """

    def listing(self, full_name: str, path: str) -> tuple[Entry, ...]:
        """What a folder holds where the default branch is now; of a file, itself alone.

        Names beyond those that the forge lists (GitHub: 1,000) are left out. An empty path is the
        repository's root. NotFound where nothing stands there.
        """

    def content(self, full_name: str, path: str) -> bytes:
        """A file's bytes where the default branch is now.

        NotFound where there is none, NotText where it is over 1 MB or no file.
        """

    def role(self, repository: Repository, login: str) -> Role:
        """A person's role on the repository; NONE for those it does not know."""

    def conversations(
        self, repository: Repository, since: datetime | None = None
    ) -> Iterator[Conversation]:
        """Its issues and pull requests, newest first: the open ones.

        Since a moment: all that changed after it, also the closed ones.
        """

    def whole_issues(
        self, repository: Repository, numbers: Sequence[int]
    ) -> Mapping[int, WholeIssue]:
        """Many issues at once, in few reads, by their numbers.

        What is no issue here is left out, and so is one with very much in it: ask for that alone.
        """

    def in_team(self, repository: Repository, team: str, login: str) -> bool:
        """Whether a person belongs to a team, `organisation/team`, that we can see."""

    def in_organisation(self, repository: Repository, organisation: str, login: str) -> bool:
        """Whether a person is a member of an organisation; False where there is no such one."""

    def addresses(self, repository: Repository) -> Mapping[str, str]:
        """Login to e-mail of those who can be given issues there and show a verified address."""

    def reaches(self, repository: Repository, name: str) -> bool:
        """Whether a mention there of a person, or a team `organisation/team`, reaches anybody.

        Forbidden where we may not see who is in a team.
        """

    def labelled(self, repository: Repository, label: str) -> Iterator[Conversation]:
        """Every issue that carries a label, open or closed, oldest first; no pull requests."""

    def labelled_count(self, repository: Repository, label: str) -> tuple[int, datetime | None]:
        """How many these are, and when the last of them changed; None for none. One read."""

    def columns(self, repository: Repository, number: int) -> tuple[str, ...]:
        """The columns of projects that an issue stands in, as far as we may see them."""

    def issues_in(self, repository: Repository, column: str) -> Iterator[int]:
        """The numbers of the open issues that stand in a column of that name."""

    def replies(self, repository: Repository, number: int) -> tuple[Reply, ...]:
        """The comments on an issue, oldest first, with what tells whether they answer it."""

    def answered_discussions(self, repository: Repository) -> Iterator[Discussion]:
        """Every discussion in which an answer was marked, oldest first."""

    def add_label(self, repository: Repository, number: int, label: str) -> bool:
        """Put an existing label on; False where it was there. NotFound where it does not exist."""

    def remove_label(self, repository: Repository, number: int, label: str) -> bool:
        """Take a label off; False where it was already gone."""

    def change(
        self, repository: Repository, number: int, field: Changeable, value: str, expects: str
    ) -> bool:
        """Make a field of an issue say a value, where it says that or what is expected.

        Of several assignees only those two are looked at. False where it says something else by
        now: nothing is written then. Rejected where there is no such person or milestone.
        """

    def put_comment(
        self,
        repository: Repository,
        number: int,
        marker: str,
        body: str,
        known_id: str = "",
        expects: str | None = None,
    ) -> str:
        """Create or edit our one comment that carries the marker; returns its id.

        Where it says neither that nor what is expected, somebody edited it: nothing is written, and
        no id returned. None expects nothing.

        `known_id` is the id the ledger remembers. Where it is empty our own comments are searched
        for the marker first, so that a write whose answer was lost is found again. NotFound where
        the known comment is gone: a person deleted it.
        """

    def put_issue(
        self, repository: Repository, marker: str, title: str, body: str, known: str = ""
    ) -> str:
        """Create or edit our one issue whose text opens with the marker; returns its number.

        `known` is the number that the ledger remembers; where it is empty our own open issues are
        searched first. Rejected where a person has closed it: nobody wants it any more.
        """

    def put_review(self, repository: Repository, number: int, review: PutReview) -> str:
        """Make or edit suggestions on lines; returns the id of the review, empty for none made.

        A suggestion is found again by its marker. One that is known and gone stays gone. Rejected
        where a line is not part of the difference.
        """

    def delete_comment(
        self, repository: Repository, comment_id: str, expects: str | None = None
    ) -> bool:
        """Delete a comment of ours; False where it was gone, or says what is not expected."""

    def react(self, repository: Repository, comment_id: int, content: str) -> str:
        """React to a comment, once for each kind (`-1`, `+1`, …); returns the reaction's id."""

    def set_check(
        self, repository: Repository, number: int, check: SetCheck, language: Language
    ) -> str:
        """Create or update our check run of that name on that commit; returns its id.

        Where the commit is also that of other open pull requests, the check is green only once it
        is for each of them. One call after the other: see `os2kb.store.locks.turn`.
        """


__all__ = [
    "Account",
    "ChangedFile",
    "Conversation",
    "Discussion",
    "File",
    "Forbidden",
    "Forge",
    "ForgeError",
    "History",
    "Moved",
    "NotFound",
    "NotText",
    "RateLimited",
    "Rejected",
    "Reply",
    "Unavailable",
    "WholeIssue",
]

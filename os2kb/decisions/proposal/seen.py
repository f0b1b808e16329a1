"""What is seen of a log, and of the one proposal that may be made of an issue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry, Format

State = Literal["open", "closed", "merged"]
Opinion = Literal["approved", "changes_requested", "dismissed"]
MOST_FILES = 300
"""Of a proposal that are read; ours hold fewer, so that we see what they say."""


@dataclass(frozen=True, slots=True)
class Home:
    """The repository that a log lives in, as it is now.

    Attributes:
        id: numeric, and stays when it is renamed.
        branch: the default one.
        head: the commit that it is at; empty where nothing was committed yet.
    """

    id: int
    full_name: str
    branch: str
    head: str
    url: str
    private: bool = False
    archived: bool = False

    def address(self, path: str) -> str:
        """Where people read a file of the log."""
        return f"{self.url}/blob/{self.branch}/{path}"


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody last said of a proposal.

    Attributes:
        commit: the one that was looked at.
        may_write: they may write in the log's repository, and are no bot.
    """

    login: str
    opinion: Opinion
    commit: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A branch for a decision, and our newest pull request from it.

    Attributes:
        head: the commit that the branch is at, or was when it was merged; empty for no branch.
        number: 0 where there is none.
        closed_at: also of one that was merged.
        merged_by: a login.
        commit: the one that merged it.
        files: the text of each file that it changes; None for one that it removes.
        reviews: the last opinion of each; where it was merged, the last before that.
        later: the last of each since then.
        writers: who else than we put commits on its branch; merges aside.
        mergers: who else merged into its branch; a merge may have changed anything on the way.
    """

    branch: str
    head: str = ""
    number: int = 0
    state: State = "open"
    url: str = ""
    title: str = ""
    body: str = ""
    closed_at: datetime | None = None
    merged_by: str = ""
    commit: str = ""
    files: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    reviews: tuple[Review, ...] = ()
    later: tuple[Review, ...] = ()
    writers: frozenset[str] = frozenset()
    mergers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Log:
    """A decision log, as far as one issue's decision has to do with it.

    Attributes:
        path: the folder, or the page that holds them all.
        entries: those on the default branch.
        proposal: of this issue.
        taken: numbers that were given to decisions of other issues.
        texts: files of the log whose text is needed.
        paths: all of its files on the default branch, also those that hold no decision.
    """

    home: Home
    path: str
    format: Format
    entries: tuple[Entry, ...] = ()
    proposal: Proposal = field(default_factory=lambda: Proposal(""))
    taken: frozenset[int] = frozenset()
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    paths: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Made:
    """A decision was made in an issue.

    Attributes:
        by: the login of whoever proposes it; empty where that is not known.
        text: what was decided, where a command said it; empty where the issue does.
    """

    by: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The issue that a decision is made in.

    Attributes:
        name: `owner/repo#42`.
        deciders: who decides where the issue does not say it.
        product: empty where the log is of one product only.
    """

    repository_id: int
    name: str
    number: int
    title: str
    body: str
    url: str
    deciders: tuple[str, ...] = ()
    product: str = ""

    @property
    def repository(self) -> str:
        """`owner/repo`."""
        return self.name.partition("#")[0]


def branch_of(repository_id: int, number: int) -> str:
    """The branch of an issue's decision; a repository keeps its number when it is renamed."""
    return f"beslutning/{repository_id}-{number}"


def entry_for(log: Log, name: str, path: str) -> Entry | None:
    """The entry of an issue on the default branch: the file that we proposed, else the newest."""
    ours = [one for one in log.entries if one.path == path and path]
    if len(ours) == 1:
        return ours[0]
    named = [one for one in log.entries if same_issue(one.decision, name)]
    return max(named, key=lambda one: (str(one.decision.date or ""), one.path), default=None)


def same_issue(decision: Decision, name: str) -> bool:
    """Whether a decision names an issue as its own."""
    return decision.issue.casefold() == name.casefold()

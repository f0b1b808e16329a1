"""What observe reads of a forge at once, so that a subject costs few reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from os2kb.governance.facts import (
    CheckResult,
    Commit,
    Linked,
    PullRequest,
    Repository,
    Review,
    Thread,
)

Part = Literal["commits", "reviews", "threads", "checks"]
"""What a pull request has in lists of its own."""


class At(NamedTuple):
    """A path of a repository at a commit: what stands there never changes."""

    full_name: str
    commit: str
    path: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a repository. `url` is pinned to the commit it was read at, if one was named."""

    path: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something stands at the path, but no text: it is binary, too large, or no file."""

    path: str


Text = File | Unreadable | None
"""What stands at a path; None where nothing does."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, by the names of the files in it; it may hold thousands."""

    path: str
    names: tuple[str, ...]


Document = Text | Folder
"""What stands at a path where a folder is welcome, too."""


class Elsewhere(NamedTuple):
    """Documents that are wanted of another repository.

    `commit` is the one to read them at; empty for where its default branch is now.
    """

    full_name: str
    paths: tuple[str, ...]
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """Where the default branch of another repository is.

    Attributes:
        full_name: as it is called now.
        branch: its name.
        head: the commit; empty where nothing is there that we may see.
    """

    full_name: str
    private: bool = True
    url: str = ""
    branch: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A repository as it stands now, and the pull request in question.

    Attributes:
        head: the commit that the default branch is at; empty where nothing was committed yet.
        policy: the repository's own Policy file at that commit.
        organisation_head: the same of its organisation's `.github` repository; empty where there
            is none, or none that we may see.
        organisation_policy: the Policy file there.
        organisation_private: not everyone may see what stands there.
        pull: without its files and lists; None for an issue, and for what is not there.
    """

    repository: Repository
    head: str
    policy: Text = None
    organisation_head: str = ""
    organisation_policy: Text = None
    organisation_private: bool = False
    pull: PullRequest | None = None

    @property
    def organisation(self) -> str:
        """The full name of the organisation's `.github` repository."""
        return organisation_of(self.repository.full_name)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What else is to be read.

    Attributes:
        parts: lists of the pull request.
        issues: numbers of issues to look up.
        files: in the repository or in its organisation's `.github`.
        folders: whose files are wanted, without those of folders in them.
        documents: in the repository; a file each, or a folder.
        elsewhere: in other repositories, each named once.
        templates: the pull request templates.
    """

    parts: frozenset[Part] = frozenset()
    issues: tuple[int, ...] = ()
    files: tuple[At, ...] = ()
    folders: tuple[At, ...] = ()
    documents: tuple[At, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    templates: bool = False

    def __bool__(self) -> bool:
        places = self.files or self.folders or self.documents or self.elsewhere
        return bool(self.parts or self.issues or places or self.templates)


@dataclass(frozen=True, slots=True)
class Details:
    """What was wanted; None, or absent, is what was not.

    A list that was cut is None too, but for the commits.

    Attributes:
        issues: those of the numbers that are issues here.
        documents: those wanted here and elsewhere; the latter at the commit that was named, or
            at that of its tip.
        tips: of the other repositories, by the name that they were asked for.
        templates: file name to text.
    """

    commits: tuple[Commit, ...] | None = None
    commits_cut: bool = False
    reviews: tuple[Review, ...] | None = None
    threads: tuple[Thread, ...] | None = None
    checks: tuple[CheckResult, ...] | None = None
    issues: tuple[Linked, ...] = ()
    files: Mapping[At, Text] = field(default_factory=lambda: MappingProxyType({}))
    folders: Mapping[At, tuple[File, ...]] = field(default_factory=lambda: MappingProxyType({}))
    documents: Mapping[At, Document] = field(default_factory=lambda: MappingProxyType({}))
    tips: Mapping[str, Tip] = field(default_factory=lambda: MappingProxyType({}))
    templates: Mapping[str, str] | None = None


def organisation_of(full_name: str) -> str:
    """Where an organisation keeps what holds for all of its repositories."""
    return f"{full_name.partition('/')[0]}/.github"

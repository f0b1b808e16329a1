"""The port of a decision log: its files, and the proposals to it, on a forge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

from os2kb.decisions.proposal.seen import Home, Proposal


@dataclass(frozen=True, slots=True)
class LogFiles:
    """Where a log lives, and the files of it on the default branch: path to id.

    A file keeps its id for as long as it says the same.
    """

    home: Home
    files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as it is to be.

    Attributes:
        expects: the commit that its branch is at; empty for no branch.
        files: path and text; None for a file that goes.
        retitle: also where there is a pull request already, which then gets title and body.
        reopens: a pull request that is closed is to be open again.
        anew: on top of the default branch as it is, so that nothing conflicts: what else the
            branch said goes. Also where it was merged before.
    """

    branch: str
    expects: str
    files: tuple[tuple[str, str | None], ...]
    message: str
    title: str
    body: str
    retitle: bool = True
    reopens: bool = False
    anew: bool = False


class Proposed(NamedTuple):
    """The pull request's number, and the commit that its branch is at."""

    number: int
    commit: str


class Logs(Protocol):
    """Reads of logs, and writes of proposals. Synchronous, as the forge; may raise ForgeError.

    Nothing is written to a default branch, approved or merged.
    """

    def files(self, full_name: str, path: str) -> LogFiles:
        """The files of a folder, and of those in it, or the one page. One read."""

    def texts(self, full_name: str, ids: Sequence[str]) -> Mapping[str, str | None]:
        """Files by their ids; None for what is no text of at most 512 KB. One read for 100."""

    def at(self, full_name: str, commit: str, paths: Sequence[str]) -> Mapping[str, str | None]:
        """Files by their paths, at a commit; None for what is not there, or no such text."""

    def proposal(self, home: Home, branch: str) -> Proposal:
        """The branch, and our newest pull request from it, with what people said of it."""

    def propose(self, home: Home, draft: Draft) -> Proposed:
        """Branch, one commit of all files and pull request, as far as they are not there yet.

        Rejected where the branch is not where it was expected: somebody pushed to it; or where
        somebody closed the pull request, and it is not to be open again.
        """

    def close(self, home: Home, number: int) -> bool:
        """Close a pull request of ours; False where it was closed."""

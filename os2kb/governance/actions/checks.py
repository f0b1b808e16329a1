"""What may be said of a commit."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from os2kb.governance.actions.accountable import Accountable
from os2kb.governance.ledger.marks import unpinned

Level = Literal["failure", "warning"]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark on one line of a file in a pull request."""

    path: str
    line: int
    message: str
    level: Level = "failure"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A pull request in another repository than the subject's."""

    repository_id: int
    full_name: str
    number: int


@dataclass(frozen=True, slots=True)
class SetCheck(Accountable):
    """Set a check run on a pull request's head commit.

    Attributes:
        on: the pull request, where it is another than the subject.
    """

    name: str
    head_sha: str
    conclusion: Literal["success", "neutral", "failure", "action_required"]
    title: str
    summary: str
    annotations: tuple[Annotation, ...] = ()
    on: Elsewhere | None = None

    @property
    def key(self) -> str:
        """Identity within the subject's ledger: one check per name and commit."""
        return f"check:{self.name}:{self.head_sha}"

    @property
    def content(self) -> str:
        """A hash of what the check says, but for the commits that its quotes are pinned to."""
        said = repr((self.conclusion, self.title, unpinned(self.summary), self.annotations))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

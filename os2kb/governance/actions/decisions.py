"""What may be written to a decision log: a proposal, and that it is withdrawn."""

from dataclasses import dataclass
from hashlib import sha256

from os2kb.decisions.proposal.seen import Home
from os2kb.governance.actions.accountable import Accountable

PROPOSE = "decision:propose"
WITHDRAW = "decision:withdraw"
BECAUSE = "decision"
WITHDRAWN = "withdrawn"
"""Marker of the comment on a pull request that says why we closed it."""


@dataclass(frozen=True, slots=True)
class Propose(Accountable):
    """A branch, one commit and a pull request that say this. The inverse is Withdraw.

    Attributes:
        home: where the log lives.
        branch: one for each decision.
        expects: the commit that the branch is at; empty for no branch.
        files: path and text, the decision's own first; None for a file that goes.
        message: of the commit.
        retitle: also where there is a pull request, whose title and body nobody edited.
        reopens: the pull request was seen closed, and is to be open again.
        anew: on top of the default branch as it is; see `Draft`.
        own: a digest of the decision, where its file holds others, too.
    """

    home: Home
    branch: str
    expects: str
    files: tuple[tuple[str, str | None], ...]
    message: str
    title: str
    body: str
    retitle: bool = True
    reopens: bool = False
    anew: bool = False
    own: str = ""

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return PROPOSE

    @property
    def content(self) -> str:
        """What `Written` reads."""
        path, text = self.files[0]
        others = repr(self.files[1:])
        said = f"{self.title}\n{self.body}"
        files = digest(text or ""), digest(others)
        return "\n".join((path, *files, digest(said), self.expects, self.own))


@dataclass(frozen=True, slots=True)
class Withdraw(Accountable):
    """Close our pull request: the decision is not made any more, or was made elsewhere.

    Attributes:
        body: of our comment on it that says why, with its marker.
    """

    home: Home
    number: int
    body: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return WITHDRAW

    @property
    def content(self) -> str:
        """Which one."""
        return f"{self.home.full_name}#{self.number}"


def digest(text: str) -> str:
    """A hash of a text that git keeps as it is."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

"""PutReview: suggestions on lines of a pull request, which whoever may write takes with a click."""

from dataclasses import dataclass
from hashlib import sha256

from os2kb.governance.actions.accountable import Accountable


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One, on a line of a file as the pull request leaves it.

    Attributes:
        line: 1-based, and part of the difference.
        marker: of the remark, so that it is found again: `suggestion:…`; the same for as long as
            the line says the same.
        body: Markdown, with the line as it would have to be.
        known: we made it before. Where it is gone, somebody deleted it, and it stays so.
    """

    path: str
    line: int
    marker: str
    body: str
    known: bool = False

    @property
    def said(self) -> str:
        """What the ledger keeps of it."""
        return f"{self.marker}={sha256(self.body.encode('utf-8', 'replace')).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class PutReview(Accountable):
    """Make or edit suggestions; new ones come in one review, that neither approves nor objects.

    Attributes:
        head_sha: the commit whose lines they are on.
        body: what stands above them.
    """

    head_sha: str
    suggestions: tuple[Suggestion, ...]
    body: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return "review:suggestions"

    @property
    def content(self) -> str:
        """What each says, a word each."""
        return " ".join(one.said for one in self.suggestions)

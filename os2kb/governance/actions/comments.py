"""What may be done in a conversation."""

from dataclasses import dataclass

from os2kb.governance.actions.accountable import Accountable
from os2kb.governance.ledger.marks import stored_hash


@dataclass(frozen=True, slots=True)
class PutComment(Accountable):
    """Create our comment with this marker, or edit it in place where its text differs.

    Attributes:
        marker: `status`, `security`, `question`, `decision`, `conflict` or `reply:COMMENT-ID`;
            stands as an HTML comment in the text.
    """

    marker: str
    body: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"comment:{self.marker}"

    @property
    def content(self) -> str:
        """A hash of the text as a forge stores it."""
        return stored_hash(self.body)


@dataclass(frozen=True, slots=True)
class React(Accountable):
    """React to a comment with a thumb down. A forge keeps one reaction of a kind from each."""

    comment_id: int

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"reaction:{self.comment_id}"

    @property
    def content(self) -> str:
        """What is written."""
        return "-1"

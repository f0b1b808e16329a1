"""What is done in our own ledger: a note, and what was done that is taken back."""

from dataclasses import dataclass

from os2kb.governance.actions.accountable import Accountable
from os2kb.governance.receipts import Receipt

DONE = "done"
"""What is remembered of a comment whose commands were carried out."""


@dataclass(frozen=True, slots=True)
class Remember(Accountable):
    """Keep something in our own ledger; nothing is written to the forge.

    Attributes:
        name: `hold:…`, what a command says to leave alone, or which side a person chose;
            `command:COMMENT-ID`, that its commands were seen to; `decision:…`, what is known of it.
        value: of a hold, see `os2kb.governance.ledger.holds`.
    """

    name: str
    value: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return self.name

    @property
    def content(self) -> str:
        """What is kept."""
        return self.value


@dataclass(frozen=True, slots=True)
class Undo(Accountable):
    """Take back what an earlier action did, by its inverse, and mark its receipt as undone."""

    receipt: Receipt

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"undo:{self.receipt.action}"

    @property
    def content(self) -> str:
        """Which of the subject's Plans it belonged to."""
        return str(self.receipt.plan)

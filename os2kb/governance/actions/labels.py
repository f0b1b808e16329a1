"""What may be done to a label."""

from dataclasses import dataclass

from os2kb.governance.actions.accountable import Accountable


@dataclass(frozen=True, slots=True)
class AddLabel(Accountable):
    """Put an existing label on. Expects that it is absent; the inverse is RemoveLabel."""

    label: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"label:add:{self.label}"

    @property
    def content(self) -> str:
        """What is written."""
        return self.label


@dataclass(frozen=True, slots=True)
class RemoveLabel(Accountable):
    """Take off a label the ledger proves is ours. Expects that it is present."""

    label: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"label:remove:{self.label}"

    @property
    def content(self) -> str:
        """What is written."""
        return self.label

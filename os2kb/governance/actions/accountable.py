"""What every Action can account for: which one it is, what it writes, and why."""

from abc import ABC, abstractmethod
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountable(ABC):
    """Its receipt keeps the key, the content and the reason.

    Attributes:
        because: the id of the rule, or the command, that calls for it.
        asked: a person asked for it, and an observing bot may write it too: replies to commands
            that read, and the check on an edited Policy.
    """

    because: str
    asked: bool = False

    @property
    @abstractmethod
    def key(self) -> str:
        """Identity within the subject's ledger."""

    @property
    @abstractmethod
    def content(self) -> str:
        """What is written, or a hash of it."""

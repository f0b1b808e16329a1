"""Receipts: what the ledger remembers of an action."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["planned", "applied", "skipped", "undone"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The ledger's row for an action.

    Attributes:
        action: the action's key, for example `label:add:Bug` or `comment:reply:77`.
        content: what was written, as a hash where it is text; tells an edit from a repeat.
        reference: the forge's own id of what was written (a comment id), once known.
        because: the rule or command the action came from.
        note: why it was skipped or undone; empty otherwise.
    """

    action: str
    state: State
    because: str
    at: datetime
    content: str = ""
    reference: str = ""
    note: str = ""

"""Receipts: what the ledger remembers of an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

_WAIT = (
    *("tell:", "ticket:set:", "ticket:show:", "ticket:tell:"),
    *("carry:", "copy:", "retract:", "ticket:sync:"),
)
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
        plan: which of the subject's Plans it belongs to, counted from 1; 0 where nobody counted.
        asker: the login of whose commands it sees to; empty for what nobody asked, and once it is
            too old to matter.
        run: the run over many pairs that it was done in; 0 for none.
    """

    action: str
    state: State
    because: str
    at: datetime
    content: str = ""
    reference: str = ""
    note: str = ""
    plan: int = 0
    asker: str = ""
    run: int = 0


def next_plan(receipts: Sequence[Receipt]) -> int:
    """The number of the Plan that is applied now.

    One that was cut off is carried on with under its own number, so that it can be undone whole.
    What waits for a chat or a tracker cuts off nothing: it may wait for days.
    """
    last = max((one.plan for one in receipts), default=0)
    cut_off = any(
        one.plan == last and one.state == "planned" and not one.action.startswith(_WAIT)
        for one in receipts
    )
    return last if cut_off and last else last + 1

"""How and when an issue and its ticket were linked, as the ledger tells."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.receipts import Receipt

_LINKS = ("ticket:create:", "ticket:link:")


def made_by_us(facts: Facts) -> bool:
    """Whether we made the ticket for this issue."""
    last = _last(facts)
    return last is not None and last.action.startswith("ticket:create:")


def linked_from(facts: Facts, linked_at: datetime) -> datetime:
    """From when on the two belong together: from the command that linked them, where there was one.

    To the second, as a forge tells it: what was said in that very second counts.
    """
    last = _last(facts)
    plan = last.plan if last else 0
    carried_out = {one.action for one in facts.receipts if plan and one.plan == plan}
    said = (one.created_at for one in facts.comments if f"command:{one.id}" in carried_out)
    return min((*said, linked_at)).replace(microsecond=0)


def is_of_another(facts: Facts, action: str) -> bool:
    """Whether what we did under this key was done only while another ticket was linked."""
    ticket, done_to = "", set[str]()
    for one in facts.receipts:
        if one.state == "skipped":
            continue
        if one.action.startswith(_LINKS):
            ticket = one.reference  # none of one that was cut off: then nobody knows yet
        elif one.action == action:
            done_to.add(ticket)
    return bool(done_to) and ticket not in done_to


def _last(facts: Facts) -> Receipt | None:
    """The receipt of what linked them last."""
    done = (one for one in facts.receipts if one.state == "applied")
    return next((one for one in reversed([*done]) if one.action.startswith(_LINKS)), None)

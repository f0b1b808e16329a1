"""What our ledger keeps of an entry in the log: what it says, who let it in, and which commit."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from os2kb.decisions.approval import Approval
from os2kb.decisions.entry import Entry
from os2kb.governance.ledger.marks import latest
from os2kb.governance.receipts import Receipt

LOGGED = "decision:logged"
_BY, _LATER = "approved_by", "approved_later"


def noted_of(entry: Entry) -> dict[str, str]:
    """What an entry says; an issue is out of step where its log says something else now."""
    decision = entry.decision
    return {
        "number": decision.id,
        "path": entry.path,
        "title": decision.title,
        "status": decision.status,
        "said": decision.status_text,
        "day": decision.date.isoformat() if decision.date else "",
        "deciders": ", ".join(decision.deciders),
        "replaced_by": ", ".join(decision.superseded_by),
    }


def note_of(entry: Entry, log: int, approval: Approval, **more: str) -> str:
    """All that is kept of it.

    Args:
        entry: as it stands in the log.
        log: the id of the log's repository.
        approval: of the proposal that it came with; nobody's, where it was written by hand.
        more: who proposed and who merged it, and the commit.
    """
    said = {**noted_of(entry), "log": log, **more}
    who = {_BY: list(approval.by), _LATER: list(approval.later)}
    return json.dumps(said | who, ensure_ascii=False, sort_keys=True)


def last_note(receipts: Sequence[Receipt]) -> str:
    """What was kept last; empty for nothing."""
    found = latest(tuple(one for one in receipts if one.state == "applied"), LOGGED)
    return found.content if found else ""


def approval_in(note: Mapping[str, Any]) -> Approval | None:
    """Who had approved it, and who did later; None for an entry that came by no proposal of ours.

    Notes of the first weeks do not part the two, and tell of none.
    """
    if not note.get("commit") or _LATER not in note:
        return None
    return Approval(tuple(note[_BY]), tuple(note[_LATER]))

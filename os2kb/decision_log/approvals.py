"""Who let the entries of a log into it, as our ledger noted it when their proposals were merged."""

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Engine

from os2kb.decisions.entry import Entry
from os2kb.governance.decision_log.noted import LOGGED, approval_in
from os2kb.store import ledger


def with_approvals(
    database: Engine, repository_id: int, entries: Iterable[Entry]
) -> tuple[Entry, ...]:
    """The entries of a log in a repository, with what is known of who approved them."""
    notes = map(json.loads, ledger.latest_values(database, LOGGED).values())
    known = {
        (note["path"], note["number"]): approval
        for note in notes
        if note.get("log") == repository_id and (approval := approval_in(note))
    }
    return tuple(
        replace(one, approval=known[one.path, one.decision.id])
        if (one.path, one.decision.id) in known
        else one
        for one in entries
    )

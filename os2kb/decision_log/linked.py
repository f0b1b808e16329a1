"""An issue and the pull request that its decision is proposed in share one key.

And the public log is read again when our ledger has learned who let an entry into it.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from os2kb.decision_log.kept import ask_to_keep, following
from os2kb.governance.actions import Action
from os2kb.governance.decision_log.noted import LOGGED
from os2kb.governance.facts import Facts
from os2kb.store import names, wakes
from os2kb.subjects import Subject


def keep_together(database: Engine, facts: Facts, writes: Iterable[Action], now: datetime) -> None:
    """Have what is said of the proposal looked at with the issue: a review, a merge, a push.

    Args:
        writes: what was just done about the issue.
    """
    log = facts.log
    if log is None or facts.pull_request is not None:
        return
    ask_to_keep(database, log.home, log.path, now)
    if any(one.key == LOGGED for one in writes):
        wakes.bring_forward(database, following(log.home.id), now)
    if not log.proposal.number:
        return
    proposal = Subject(log.home.id, log.proposal.number, log.home.full_name)
    names.link(database, names.key_of(database, facts.subject.key), proposal.key)

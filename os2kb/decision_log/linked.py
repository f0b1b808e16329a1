"""An issue and the pull request that its decision is proposed in share one key."""

from datetime import datetime

from sqlalchemy import Engine

from os2kb.decision_log.kept import ask_to_keep
from os2kb.governance.facts import Facts
from os2kb.store import names
from os2kb.subjects import Subject


def keep_together(database: Engine, facts: Facts, now: datetime) -> None:
    """Have what is said of the proposal looked at with the issue: a review, a merge, a push."""
    log = facts.log
    if log is None or facts.pull_request is not None:
        return
    ask_to_keep(database, log.home, log.path, now)
    if not log.proposal.number:
        return
    proposal = Subject(log.home.id, log.proposal.number, log.home.full_name)
    names.link(database, names.key_of(database, facts.subject.key), proposal.key)

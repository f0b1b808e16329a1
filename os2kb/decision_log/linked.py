"""An issue and the pull request that its decision is proposed in share one key."""

from sqlalchemy import Engine

from os2kb.governance.facts import Facts
from os2kb.store import names
from os2kb.subjects import Subject


def keep_together(database: Engine, facts: Facts) -> None:
    """Have what is said of the proposal looked at with the issue: a review, a merge, a push."""
    log = facts.log
    if log is None or not log.proposal.number:
        return
    with database.begin() as connection:
        names.remember_repository(connection, "github", log.home.id, log.home.full_name)
    proposal = Subject(log.home.id, log.proposal.number, log.home.full_name)
    names.link(database, names.key_of(database, facts.subject.key), proposal.key)

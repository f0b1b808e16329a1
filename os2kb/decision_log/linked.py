"""An issue and the pull request that its decision is proposed in share one key.

And the public log is read again when our ledger has learned who let an entry into it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Engine

from os2kb.decision_log.kept import ask_to_keep, following, key_of_log
from os2kb.decision_log.of_issues import home_of, is_news, issue_log_of
from os2kb.governance.actions import Action
from os2kb.governance.decision_log.noted import LOGGED
from os2kb.governance.facts import Facts
from os2kb.policy.policy import Policy
from os2kb.store import names, wakes
from os2kb.store.decisions import every_log
from os2kb.subjects import Subject

_TOGETHER = timedelta(seconds=30)  # several issues of a log that change at once are read once


def keep_together(
    database: Engine, facts: Facts, policy: Policy, writes: Iterable[Action], now: datetime
) -> None:
    """Have what is said of the proposal looked at with the issue: a review, a merge, a push.

    Args:
        writes: what was just done about the issue.
    """
    _keep_issue(database, facts, policy, now)
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


def _keep_issue(database: Engine, facts: Facts, policy: Policy, now: datetime) -> None:
    """Have a log that consists of issues read again, where this one has changed since."""
    found = issue_log_of(policy.decisions)
    if found is None:
        return
    key = key_of_log(facts.repository.id, found.path)
    known = next((one.commit for one in every_log(database) if one.key == key), "")
    if is_news(facts, policy, known):
        ask_to_keep(database, home_of(facts.repository), found.path, now + _TOGETHER)

"""A log whose entries are the issues with a label (`decisions: {format: issues}`). Only read.

In the store it goes by its label, `github:201:#Beslutning`, where others go by their path. It is
as it was for as long as there are as many issues, none of them has changed, and the repository has
its name.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from types import MappingProxyType

from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.seen import Home
from os2kb.decisions.reading.issue import entry_of_issue
from os2kb.decisions.words import Status
from os2kb.forges.labelled import labelled_issue
from os2kb.forges.port import Forge
from os2kb.governance.actions.decisions import digest
from os2kb.governance.decision_log.made import is_itself_an_entry
from os2kb.governance.facts import Facts, Repository
from os2kb.governance.rules.text.vulnerability_cues import SUSPECTED, suspicion
from os2kb.logs import get_logger
from os2kb.policy.policy import Policy
from os2kb.policy.sections.decisions import Decisions

MOST_ISSUES = 5_000
"""That are read of one log, a hundred in each request; the oldest first."""
_READ_AS = 1  # another number where an issue is read otherwise: each log is then read anew
_MARK = "#"

log = get_logger()


@dataclass(frozen=True, slots=True)
class IssueLog:
    """Which issues are the log.

    Attributes:
        labels: the label of each status.
    """

    label: str
    labels: Mapping[Status, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def path(self) -> str:
        """What the log goes by in its repository."""
        return f"{_MARK}{self.label}"


def issue_log_of(section: Decisions | None) -> IssueLog | None:
    """The issues that a Policy names as the log; None where it is in files."""
    if section is None or section.format != "issues" or section.label is None:
        return None
    return IssueLog(section.label, dict[Status, str](section.statuses.items()))


def issue_log_at(path: str, section: Decisions | None) -> IssueLog | None:
    """The issues that a log of that path in the store is made of; None for a folder or a page.

    Args:
        path: of the log.
        section: of the Policy in force where it lives, which knows the labels of statuses.
    """
    if not path.startswith(_MARK):
        return None
    named = issue_log_of(section)
    return named if named and named.path == path else IssueLog(path.removeprefix(_MARK))


def home_of(repository: Repository) -> Home:
    """Where a log of issues lives."""
    at = repository
    return Home(at.id, at.full_name, at.default_branch, "", at.url, at.private, at.archived)


def mark_of(forge: Forge, repository: Repository, found: IssueLog) -> str:
    """Another one when anything of the log has changed: how many issues, and the latest change.

    Raises:
        ForgeError: it cannot be read now.
    """
    count, latest = forge.labelled_count(repository, found.label)
    read_as = _READ_AS, repository.full_name, sorted(found.labels.items())
    how = digest(json.dumps(read_as))[:8]
    return f"{how} {count} {_moment(latest) if latest else ''}"


def entries_of_issues(forge: Forge, repository: Repository, found: IssueLog) -> tuple[Entry, ...]:
    """The entries, the oldest issue first.

    Raises:
        ForgeError: they cannot be read now.
    """
    return tuple(entry for entry, _ in issues_with_texts(forge, repository, found))


def issues_with_texts(
    forge: Forge, repository: Repository, found: IssueLog
) -> Iterator[tuple[Entry, str]]:
    """The same, each with the text of its issue."""
    issues = list(islice(forge.labelled(repository, found.label), MOST_ISSUES + 1))
    if len(issues) > MOST_ISSUES:
        log.warning("log_of_issues_cut", log=repository.full_name, most=MOST_ISSUES)
    for one in issues[:MOST_ISSUES]:
        if suspicion(one.title, one.body) >= SUSPECTED:  # nothing of these is passed on
            continue
        if entry := entry_of_issue(labelled_issue(repository.full_name, one), found.labels):
            yield entry, one.body


def is_news(facts: Facts, policy: Policy, commit: str) -> bool:
    """Whether an issue that was just seen has changed since its log was read.

    Args:
        facts: of the issue.
        policy: in force where it is.
        commit: the mark of the log as it was read; empty for one that never was.
    """
    if not is_itself_an_entry(facts, policy, ever=True):
        return False
    return _moment(facts.updated_at) > commit.rpartition(" ")[2]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

"""Who an issue or pull request is given to."""

from collections.abc import Sequence

from os2kb.demo.github.changes.issues import note
from os2kb.demo.github.changes.payloads import announce_conversation
from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.world.state import Account, Issue, Repository
from os2kb.demo.github.world.world import GitHub

MOST = 10
"""More than these are not taken in."""


def assign(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, people: Sequence[Account]
) -> None:
    """Give it to people, besides those who have it."""
    for person in people:
        if person not in issue.assignees and len(issue.assignees) < MOST:
            issue.assignees.append(person)
            _tell(github, repository, actor, issue, "assigned", person)


def unassign(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, people: Sequence[Account]
) -> None:
    """Take it from people who have it."""
    for person in people:
        if person in issue.assignees:
            issue.assignees.remove(person)
            _tell(github, repository, actor, issue, "unassigned", person)


def _tell(
    github: GitHub,
    repository: Repository,
    actor: Account,
    issue: Issue,
    action: str,
    person: Account,
) -> None:
    note(github, issue, actor, action).assignee = person
    announce_conversation(github, repository, actor, issue, action, assignee=user(github, person))

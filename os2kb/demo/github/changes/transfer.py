"""Moving an issue to another repository, or to the discussions, which GitHub has on its pages.

https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository
"""

from dataclasses import replace

from os2kb.demo.github.changes.issues import close, lock, next_number, note
from os2kb.demo.github.changes.labels import find_label
from os2kb.demo.github.changes.payloads import announce
from os2kb.demo.github.shapes.issues import issue as issue_shape
from os2kb.demo.github.shapes.repositories import repository as repository_shape
from os2kb.demo.github.world.state import Account, Event, Issue, Repository
from os2kb.demo.github.world.world import GitHub


def convert_to_discussion(github: GitHub, home: Repository, actor: Account, issue: Issue) -> None:
    """Make a discussion of it: what is left is closed and locked.

    https://docs.github.com/en/rest/using-the-rest-api/issue-event-types#converted_to_discussion
    """
    close(github, home, actor, issue)
    note(github, issue, actor, "converted_to_discussion")
    lock(github, home, actor, issue, None)


def transfer_issue(
    github: GitHub, home: Repository, actor: Account, issue: Issue, target: Repository
) -> Issue:
    """Move it; its old address leads to the new one.

    Texts, people and times stay as they are, and so do labels of names that are known there. What
    GitHub does not promise is taken at its worst: comments and events have new ids.
    """
    comments = {one.id: replace(one, id=github.new_id(), reactions=[]) for one in issue.comments}

    def moved_event(one: Event) -> Event:
        comment = one.comment and comments[one.comment.id]
        return replace(one, id=github.new_id(), comment=comment)

    moved = replace(
        issue,
        id=github.new_id(),
        number=next_number(target),
        labels=[known for one in issue.labels if (known := find_label(target, one.name))],
        assignees=list(issue.assignees),
        comments=list(comments.values()),
        events=[moved_event(one) for one in issue.events],
    )
    target.issues[moved.number] = moved
    note(github, moved, actor, "transferred")
    issue.moved_to = (target.id, moved.number)
    to = {
        "new_issue": issue_shape(github, target, moved),
        "new_repository": repository_shape(github, target),
    }
    came_from = {
        "old_issue": issue_shape(github, home, issue),
        "old_repository": repository_shape(github, home),
    }
    announce(github, home, actor, "issues", "transferred", issue=issue, changes=to)
    announce(github, target, actor, "issues", "opened", issue=moved, changes=came_from)
    return moved

"""Issues and the conversation on them: what changes them, and who is told.

Everything here holds for pull requests too. `updated_at` moves as on GitHub: for labels, texts,
state, lock and comments, and not for reactions.
"""

from collections.abc import Sequence

from os2kb.demo.github.changes.labels import create_label, find_label
from os2kb.demo.github.changes.payloads import announce, announce_conversation
from os2kb.demo.github.refusal import Refusal, invalid, not_found
from os2kb.demo.github.world.state import (
    Account,
    Comment,
    Event,
    Issue,
    Label,
    Milestone,
    Pull,
    Reaction,
    Repository,
)
from os2kb.demo.github.world.world import GitHub

LONGEST_BODY = 65_536
LONGEST_TITLE = 256
REASONS = ("completed", "not_planned", "duplicate", "reopened")
LOCK_REASONS = ("off-topic", "too heated", "resolved", "spam")
REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")


def check_title(title: object) -> str:
    """The title, if it can be one."""
    text = str(title) if isinstance(title, int) else title
    if not isinstance(text, str) or not text.strip():
        raise invalid("Issue", "title", "missing_field")
    if len(text) > LONGEST_TITLE:
        raise invalid("Issue", "title", "custom", "title is too long (maximum is 256 characters)")
    return text


def check_body(body: object, resource: str = "Issue") -> str | None:
    """The body, if it can be one."""
    if body is not None and not isinstance(body, str):
        raise invalid(resource, "body", "invalid")
    if body is not None and len(body) > LONGEST_BODY:
        said = f"body is too long (maximum is {LONGEST_BODY} characters)"
        raise invalid(resource, "body", "custom", said)
    return body


def next_number(repository: Repository) -> int:
    """The number of the next issue or pull request."""
    return max(repository.issues, default=0) + 1


def note(github: GitHub, issue: Issue, actor: Account, kind: str) -> Event:
    """Write an event into an issue's history and move its `updated_at`."""
    event = Event(github.new_id(), kind, actor, github.now())
    issue.events.append(event)
    issue.updated_at = event.at
    return event


def open_issue(
    github: GitHub,
    repository: Repository,
    actor: Account,
    title: str,
    body: str | None,
    labels: Sequence[str] = (),
    pull: Pull | None = None,
) -> Issue:
    """Open an issue, or a pull request where `pull` is given."""
    now = github.now()
    issue = Issue(github.new_id(), next_number(repository), title, body, actor, now, now, pull=pull)
    repository.issues[issue.number] = issue
    announce_conversation(github, repository, actor, issue, "opened")
    add_labels(github, repository, actor, issue, labels)
    return issue


def edit(
    github: GitHub,
    repository: Repository,
    actor: Account,
    issue: Issue,
    *,
    title: str,
    body: str | None,
) -> None:
    """Change title and body, where they differ."""
    changes = {}
    if title != issue.title:
        changes["title"] = {"from": issue.title}
        note(github, issue, actor, "renamed").rename = (issue.title, title)
        issue.title = title
    if body != issue.body:
        changes["body"] = {"from": issue.body or ""}
        issue.body = body
        issue.updated_at = github.now()
    if changes:
        announce_conversation(github, repository, actor, issue, "edited", changes=changes)


def close(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, reason: str | None = None
) -> None:
    """Close it, if it is open."""
    if issue.state == "closed":
        return  # and a reason is ignored
    if issue.pull is None:
        issue.state_reason = reason or "completed"
    event = note(github, issue, actor, "closed")
    event.reason = issue.state_reason
    issue.state, issue.closed_at, issue.closed_by = "closed", event.at, actor
    if issue.pull:
        # A merge has noted them already, from before it moved the base.
        issue.pull.closed_head = issue.pull.closed_head or repository.branches[issue.pull.head]
        issue.pull.closed_base = issue.pull.closed_base or repository.branches[issue.pull.base]
    announce_conversation(github, repository, actor, issue, "closed")


def reopen(github: GitHub, repository: Repository, actor: Account, issue: Issue) -> None:
    """Open it again, if it is closed.

    Raises:
        Refusal: a merged pull request, or one whose branch is gone.
    """
    if issue.state == "open":
        return
    if issue.pull and (issue.pull.merged_at or issue.pull.head not in repository.branches):
        raise invalid("PullRequest", "state", "invalid", "state cannot be changed.")
    event = note(github, issue, actor, "reopened")
    issue.state, issue.closed_at, issue.closed_by = "open", None, None
    if issue.pull is None:
        issue.state_reason = event.reason = "reopened"
    else:
        issue.pull.closed_head = issue.pull.closed_base = None
    announce_conversation(github, repository, actor, issue, "reopened")


def plan_for(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, to: Milestone | None
) -> None:
    """Plan it for a milestone, or for none."""
    before = issue.milestone
    for kind, one in (("demilestoned", before), ("milestoned", to)):
        if one is not None and before is not to:
            note(github, issue, actor, kind).milestone = one.title
            issue.milestone = to
            announce_conversation(github, repository, actor, issue, kind)


def add_labels(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, names: Sequence[str]
) -> list[Label]:
    """Put labels on; one the repository lacks is created. Returns the created ones."""
    created = []
    for name in names:
        label = find_label(repository, name)
        if label is None:
            label = create_label(github, repository, actor, name)
            created.append(label)
        if label in issue.labels:
            continue
        issue.labels.append(label)
        note(github, issue, actor, "labeled").label = (label.name, label.color)
        announce_conversation(github, repository, actor, issue, "labeled", label=label)
    return created


def remove_label(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, name: str
) -> None:
    """Take a label off.

    Raises:
        Refusal: it is not on.
    """
    label = next((one for one in issue.labels if one.name.casefold() == name.casefold()), None)
    if label is None:
        raise Refusal(404, "Label does not exist")
    issue.labels.remove(label)
    note(github, issue, actor, "unlabeled").label = (label.name, label.color)
    announce_conversation(github, repository, actor, issue, "unlabeled", label=label)


def set_labels(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, names: Sequence[str]
) -> list[Label]:
    """Make the labels exactly these. Returns the ones created for it."""
    wanted = {name.casefold() for name in names}
    for label in list(issue.labels):
        if label.name.casefold() not in wanted:
            remove_label(github, repository, actor, issue, label.name)
    return add_labels(github, repository, actor, issue, names)


def lock(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, reason: str | None
) -> None:
    """Let only collaborators comment."""
    if not issue.locked:
        issue.locked, issue.lock_reason = True, reason
        note(github, issue, actor, "locked").reason = reason
        announce_conversation(github, repository, actor, issue, "locked")


def unlock(github: GitHub, repository: Repository, actor: Account, issue: Issue) -> None:
    """Let everyone comment again."""
    if issue.locked:
        issue.locked, issue.lock_reason = False, None
        note(github, issue, actor, "unlocked")
        announce_conversation(github, repository, actor, issue, "unlocked")


def add_comment(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, body: str
) -> Comment:
    """Comment on it."""
    event = note(github, issue, actor, "commented")
    event.comment = comment = Comment(github.new_id(), actor, body, event.at, event.at)
    issue.comments.append(comment)
    announce(github, repository, actor, "issue_comment", "created", issue=issue, comment=comment)
    return comment


def edit_comment(
    github: GitHub,
    repository: Repository,
    actor: Account,
    issue: Issue,
    comment: Comment,
    body: str,
) -> None:
    """Change a comment's text."""
    changes = {"body": {"from": comment.body}}
    comment.body = body
    comment.updated_at = issue.updated_at = github.now()
    announce(
        github,
        repository,
        actor,
        "issue_comment",
        "edited",
        issue=issue,
        comment=comment,
        changes=changes,
    )


def delete_comment(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, comment: Comment
) -> None:
    """Remove a comment; its trace in the timeline goes too."""
    issue.comments.remove(comment)
    issue.events = [event for event in issue.events if event.comment is not comment]
    issue.updated_at = github.now()
    announce(github, repository, actor, "issue_comment", "deleted", issue=issue, comment=comment)


def find_comment(repository: Repository, number: int) -> tuple[Issue, Comment]:
    """A comment by its id, and what it is on.

    Raises:
        Refusal: there is none.
    """
    for issue in repository.issues.values():
        for comment in issue.comments:
            if comment.id == number and issue.is_here:
                return issue, comment
    raise not_found()


def react(github: GitHub, actor: Account, comment: Comment, content: str) -> tuple[Reaction, bool]:
    """React to a comment; the second value says whether that is new."""
    for reaction in comment.reactions:
        if reaction.user is actor and reaction.content == content:
            return reaction, False
    reaction = Reaction(github.new_id(), actor, content, github.now())
    comment.reactions.append(reaction)
    return reaction, True


def delete_issue(github: GitHub, repository: Repository, actor: Account, issue: Issue) -> None:
    """Delete it for good: it answers 410 from now on."""
    issue.deleted = True
    announce_conversation(github, repository, actor, issue, "deleted")

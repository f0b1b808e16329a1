"""Issues, labels, comments, reactions and what happened to them."""

from collections import Counter

from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.apps import integration
from os2kb.demo.github.shapes.repositories import repository_url
from os2kb.demo.github.shapes.text import Json, in_path, node_id, stamp
from os2kb.demo.github.world.state import (
    Account,
    Comment,
    Event,
    Issue,
    Label,
    Milestone,
    Reaction,
    Repository,
)
from os2kb.demo.github.world.world import GitHub

REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")


def label(github: GitHub, repository: Repository, label: Label) -> Json:
    """A `label`."""
    return {
        "id": label.id,
        "node_id": node_id("Label", label.id),
        "url": f"{repository_url(github, repository)}/labels/{in_path(label.name)}",
        "name": label.name,
        "color": label.color,
        "default": False,
        "description": label.description,
    }


def issue_html_url(github: GitHub, repository: Repository, issue: Issue) -> str:
    """Where people read an issue or pull request."""
    kind = "pull" if issue.pull else "issues"
    return f"{github.web}/{repository.full_name}/{kind}/{issue.number}"


def association(
    github: GitHub, repository: Repository, account: Account, *, of_pull: bool = False
) -> str:
    """What an author is to the repository; only a pull request tells that it is the first."""
    if account is repository.owner:
        return "OWNER"
    teams = (team for (owner, _), team in github.teams.items() if owner == repository.owner.login)
    if any(account.login in team for team in teams):
        return "MEMBER"
    if account.login in repository.collaborators:
        return "COLLABORATOR"
    theirs = (one.pull for one in repository.issues.values() if one.author is account)
    if any(pull and pull.merged_at for pull in theirs):
        return "CONTRIBUTOR"
    return "FIRST_TIME_CONTRIBUTOR" if of_pull else "NONE"


def reaction_rollup(url: str, reactions: list[Reaction]) -> Json:
    """How often each reaction was given."""
    counts = Counter(reaction.content for reaction in reactions)
    return {
        "url": f"{url}/reactions",
        "total_count": len(reactions),
        **{content: counts[content] for content in REACTIONS},
    }


def planned(github: GitHub, repository: Repository, issue: Issue) -> Json | None:
    """The milestone it is planned for."""
    one = issue.milestone
    return None if one is None else milestone(github, repository, one)


def milestone(github: GitHub, repository: Repository, one: Milestone) -> Json:
    """A `milestone`; how much of it is done is not counted."""
    url = f"{repository_url(github, repository)}/milestones/{one.number}"
    return {
        "id": one.id,
        "node_id": node_id("Milestone", one.id),
        "url": url,
        "html_url": f"{github.web}/{repository.full_name}/milestone/{one.number}",
        "labels_url": f"{url}/labels",
        "number": one.number,
        "title": one.title,
        "description": None,
        "state": "open",
        "creator": user(github, repository.owner),
        "open_issues": 0,
        "closed_issues": 0,
        "created_at": stamp(repository.created_at),
        "updated_at": stamp(repository.created_at),
        "closed_at": None,
        "due_on": None,
    }


def assigned(github: GitHub, issue: Issue) -> Json:
    """Whom it is given to; the first of them stands alone, too."""
    everybody = [user(github, one) for one in issue.assignees]
    return {"assignee": everybody[0] if everybody else None, "assignees": everybody}


def issue(github: GitHub, repository: Repository, issue: Issue) -> Json:
    """An `issue`; a pull request shows itself by the key `pull_request`."""
    home = repository_url(github, repository)
    url = f"{home}/issues/{issue.number}"
    shown: Json = {
        "id": issue.id,
        "node_id": node_id("Issue", issue.id),
        "url": url,
        "repository_url": home,
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "timeline_url": f"{url}/timeline",
        "html_url": issue_html_url(github, repository, issue),
        "number": issue.number,
        "state": issue.state,
        "state_reason": issue.state_reason,
        "title": issue.title,
        "body": issue.body,
        "user": user(github, issue.author),
        "labels": [label(github, repository, one) for one in issue.labels],
        **assigned(github, issue),
        "milestone": planned(github, repository, issue),
        "locked": issue.locked,
        "active_lock_reason": issue.lock_reason,
        "comments": len(issue.comments),
        "closed_at": stamp(issue.closed_at),
        "created_at": stamp(issue.created_at),
        "updated_at": stamp(issue.updated_at),
        "closed_by": user(github, issue.closed_by) if issue.closed_by else None,
        "author_association": association(
            github, repository, issue.author, of_pull=issue.pull is not None
        ),
        "reactions": reaction_rollup(url, []),
        "draft": bool(issue.pull and issue.pull.draft),
        "performed_via_github_app": _app_of(github, issue.author),
    }
    if issue.pull:
        html = shown["html_url"]
        shown["pull_request"] = {
            "url": f"{home}/pulls/{issue.number}",
            "html_url": html,
            "diff_url": f"{html}.diff",
            "patch_url": f"{html}.patch",
            "merged_at": stamp(issue.pull.merged_at),
        }
    return shown


def comment(github: GitHub, repository: Repository, issue: Issue, comment: Comment) -> Json:
    """An `issue-comment`."""
    home = repository_url(github, repository)
    url = f"{home}/issues/comments/{comment.id}"
    html = issue_html_url(github, repository, issue)
    return {
        "id": comment.id,
        "node_id": node_id("IssueComment", comment.id),
        "url": url,
        "html_url": f"{html}#issuecomment-{comment.id}",
        "issue_url": f"{home}/issues/{issue.number}",
        "body": comment.body,
        "user": user(github, comment.author),
        "created_at": stamp(comment.created_at),
        "updated_at": stamp(comment.updated_at),
        "author_association": association(github, repository, comment.author),
        "reactions": reaction_rollup(url, comment.reactions),
        "performed_via_github_app": _app_of(github, comment.author),
    }


def reaction(github: GitHub, reaction: Reaction) -> Json:
    """A `reaction`."""
    return {
        "id": reaction.id,
        "node_id": node_id("Reaction", reaction.id),
        "user": user(github, reaction.user),
        "content": reaction.content,
        "created_at": stamp(reaction.at),
    }


def event(github: GitHub, repository: Repository, event: Event) -> Json:
    """An `issue-event-for-issue`."""
    home = repository_url(github, repository)
    shown: Json = {
        "id": event.id,
        "node_id": node_id("Event", event.id),
        "url": f"{home}/issues/events/{event.id}",
        "actor": user(github, event.actor),
        "event": event.kind,
        "commit_id": event.commit,
        "commit_url": f"{home}/commits/{event.commit}" if event.commit else None,
        "created_at": stamp(event.at),
        "performed_via_github_app": _app_of(github, event.actor),
    }
    if event.label:
        shown["label"] = {"name": event.label[0], "color": event.label[1]}
    if event.assignee:
        shown["assignee"] = user(github, event.assignee)
        shown["assigner"] = user(github, event.actor)
    if event.milestone:
        shown["milestone"] = {"title": event.milestone}
    if event.rename:
        shown["rename"] = {"from": event.rename[0], "to": event.rename[1]}
    if event.kind == "locked":
        shown["lock_reason"] = event.reason
    if event.kind in {"closed", "reopened"}:
        shown["state_reason"] = event.reason
    return shown


def _app_of(github: GitHub, account: Account) -> Json | None:
    if github.app is None or account is not github.app.bot:
        return None
    return integration(github, github.app)

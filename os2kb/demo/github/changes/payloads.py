"""Webhook bodies: what changed, as GitHub tells it.

https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

from collections.abc import Callable, Mapping
from typing import Any

from os2kb.demo.github.shapes.accounts import organisation, user
from os2kb.demo.github.shapes.checks import told_check_run, told_check_suite
from os2kb.demo.github.shapes.commits import pushed_commit
from os2kb.demo.github.shapes.issues import comment, issue, label
from os2kb.demo.github.shapes.pulls import pull_request, review
from os2kb.demo.github.shapes.repositories import repository as repository_shape
from os2kb.demo.github.shapes.text import Json, node_id
from os2kb.demo.github.world.git import NO_COMMIT
from os2kb.demo.github.world.state import Account, Issue, Repository
from os2kb.demo.github.world.world import GitHub

_PARTS: Mapping[str, Callable[..., Json]] = {
    "issue": issue,
    "comment": comment,
    "label": label,
    "pull_request": pull_request,
    "review": review,
    "check_run": told_check_run,
    "check_suite": told_check_suite,
}


def announce(
    github: GitHub,
    repository: Repository,
    actor: Account,
    event: str,
    action: str,
    **parts: Any,
) -> None:
    """Deliver an event about a repository, if the app is installed there and wants it.

    Args:
        parts: keys of the body; values of the state are shown as the API shows them, the rest
            stands as it is.
    """
    body: Json = {"action": action}
    context: tuple[Any, ...] = ()
    for key, value in parts.items():
        if key in {"comment", "review"}:
            context = (parts.get("issue") or parts["pull_request"],)
        shape = _PARTS.get(key)
        body[key] = shape(github, repository, *context, value) if shape else value
        context = ()
    _deliver(github, repository, actor, event, action, body)


def announce_conversation(
    github: GitHub,
    repository: Repository,
    actor: Account,
    subject: Issue,
    action: str,
    **parts: Any,
) -> None:
    """Deliver an `issues` or a `pull_request` event, whichever it is."""
    if subject.pull is None:
        announce(github, repository, actor, "issues", action, issue=subject, **parts)
    else:
        announce(
            github,
            repository,
            actor,
            "pull_request",
            action,
            number=subject.number,
            pull_request=subject,
            **parts,
        )


def announce_push(
    github: GitHub, repository: Repository, actor: Account, branch: str, before: str, after: str
) -> None:
    """Deliver a push, and a `synchronize` to every open pull request of the branch."""
    new = [] if after == NO_COMMIT else _new_commits(repository, before, after)
    commits = [pushed_commit(github, repository, sha) for sha in new]
    head = None if after == NO_COMMIT else pushed_commit(github, repository, after)
    body: Json = {
        "ref": f"refs/heads/{branch}",
        "before": before,
        "after": after,
        "created": before == NO_COMMIT,
        "deleted": after == NO_COMMIT,
        "forced": False,
        "base_ref": None,
        "compare": f"{github.web}/{repository.full_name}/compare/{before[:12]}...{after[:12]}",
        "commits": commits,
        "head_commit": head,
        "pusher": {"name": actor.login, "email": actor.email},
    }
    _deliver(github, repository, actor, "push", None, body)
    if NO_COMMIT in {before, after}:
        return
    for subject in repository.issues.values():
        if subject.pull and subject.pull.head == branch and subject.state == "open":
            subject.updated_at = github.now()
            announce_conversation(
                github, repository, actor, subject, "synchronize", before=before, after=after
            )


def _new_commits(repository: Repository, before: str, after: str) -> list[str]:
    """The first line of history from `after` back to `before`, oldest first."""
    line: list[str] = []
    current: str | None = after
    others = {sha for sha in repository.branches.values() if sha != after}
    while current and current != before and (before != NO_COMMIT or current not in others):
        line.insert(0, current)
        parents = repository.commits[current].parents
        current = parents[0] if parents else None
    return line


def _deliver(
    github: GitHub,
    repository: Repository,
    actor: Account,
    event: str,
    action: str | None,
    body: Json,
) -> None:
    installation = github.installation_of(repository)
    # Whoever may write checks is told when one is asked for again, without subscribing to it.
    asked = action == "rerequested" and installation is not None
    wanted = github.app is not None and (event in github.app.events or asked)
    if github.app is None or installation is None or not wanted:
        return
    shown = repository_shape(github, repository) | {"custom_properties": {}}
    if event == "push":
        # Pushes tell these two as Unix times, and only pushes do.
        shown["created_at"] = int(repository.created_at.timestamp())
        shown["pushed_at"] = int(repository.pushed_at.timestamp())
        shown["stargazers"], shown["master_branch"] = 0, repository.default_branch
        shown["owner"] |= {"name": repository.owner.login, "email": repository.owner.email}
    body["repository"] = shown
    if repository.owner.kind == "Organization":
        body["organization"] = organisation(github, repository.owner)
    body["sender"] = user(github, actor)
    body["installation"] = {
        "id": installation.id,
        "node_id": node_id("IntegrationInstallation", installation.id),
    }
    github.hooks.deliver(event, action, body, installation.id, repository.id)

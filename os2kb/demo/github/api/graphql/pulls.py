"""Pull requests in GraphQL: branches, commits, reviews, threads and checks."""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.api.graphql.paging import (
    actor,
    connection,
    forbidden,
    not_found,
    require,
)
from os2kb.demo.github.changes.pulls import resolve_remark
from os2kb.demo.github.shapes.issues import association, issue_html_url
from os2kb.demo.github.shapes.pulls import commits_of, head_and_base, pull_of, started_from
from os2kb.demo.github.shapes.text import Json, node_id, stamp
from os2kb.demo.github.world.git import differences
from os2kb.demo.github.world.state import (
    CheckRun,
    Commit,
    CommitStatus,
    Issue,
    Repository,
    Review,
    ReviewComment,
)


def pull_request(call: Call, repo: Repository, issue: Issue) -> Json:
    """A pull request, its lists looked up only where they are asked for."""
    pull = pull_of(issue)
    head, _ = head_and_base(repo, pull)
    return {
        "__typename": "PullRequest",
        "number": issue.number,
        "title": issue.title,
        "headRefName": pull.head,
        "headRefOid": head.sha,
        "baseRefName": pull.base,
        "isDraft": pull.draft,
        "isCrossRepository": pull.from_fork,
        "merged": pull.merged_at is not None,
        "updatedAt": stamp(issue.updated_at),
        "additions": lambda _: _counted(repo, issue, "additions"),
        "deletions": lambda _: _counted(repo, issue, "deletions"),
        "commits": lambda _, **wanted: connection(
            commits_of(repo, pull), lambda one: {"commit": _commit(call, repo, one)}, wanted
        ),
        "reviews": lambda _, **wanted: connection(
            [one for one in pull.reviews if one.state != "PENDING"],
            lambda one: _review(call, repo, one),
            wanted,
        ),
        "reviewThreads": lambda _, **wanted: connection(
            [(review, remark) for review in pull.reviews for remark in review.comments],
            lambda row: _thread(call, repo, issue, *row),
            wanted,
        ),
    }


def resolve_thread(call: Call, input: dict[str, Any]) -> Json:  # noqa: A002 - GitHub's name
    """Call a thread settled; its author and those who may write can.

    Raises:
        GraphQLError: there is no such thread, or the actor may not.
    """
    for repo in call.github.repositories.values():
        for issue in repo.issues.values():
            for review in issue.pull.reviews if issue.pull else ():
                for remark in review.comments:
                    if node_id("PullRequestReviewThread", remark.id) == input["threadId"]:
                        if call.account is not issue.author and not call.has_role(repo, "write"):
                            raise forbidden()
                        resolve_remark(call.github, repo, call.account, issue, remark)
                        return {"thread": _thread(call, repo, issue, review, remark)}
    raise not_found(f"Could not resolve to a node with the global id of '{input['threadId']}'")


def _counted(repo: Repository, issue: Issue, what: str) -> int:
    pull = pull_of(issue)
    head, _ = head_and_base(repo, pull)
    return sum(getattr(one, what) for one in differences(started_from(repo, pull), head.tree))


def _commit(call: Call, repo: Repository, commit: Commit) -> Json:
    author = commit.author
    return {
        "__typename": "Commit",
        "oid": commit.sha,
        "message": commit.message,
        "author": {
            "name": author.name,
            "email": author.email,
            "user": {"login": author.login} if author.kind == "User" else None,
        },
        "parents": lambda _, **_wanted: {"totalCount": len(commit.parents)},
        "statusCheckRollup": lambda _: _rollup(call, repo, commit),
    }


def _review(call: Call, repo: Repository, review: Review) -> Json:
    return {
        "author": actor(review.author),
        "authorAssociation": association(call.github, repo, review.author),
        "state": review.state,
        "submittedAt": stamp(review.at),
        "commit": {"oid": review.commit},
    }


def _thread(
    call: Call, repo: Repository, issue: Issue, review: Review, remark: ReviewComment
) -> Json:
    head, _ = head_and_base(repo, pull_of(issue))
    then = repo.commits[review.commit].tree.get(remark.path)
    url = f"{issue_html_url(call.github, repo, issue)}#discussion_r{remark.id}"
    return {
        "id": node_id("PullRequestReviewThread", remark.id),
        "isResolved": remark.resolved,
        "isOutdated": head.tree.get(remark.path) != then,
        "path": remark.path,
        "line": remark.line,
        "comments": lambda _, **wanted: connection(
            [remark], lambda one: {"body": one.body, "url": url}, wanted
        ),
    }


def _rollup(call: Call, repo: Repository, commit: Commit) -> Json | None:
    """The latest check run of each name, and the latest status of each context."""
    require(call, repo, "checks")
    latest = {one.name: one for one in repo.checks.values() if one.head_sha == commit.sha}
    statuses = {one.context: one for one in repo.statuses if one.sha == commit.sha}
    if statuses:
        require(call, repo, "statuses")
    rows: Sequence[CheckRun | CommitStatus] = [*latest.values(), *statuses.values()]
    if not rows:
        return None
    return {
        "state": "PENDING",
        "contexts": lambda _, **wanted: connection(rows, lambda one: _context(call, one), wanted),
    }


def _context(call: Call, one: CheckRun | CommitStatus) -> Json:
    if isinstance(one, CommitStatus):
        return {
            "__typename": "StatusContext",
            "context": one.context,
            "state": one.state.upper(),
            "targetUrl": one.target_url,
        }
    app = call.github.app
    if one.app:
        suite = {"app": {"databaseId": one.app, "slug": f"app-{one.app}"}}
    elif app is not None:
        suite = {"app": {"databaseId": app.id, "slug": app.slug}}
    else:
        raise GraphQLError("a check needs an app")
    return {
        "__typename": "CheckRun",
        "name": one.name,
        "status": one.status.upper(),
        "conclusion": one.conclusion.upper() if one.conclusion else None,
        "detailsUrl": one.details_url,
        "checkSuite": suite,
    }

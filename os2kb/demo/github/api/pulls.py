"""Endpoints of pull requests.

https://docs.github.com/en/rest/pulls
"""

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.changes import issues, pulls
from os2kb.demo.github.refusal import Refusal, invalid, not_found
from os2kb.demo.github.shapes import pulls as shapes
from os2kb.demo.github.shapes.commits import commit as commit_shape
from os2kb.demo.github.shapes.commits import diff_entry
from os2kb.demo.github.world.git import differences
from os2kb.demo.github.world.state import Issue, Repository

_MOST_FILES = 3_000


def list_pulls(call: Call) -> Reply:
    """Pull requests, newest first."""
    repository = call.repository()
    state, query = call.query.get("state", "open"), call.query
    if state not in {"open", "closed", "all"}:
        raise invalid("PullRequest", "state", "invalid")
    owner = f"{repository.owner.login}:"
    rows = [
        issue
        for issue in repository.issues.values()
        if issue.pull
        and issue.is_here
        and state in {"all", issue.state}
        and query.get("head") in {None, owner + issue.pull.head}
        and query.get("base") in {None, issue.pull.base}
    ]
    newest_first = query.get("direction", "asc" if "sort" in query else "desc") == "desc"
    by_update = query.get("sort") == "updated"
    rows.sort(
        key=lambda issue: (issue.updated_at if by_update else issue.created_at, issue.number),
        reverse=newest_first,
    )
    return call.listing(
        rows, lambda issue: shapes.simple_pull_request(call.github, repository, issue)
    )


def create_pull(call: Call) -> Reply:
    """Open a pull request."""
    repository = call.repository()
    issue = pulls.open_pull(
        call.github,
        repository,
        call.account,
        title=issues.check_title(call.body.get("title")),
        body=issues.check_body(call.body.get("body"), "PullRequest"),
        head=call.text("head", "PullRequest"),
        base=call.text("base", "PullRequest"),
        draft=bool(call.body.get("draft")),
    )
    shown = shapes.pull_request(call.github, repository, issue)
    return Reply(201, shown, {"Location": shown["url"]})


def get_pull(call: Call) -> Reply:
    """A pull request."""
    repository, issue = _found(call)
    return Reply(200, shapes.pull_request(call.github, repository, issue))


def update_pull(call: Call) -> Reply:
    """Change title, body, state or base."""
    repository, issue = _found(call)
    if call.account is not issue.author:
        call.require_role(repository, "write")
    title = issues.check_title(call.body.get("title", issue.title))
    body = issues.check_body(call.body.get("body", issue.body), "PullRequest")
    state, base = call.body.get("state"), call.body.get("base")
    if state not in {None, "open", "closed"}:
        raise invalid("PullRequest", "state", "invalid")
    who = (call.github, repository, call.account)
    if base is not None:
        pulls.set_base(*who, issue, base)
    issues.edit(*who, issue, title=title, body=body)
    if state == "closed":
        issues.close(*who, issue)
    elif state == "open":
        issues.reopen(*who, issue)
    return Reply(200, shapes.pull_request(call.github, repository, issue))


def list_files(call: Call) -> Reply:
    """The files it changes."""
    repository, issue = _found(call)
    pull = shapes.pull_of(issue)
    head, _ = shapes.head_and_base(repository, pull)
    changes = differences(shapes.started_from(repository, pull), head.tree)[:_MOST_FILES]
    return call.listing(
        changes, lambda change: diff_entry(call.github, repository, head.sha, change)
    )


def list_commits(call: Call) -> Reply:
    """The commits it brings, oldest first."""
    repository, issue = _found(call)
    rows = shapes.commits_of(repository, shapes.pull_of(issue))
    return call.listing(rows, lambda commit: commit_shape(call.github, repository, commit))


def list_reviews(call: Call) -> Reply:
    """The verdicts, oldest first; unfinished ones only for their author."""
    repository, issue = _found(call)
    rows = [
        review
        for review in shapes.pull_of(issue).reviews
        if review.state != "PENDING" or review.author is call.actor.account
    ]
    return call.listing(rows, lambda review: shapes.review(call.github, repository, issue, review))


def create_review(call: Call) -> Reply:
    """Give a verdict, with remarks on lines."""
    repository, issue = _found(call)
    event = call.body.get("event") or ""
    if event and event not in pulls.STATES:
        raise Refusal(422, "Unprocessable Entity", errors=["Event is not included in the list"])
    try:
        remarks = tuple(
            (one["path"], int(one.get("line") or one.get("position") or 1), one["body"])
            for one in call.body.get("comments") or ()
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(422, "Unprocessable Entity", errors=["Comments are invalid"]) from error
    review = pulls.add_review(
        call.github,
        repository,
        call.account,
        issue,
        event=event,
        body=issues.check_body(call.body.get("body"), "PullRequestReview") or "",
        commit=call.body.get("commit_id"),
        remarks=remarks,
    )
    return Reply(200, shapes.review(call.github, repository, issue, review))


def list_review_comments(call: Call) -> Reply:
    """The remarks on lines, oldest first."""
    repository, issue = _found(call)
    rows = [(r, c) for r in shapes.pull_of(issue).reviews for c in r.comments]
    return call.listing(
        rows, lambda row: shapes.review_comment(call.github, repository, issue, *row)
    )


def update_review_comment(call: Call) -> Reply:
    """Change the text of a remark; one's own, or as somebody who may write."""
    repository = call.repository()
    issue, review, remark = pulls.find_remark(repository, int(call.names["comment"]))
    if remark.author is not call.account:
        call.require_role(repository, "write")
    remark.body = (
        issues.check_body(call.text("body", "PullRequestReviewComment"), "PullRequestReviewComment")
        or ""
    )
    return Reply(200, shapes.review_comment(call.github, repository, issue, review, remark))


def is_merged(call: Call) -> Reply:
    """204 where it is merged, 404 where not."""
    _, issue = _found(call)
    if shapes.pull_of(issue).merged_at is None:
        raise not_found()
    return Reply(204)


def merge_pull(call: Call) -> Reply:
    """Merge it."""
    repository, issue = _found(call)
    method = call.body.get("merge_method", "merge")
    if method not in {"merge", "squash", "rebase"}:
        raise invalid("PullRequest", "merge_method", "invalid")
    said = (call.body.get("commit_title"), call.body.get("commit_message"))
    sha = pulls.merge(
        call.github,
        repository,
        call.account,
        issue,
        message="\n\n".join(part for part in said if part),
        expected_head=call.body.get("sha"),
        method=method,
    )
    return Reply(200, {"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


def _found(call: Call) -> tuple[Repository, Issue]:
    repository = call.repository()
    issue = call.issue(repository)
    if issue.pull is None:
        raise not_found()
    return repository, issue


_PULLS = "/repos/{owner}/{repo}/pulls"
_ONE = _PULLS + "/{number:int}"
_READ, _WRITE = ("pull_requests:read",), ("pull_requests:write",)

ENDPOINTS = (
    Endpoint("GET", _PULLS, list_pulls, _READ),
    Endpoint("POST", _PULLS, create_pull, _WRITE, "read"),
    Endpoint("GET", _ONE, get_pull, _READ),
    Endpoint("PATCH", _ONE, update_pull, _WRITE, "read"),
    Endpoint("GET", _ONE + "/files", list_files, _READ),
    Endpoint("GET", _ONE + "/commits", list_commits, _READ),
    Endpoint("GET", _ONE + "/reviews", list_reviews, _READ),
    Endpoint("POST", _ONE + "/reviews", create_review, _WRITE, "read"),
    Endpoint("GET", _ONE + "/comments", list_review_comments, _READ),
    Endpoint("PATCH", _PULLS + "/comments/{comment:int}", update_review_comment, _WRITE, "read"),
    Endpoint("GET", _ONE + "/merge", is_merged, ("contents:read",)),
    Endpoint("PUT", _ONE + "/merge", merge_pull, ("contents:write",), "write"),
)

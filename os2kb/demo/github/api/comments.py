"""Endpoints of conversation comments and the reactions to them.

https://docs.github.com/en/rest/issues/comments
"""

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.changes import issues
from os2kb.demo.github.refusal import Refusal, invalid
from os2kb.demo.github.shapes.issues import comment as comment_shape
from os2kb.demo.github.shapes.issues import reaction as reaction_shape
from os2kb.demo.github.world.state import Comment, Issue, Repository


def list_comments(call: Call) -> Reply:
    """The comments on an issue, oldest first."""
    repository = call.repository()
    issue, since = call.issue(repository), call.since()
    rows = [one for one in issue.comments if since is None or one.updated_at >= since]
    return call.listing(rows, lambda one: comment_shape(call.github, repository, issue, one))


def list_all_comments(call: Call) -> Reply:
    """The comments in a repository."""
    repository, since = call.repository(), call.since()
    rows = [
        (issue, comment)
        for issue in repository.issues.values()
        if issue.is_here
        for comment in issue.comments
        if since is None or comment.updated_at >= since
    ]
    newest = call.query.get("direction") == "desc"
    if call.query.get("sort") == "updated":
        rows.sort(key=lambda row: (row[1].updated_at, row[1].id), reverse=newest)
    else:
        rows.sort(key=lambda row: row[1].id, reverse=newest and "sort" in call.query)
    return call.listing(rows, lambda row: comment_shape(call.github, repository, *row))


def create_comment(call: Call) -> Reply:
    """Comment; a locked conversation takes only those who may write."""
    repository = call.repository()
    issue = call.issue(repository)
    body = _body(call)
    if issue.locked and not call.has_role(repository, "write"):
        raise Refusal(403, "Unable to create comment because issue is locked.")
    comment = issues.add_comment(call.github, repository, call.account, issue, body)
    shown = comment_shape(call.github, repository, issue, comment)
    return Reply(201, shown, {"Location": shown["url"]})


def get_comment(call: Call) -> Reply:
    """A comment."""
    repository, issue, comment = _found(call)
    return Reply(200, comment_shape(call.github, repository, issue, comment))


def update_comment(call: Call) -> Reply:
    """Change one's own comment, or as someone who may write, another's."""
    repository, issue, comment = _found(call)
    _check_may_change(call, repository, comment)
    issues.edit_comment(call.github, repository, call.account, issue, comment, _body(call))
    return Reply(200, comment_shape(call.github, repository, issue, comment))


def delete_comment(call: Call) -> Reply:
    """Remove one's own comment, or as someone who may write, another's."""
    repository, issue, comment = _found(call)
    _check_may_change(call, repository, comment)
    issues.delete_comment(call.github, repository, call.account, issue, comment)
    return Reply(204)


def list_reactions(call: Call) -> Reply:
    """The reactions to a comment."""
    _, _, comment = _found(call)
    wanted = call.query.get("content")
    rows = [one for one in comment.reactions if wanted in {None, one.content}]
    return call.listing(rows, lambda one: reaction_shape(call.github, one))


def create_reaction(call: Call) -> Reply:
    """React; 200 where the same reaction is there already."""
    _, _, comment = _found(call)
    content = call.text("content", "Reaction")
    if content not in issues.REACTIONS:
        raise invalid("Reaction", "content", "invalid")
    reaction, is_new = issues.react(call.github, call.account, comment, content)
    return Reply(201 if is_new else 200, reaction_shape(call.github, reaction))


def delete_reaction(call: Call) -> Reply:
    """Take one's reaction back."""
    _, _, comment = _found(call)
    number = int(call.names["reaction"])
    mine = [r for r in comment.reactions if r.id == number and r.user is call.account]
    if not mine:
        raise Refusal(404, "Not Found")
    comment.reactions.remove(mine[0])
    return Reply(204)


def _found(call: Call) -> tuple[Repository, Issue, Comment]:
    repository = call.repository()
    issue, comment = issues.find_comment(repository, int(call.names["comment"]))
    return repository, issue, comment


def _body(call: Call) -> str:
    body = issues.check_body(call.text("body", "IssueComment"), "IssueComment")
    return body or ""


def _check_may_change(call: Call, repository: Repository, comment: Comment) -> None:
    if comment.author is not call.account:
        call.require_role(repository, "write")


_READ = ("issues:read", "pull_requests:read")
_WRITE = ("issues:write", "pull_requests:write")
_ON_ISSUE = "/repos/{owner}/{repo}/issues/{number:int}/comments"
_ALL = "/repos/{owner}/{repo}/issues/comments"
_ONE = _ALL + "/{comment:int}"

ENDPOINTS = (
    Endpoint("GET", _ON_ISSUE, list_comments, _READ),
    Endpoint("POST", _ON_ISSUE, create_comment, _WRITE, "read"),
    Endpoint("GET", _ALL, list_all_comments, _READ),
    Endpoint("GET", _ONE, get_comment, _READ),
    Endpoint("PATCH", _ONE, update_comment, _WRITE, "read"),
    Endpoint("DELETE", _ONE, delete_comment, _WRITE, "read"),
    Endpoint("GET", _ONE + "/reactions", list_reactions, _READ),
    Endpoint("POST", _ONE + "/reactions", create_reaction, _WRITE, "read"),
    Endpoint("DELETE", _ONE + "/reactions/{reaction:int}", delete_reaction, _WRITE, "read"),
)

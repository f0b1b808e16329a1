"""Comments of a conversation, and our own among them.

https://docs.github.com/en/rest/issues/comments
"""

from collections.abc import Iterator

from os2kb.forges.github import parse
from os2kb.forges.github.errors import not_ours
from os2kb.forges.github.transport import Transport
from os2kb.forges.port import NotFound
from os2kb.governance.facts import Comment
from os2kb.governance.ledger.marks import carries, same_text


def comments(github: Transport, full_name: str, number: int, login: str) -> Iterator[Comment]:
    """All of them, oldest first; `login` is our own."""
    for item in github.pages(full_name, _all(full_name, number)):
        yield parse.comment(item, login)


def put(
    github: Transport,
    full_name: str,
    number: int,
    marker: str,
    body: str,
    known_id: str,
    expects: str | None,
    login: str,
) -> str:
    """Create or edit our one comment that carries the marker; returns its id.

    Where it says neither that nor what is expected, nothing is written and no id returned.

    Raises:
        NotFound: the known comment is gone.
        Rejected: it is somebody else's.
    """
    if known_id:
        told = github.get(full_name, _one(full_name, known_id))
        found: Comment | None = parse.comment(told, login)
    else:
        # A marker counts in our own comments only: anyone can write one.
        every = comments(github, full_name, number, login)
        ours = (one for one in every if one.author.is_self)
        found = next((one for one in ours if carries(marker, one.body)), None)
    if found is None:
        made = github.write("POST", full_name, _all(full_name, number), {"body": body})
        return str(made["id"])
    if not found.author.is_self:
        raise not_ours(found.id)
    if found.body != body:
        if expects is not None and not same_text(found.body, expects):
            return ""
        github.write("PATCH", full_name, _one(full_name, str(found.id)), {"body": body})
    return str(found.id)


def delete(
    github: Transport, full_name: str, comment_id: str, expects: str | None, login: str
) -> bool:
    """Delete a comment of ours; False where it was gone, or says what is not expected.

    Raises:
        Rejected: it is somebody else's.
    """
    path = _one(full_name, comment_id)
    try:
        found = parse.comment(github.get(full_name, path), login)
        if not found.author.is_self:
            raise not_ours(comment_id)
        if expects is not None and not same_text(found.body, expects):
            return False
        github.write("DELETE", full_name, path, None)
    except NotFound:
        return False
    return True


def _all(full_name: str, number: int) -> str:
    return f"/repos/{full_name}/issues/{number}/comments"


def _one(full_name: str, id: str) -> str:  # noqa: A002
    return f"/repos/{full_name}/issues/comments/{id}"

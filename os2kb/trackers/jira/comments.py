"""Comments of a ticket: read with what people do not see of them, and written once.

What a comment is for is kept in a property of it. Atlassian's description of the list of comments
leaves out that `expand=properties` tells them; both the Cloud and data centers know it.
https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issue-comment-properties/
"""

from collections.abc import Iterator
from typing import Any

from os2kb.trackers.jira.as_read import PROPERTY, Json, is_ours, mark_of
from os2kb.trackers.jira.errors import no_comment, understood
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import NoTicket

_PAGE = 100


def comments(jira: Transport, issue: str, order: str = "created") -> Iterator[dict[str, Any]]:
    """All comments of an issue that we may read, with their properties.

    Args:
        jira: where it is.
        issue: its path.
        order: `created`, or `-created` for the newest first.
    """
    path, seen = f"{issue}/comment", 0
    asked = {"expand": "properties", "orderBy": order, "maxResults": str(_PAGE)}
    while True:
        page = jira.get(path, **asked, startAt=str(seen))
        with understood(path):
            rows, total = list(page["comments"]), int(page["total"])
        yield from rows
        seen += len(rows)
        if not rows or seen >= total:
            return


def tell(jira: Transport, issue: str, mark: str, body: str, own: frozenset[str]) -> str:
    """The id of our comment with the mark, made where there is none yet."""
    found = _marked(jira, issue, mark, own)
    return str(found["id"]) if found else _make(jira, issue, mark, body)


def put(
    jira: Transport,
    issue: str,
    mark: str,
    body: str,
    known: str,
    expects: str | None,
    own: frozenset[str],
) -> str:
    """Create or edit our comment with the mark; returns its id.

    Where it says neither that nor what is expected, nothing is written and no id returned.

    Raises:
        Unacceptable: the known one is gone, or somebody else's.
    """
    found = _known(jira, issue, known) if known else _marked(jira, issue, mark, own)
    if found is None:
        return _make(jira, issue, mark, body)
    if not is_ours(found, own):
        raise no_comment(known)
    id_ = str(found["id"])
    if found["body"] != body:
        if expects not in (None, found["body"]):
            return ""
        # The text alone: what is left out, its properties, stays as it is.
        jira.write("PUT", f"{issue}/comment/{id_}", {"body": body})
    return id_


def delete(
    jira: Transport,
    issue: str,
    id: str,  # noqa: A002
    expects: str | None,
    own: frozenset[str],
) -> bool:
    """Delete a comment of ours; False where it was gone, or says what is not expected.

    Raises:
        Unacceptable: it is somebody else's.
    """
    path = f"{issue}/comment/{id}"
    try:
        found = jira.get(path)
        if not is_ours(found, own):
            raise no_comment(id)
        if expects not in (None, found["body"]):
            return False
        jira.write("DELETE", path)
    except NoTicket:
        return False
    return True


def _known(jira: Transport, issue: str, id: str) -> Json:  # noqa: A002
    try:
        found: Json = jira.get(f"{issue}/comment/{id}")
    except NoTicket:
        raise no_comment(id) from None
    return found


def _marked(jira: Transport, issue: str, mark: str, own: frozenset[str]) -> Json | None:
    """The newest first: what is sought was most often made a moment ago."""
    said = comments(jira, issue, "-created")
    with understood(f"{issue}/comment"):
        return next((one for one in said if is_ours(one, own) and mark_of(one) == mark), None)


def _make(jira: Transport, issue: str, mark: str, body: str) -> str:
    path, kept = f"{issue}/comment", {"key": PROPERTY, "value": {"mark": mark}}
    made = jira.write("POST", path, {"body": body, "properties": [kept]})
    with understood(path):
        return str(made["id"])

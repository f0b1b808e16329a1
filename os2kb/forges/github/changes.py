"""What is changed of an issue, each field in GitHub's own way.

https://docs.github.com/en/rest/issues/issues#update-an-issue
"""

from typing import Any

from os2kb.backlog.sides import state_of
from os2kb.forges.github.errors import closed_or_not_ours, no_milestone, not_assignable
from os2kb.forges.github.transport import Transport
from os2kb.forges.port import Changeable, Conversation


def change(
    github: Transport,
    full_name: str,
    now: Conversation,
    field: Changeable,
    value: str,
    expects: str,
) -> bool:
    """Make a field say a value; False where it says neither that nor what is expected.

    Args:
        now: the issue, as it was just read.

    Raises:
        Rejected: there is no such milestone, or nobody of that name who can be given an issue.
    """
    if field == "assignee":
        return _give(github, full_name, now, value, expects)
    says = _says(now, field)
    if says == value:
        return True
    if says != expects:
        return False
    path = f"/repos/{full_name}/issues/{now.number}"
    for body in _bodies(github, full_name, now, field, value):
        answer = github.write("PATCH", full_name, path, body)
    # Who may only triage is answered 200, and the milestone is dropped.
    if field == "fixVersion" and str((answer["milestone"] or {}).get("title") or "") != value:
        raise no_milestone(full_name, value)
    return True


def put_issue(
    github: Transport, full_name: str, found: Conversation | None, title: str, body: str
) -> str:
    """Create an issue of ours, or edit the one that was found; returns its number.

    Raises:
        Rejected: a person has closed it, or it is somebody else's.
    """
    path, said = f"/repos/{full_name}/issues", {"title": title, "body": body}
    if found is None:
        return str(github.write("POST", full_name, path, said)["number"])
    if not (found.open and found.author.is_self):
        raise closed_or_not_ours(f"{full_name}#{found.number}")
    if (found.title, found.body) != (title, body):
        github.write("PATCH", full_name, f"{path}/{found.number}", said)
    return str(found.number)


def _says(now: Conversation, field: Changeable) -> str:
    match field:
        case "title":
            return now.title
        case "description":
            return now.body
        case "fixVersion":
            return now.milestone
    return state_of(is_open=now.open, reason=now.state_reason)


def _bodies(
    github: Transport, full_name: str, now: Conversation, field: Changeable, value: str
) -> list[dict[str, Any]]:
    """What to send, in order."""
    match field:
        case "title":
            return [{"title": value}]
        case "description":
            return [{"body": value}]
        case "fixVersion":
            return [{"milestone": _milestone(github, full_name, value) if value else None}]
    if value == "open":
        return [{"state": "open"}]
    closed = {"state": "closed", "state_reason": value}
    # Another reason is ignored while the state stays the same.
    return [closed] if now.open else [{"state": "open"}, closed]


def _milestone(github: Transport, full_name: str, title: str) -> int:
    found = github.pages(full_name, f"/repos/{full_name}/milestones", state="all")
    for one in found:
        if one["title"] == title:
            return int(one["number"])
    raise no_milestone(full_name, title)


def _give(
    github: Transport, full_name: str, now: Conversation, login: str, instead_of: str
) -> bool:
    """Give an issue to one person instead of another.

    In one write: cut off between two, it would be given to both, and nobody could tell why.
    """
    has = {one.casefold() for one in now.assignees}
    to, other = login.casefold(), instead_of.casefold()
    if (to in has or not (to or has)) and (not other or other == to or other not in has):
        return True
    if (other and other not in has) or (not other and has):
        return False
    if to and to not in has:
        _check_assignable(github, full_name, login)
    kept = [one for one in now.assignees if one.casefold() not in (to, other)]
    body = {"assignees": [*kept, *([login] if login else [])]}
    github.write("PATCH", full_name, f"/repos/{full_name}/issues/{now.number}", body)
    return True


def _check_assignable(github: Transport, full_name: str, login: str) -> None:
    """Nothing for who can be given an issue here: GitHub leaves out others without a word."""
    known = github.pages(full_name, f"/repos/{full_name}/assignees")
    if not any(str(one["login"]).casefold() == login.casefold() for one in known):
        raise not_assignable(full_name, login)

"""What is changed of a ticket: each looked at, and then written once.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-issueidorkey-put
"""

from collections.abc import Mapping, Set
from typing import Any

from os2kb.backlog.workflow import RESOLUTION, Step
from os2kb.trackers.jira.as_read import Json, account
from os2kb.trackers.jira.errors import no_field, no_step, understood
from os2kb.trackers.jira.fields import to_write
from os2kb.trackers.jira.parse import OUR_NAMES, shown
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import Changeable

_IDS: Mapping[Changeable, str] = {
    "title": "summary",
    "description": "description",
    "type": "issuetype",
    "priority": "priority",
    "assignee": "assignee",
    "fixVersion": "fixVersions",
    "due": "duedate",
}
_TEXTS = ("title", "description")


def change(
    jira: Transport,
    issue: str,
    field: Changeable,
    value: str,
    expects: str,
    *,
    is_cloud: bool,
) -> bool:
    """Make a field say a value; False where it says neither that nor what is expected.

    Args:
        jira: where it is.
        issue: its path.
        field: which.
        value: in Jira's words; of an assignee, the account.
        expects: likewise.
        is_cloud: accounts go by their ids there, and by names in a data center.

    Raises:
        Unacceptable: there is no such field on the edit screen, or it takes no such value.
    """
    id_ = _IDS[field]
    told = jira.get(issue, fields=id_, expand="editmeta")
    with understood(issue):
        says, key = _says(field, told["fields"].get(id_)), str(told["key"])
        editable = told["editmeta"]["fields"]
    if _same(field, says, value):
        return True
    if not _same(field, says, expects):
        return False
    if field == "assignee":
        body = _given(editable, key, value, is_cloud=is_cloud)
    else:
        with understood(issue):
            body = to_write(editable, key, OUR_NAMES.get(id_, id_), value)
    jira.write("PUT", issue, {"fields": body})
    return True


def change_labels(jira: Transport, issue: str, on: Set[str], off: Set[str]) -> None:
    """Put labels on and take labels off, one by one, so that what others do meanwhile stays.

    Raises:
        Unacceptable: labels are not on the edit screen, or one of them has a space.
    """
    told = jira.get(issue, fields="labels", expand="editmeta")
    with understood(issue):
        held = {str(one) for one in told["fields"].get("labels") or ()}
        is_there, key = "labels" in told["editmeta"]["fields"], str(told["key"])
    steps = [{"add": one} for one in sorted(on - held)]
    steps += [{"remove": one} for one in sorted(off & held)]
    if not steps:
        return
    if not is_there:
        raise no_field("labels", key)
    jira.write("PUT", issue, {"update": {"labels": steps}})


def take(jira: Transport, issue: str, step: Step, expects: str) -> bool:
    """Take a step from the status that is expected; False where the ticket stands elsewhere.

    Raises:
        Unacceptable: there is no such step for us, or its screen does not take what is given.
    """
    told = jira.get(issue, fields="status")
    with understood(issue):
        status, key = shown(told["fields"]["status"]), str(told["key"])
    if status.casefold() == step.transition.to.casefold():
        return True
    if status.casefold() != expects.casefold():
        return False
    path = f"{issue}/transitions"
    rows = jira.get(path, expand="transitions.fields")
    with understood(path):
        by_id = {str(one["id"]): one for one in rows["transitions"]}
        found = by_id.get(step.transition.id)
        if found is None:
            raise no_step(key, step.transition.name, status)
        body: dict[str, Any] = {"transition": {"id": step.transition.id}}
        if step.fields:
            body["fields"] = _filled(found.get("fields") or {}, key, step.fields)
    jira.write("POST", path, body)
    return True


def _says(field: Changeable, held: Any) -> str:
    """A field in the words in which it is changed."""
    if field == "assignee":
        return account(held)
    return str(held or "") if field in _TEXTS else shown(held)


def _same(field: Changeable, one: str, other: str) -> bool:
    if field in _TEXTS or field == "assignee":
        return one == other
    return one.casefold() == other.casefold()


def _given(editable: Json, key: str, who: str, *, is_cloud: bool) -> dict[str, Any]:
    if "assignee" not in editable:
        raise no_field("assignee", key)
    return {"assignee": {"accountId" if is_cloud else "name": who} if who else None}


def _filled(screen: Json, key: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a transition's screen, by the names that the Policy has for them."""
    body: dict[str, Any] = {}
    for name, value in given.items():
        body |= to_write(screen, key, "resolution" if name == RESOLUTION else name, value)
    return body

"""What a project asks for where a ticket of some type is created.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-createmeta-projectidorkey-issuetypes-issuetypeid-get
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from os2kb.trackers.jira.as_read import Json
from os2kb.trackers.jira.errors import no_value, understood
from os2kb.trackers.jira.fields import to_write
from os2kb.trackers.jira.parse import OUR_NAMES
from os2kb.trackers.jira.transport import Transport

_SENT = ("project", "issuetype", "summary", "description", "reporter")
"""What we always send, and what Jira gives by itself."""


def asked(jira: Transport, project: str, type_name: str) -> tuple[str, ...]:
    """The names of the fields that a new ticket must have besides what we always send.

    Raises:
        Unacceptable: the project has no such type.
        NoTicket: there is no such project, or we may not create there.
    """
    return tuple(str(told.get("name") or id_) for id_, told in _asked(jira, project, type_name))


def given(
    jira: Transport, project: str, type_name: str, values: Mapping[str, str]
) -> dict[str, Any]:
    """Those of the values that are asked for, as Jira wants them written.

    Raises:
        Unacceptable: a field takes no such value.
    """
    known = {name.casefold(): value for name, value in values.items()}
    found: dict[str, Any] = {}
    for id_, told in _asked(jira, project, type_name) if known else ():
        names = (str(told.get("name") or ""), OUR_NAMES.get(id_, id_))
        value = next((known[one.casefold()] for one in names if one.casefold() in known), "")
        if value:
            found |= to_write({id_: told}, project, OUR_NAMES.get(id_, id_), value)
    return found


def _asked(jira: Transport, project: str, type_name: str) -> Iterator[tuple[str, Json]]:
    path = f"issue/createmeta/{quote(project, safe='')}/issuetypes"
    types = list(_pages(jira, path, "issueTypes"))
    with understood(path):
        named = {str(one["name"]): str(one["id"]) for one in types}
    id_ = next((named[one] for one in named if one.casefold() == type_name.casefold()), None)
    if id_ is None:
        raise no_value("issuetype", type_name, tuple(named))
    for one in _pages(jira, f"{path}/{id_}", "fields"):
        with understood(path):
            field = str(one.get("fieldId") or one["key"])
            needed = one.get("required") and not one.get("hasDefaultValue")
        if needed and field not in _SENT:
            yield field, one


def _pages(jira: Transport, path: str, rows: str) -> Iterator[Json]:
    """The rows of all pages; a data center calls them `values`."""
    seen = 0
    while True:
        page = jira.get(path, startAt=str(seen), maxResults="100")
        with understood(path):
            found = list(page[rows] if rows in page else page["values"])
            total = int(page["total"])
        yield from found
        seen += len(found)
        if not found or seen >= total:
            return

"""Many tickets at once, and which were changed.

The Cloud finds by `search/jql`, page after page by a token, and reads by `bulkfetch` what is there
now; a data center does both by `search`, whose index may lag by some seconds.
https://developer.atlassian.com/changelog/#CHANGE-2046
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from os2kb.trackers.jira.as_read import Json, is_ours, is_serviced
from os2kb.trackers.jira.errors import understood
from os2kb.trackers.jira.transport import Transport
from os2kb.trackers.port import Page

AT_ONCE = 100
_COMMENTS_AT_ONCE = 1000
FIELDS = ("*all", "-worklog", "-attachment")
EXPAND = ("names", "changelog", "transitions.fields")


def found(jira: Transport, jql: str, following: str, most: int, *, is_cloud: bool) -> Page:
    """A page of the ids that a query finds, as the index has them."""
    path, start = ("search/jql", "nextPageToken") if is_cloud else ("search", "startAt")
    asked = {"jql": jql, "fields": "id", "maxResults": str(min(most, AT_ONCE))}
    page = jira.get(path, **asked, **({start: following} if following else {}))
    with understood(path):
        ids = tuple(str(one["id"]) for one in page["issues"])
        if is_cloud:
            token = "" if page.get("isLast") else str(page.get("nextPageToken") or "")
            return Page(ids, token if ids else "")
        seen = int(following or 0) + len(ids)
        return Page(ids, str(seen) if ids and seen < int(page["total"]) else "")


def changed_since(project: str, since: datetime, zone: str) -> str:
    """The query for what was changed in a project: whole minutes, as our account's clock has them.

    Args:
        project: its key.
        since: with a zone.
        zone: of our account; where that is not told, a day more is asked for.
    """
    try:
        at = since.astimezone(ZoneInfo(zone)) if zone else since - timedelta(days=1)
    except (ZoneInfoNotFoundError, ValueError):
        at = since - timedelta(days=1)
    return f'project = "{project}" AND updated >= "{at:%Y-%m-%d %H:%M}" ORDER BY created ASC'


def issues(jira: Transport, ids: Sequence[str], *, is_cloud: bool) -> Iterator[dict[str, Any]]:
    """Those of the issues that are there, whole, each with its `names`."""
    for some in _in_parts(ids, AT_ONCE):
        page = _fetched(jira, some) if is_cloud else _searched(jira, some)
        with understood("issues"):
            for one in page["issues"]:
                yield {"names": page.get("names") or {}, **one}


def marks(jira: Transport, comments: Iterable[str]) -> Mapping[str, Json]:
    """Comments by their ids, with their properties; on the Cloud alone."""
    every: dict[str, Json] = {}
    for some in _in_parts(tuple(comments), _COMMENTS_AT_ONCE):
        wanted = {"ids": [int(one) for one in some]}
        page = jira.ask("comment/list", wanted, expand="properties")
        with understood("comment/list"):
            every |= {str(one["id"]): one for one in page["values"]}
    return every


def comments_of(
    data: Json,
    own: frozenset[str],
    known: Mapping[str, Json],
    alone: Callable[[str], Iterable[Json]],
) -> Iterator[Json]:
    """The comments of an issue with their properties.

    Args:
        data: the issue, with the first of its comments.
        own: what our account is known by.
        known: comments whose properties were read.
        alone: reads all of an issue's, by its id, where what we have is not enough.
    """
    told = data["fields"]["comment"]
    first = [known.get(str(one["id"]), one) for one in told["comments"]]
    unknown = (one for one in first if str(one["id"]) not in known)
    unsure = any(is_ours(one, own) for one in unknown)
    hidden = is_serviced(data["fields"]) and not all("jsdPublic" in one for one in first)
    is_cut = len(first) < int(told.get("total", 0))
    yield from alone(str(data["id"])) if unsure or hidden or is_cut else first


def _in_parts(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    yield from (ids[start : start + size] for start in range(0, len(ids), size))


def _fetched(jira: Transport, ids: Sequence[str]) -> Any:
    wanted = {"issueIdsOrKeys": list(ids), "fields": list(FIELDS), "expand": list(EXPAND)}
    return jira.ask("issue/bulkfetch", wanted)


def _searched(jira: Transport, ids: Sequence[str]) -> Any:
    # What is gone would be an error of the query, were it looked into.
    return jira.get(
        "search",
        jql=f"id in ({', '.join(ids)})",
        fields=",".join(FIELDS),
        expand=",".join(EXPAND),
        maxResults=str(AT_ONCE),
        validateQuery="false",
    )

"""Jira's JSON to a ticket as our account reads it.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-issueidorkey-get
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from os2kb.backlog.as_read import CommentAsRead, TicketAsRead
from os2kb.backlog.workflow import RESOLUTION, Transition
from os2kb.trackers.jira.parse import known_as, moment, shown

PROPERTY = "os2kb"
"""The property of an issue that says what it is linked to, and of a comment what it tells."""
_INTERNAL = "sd.public.comment"

Json = Mapping[str, Any]


def ticket_as_read(data: Json, comments: Iterable[CommentAsRead]) -> TicketAsRead:
    """A ticket from an issue with its transitions."""
    fields = data["fields"]
    return TicketAsRead(
        summary=str(fields.get("summary") or ""),
        description=str(fields.get("description") or ""),
        status=shown(fields.get("status")),
        resolution=shown(fields.get("resolution")),
        type=shown(fields.get("issuetype")),
        priority=shown(fields.get("priority")),
        labels=frozenset(map(str, fields.get("labels") or ())),
        assignee=account(fields.get("assignee")),
        assignee_email=str((fields.get("assignee") or {}).get("emailAddress") or ""),
        versions=tuple(map(shown, fields.get("fixVersions") or ())),
        due=str(fields.get("duedate") or ""),
        # What hides something without saying so much as a name hides it all the same.
        security_level=shown(fields.get("security")) or ("?" if fields.get("security") else ""),
        comments=tuple(comments),
        transitions=tuple(transitions(data.get("transitions") or (), fields)),
        archived=bool(fields.get("archiveddate")),
    )


def account(user: Json | None) -> str:
    """What the Policy's `users` call somebody: the id on the Cloud, the name in a data center."""
    told = (user or {}).get
    return next((str(told(name)) for name in ("accountId", "name", "key") if told(name)), "")


def is_serviced(fields: Json) -> bool:
    """Whether it is of Service Management, where comments may be for agents alone."""
    return (fields.get("project") or {}).get("projectTypeKey") == "service_desk"


def comment(data: Json, own: frozenset[str], *, serviced: bool) -> CommentAsRead:
    """A comment with its properties.

    Args:
        data: of the comment.
        own: what our account is known by.
        serviced: it is in a project of Service Management: what does not say that customers see it
            is taken for internal.
    """
    limited = data.get("visibility")
    told = limited if isinstance(limited, dict) else {}
    ours = is_ours(data, own)
    return CommentAsRead(
        id=str(data["id"]),
        body=str(data["body"] or ""),
        author=account(data.get("author")),
        ours=ours,
        restricted_to=str(told.get("value") or told.get("identifier") or ("?" if limited else "")),
        internal=_is_internal(data, otherwise=serviced),
        created_at=moment(data["created"]),
        updated_at=moment(data["updated"]),
        copy_of=mark_of(data) if ours else "",
    )


def is_ours(data: Json, own: frozenset[str]) -> bool:
    """Whether we wrote a comment."""
    return bool(known_as(data.get("author")) & own)


def mark_of(data: Json) -> str:
    """The mark of a comment that was read with its properties; empty for none."""
    kept = _properties(data).get(PROPERTY)
    return str(kept.get("mark", "")) if isinstance(kept, dict) else ""


def transitions(rows: Iterable[Json], fields: Json) -> Iterator[Transition]:
    """The steps from where a ticket stands.

    Args:
        rows: of Jira, each with the fields of its screen.
        fields: of the ticket: what has a value is not asked for.
    """
    for one in rows:
        required = (
            RESOLUTION if id_ == "resolution" else str(told.get("name") or id_)
            for id_, told in (one.get("fields") or {}).items()
            if told.get("required") and not told.get("hasDefaultValue") and not fields.get(id_)
        )
        allowed = one.get("isAvailable", True) is not False
        resolves = "resolution" in (one.get("fields") or {})
        yield Transition(
            str(one["id"]), str(one["name"]), shown(one["to"]), tuple(required), allowed, resolves
        )


def _properties(data: Json) -> dict[str, Any]:
    return {str(one["key"]): one.get("value") for one in data.get("properties") or ()}


def _is_internal(data: Json, *, otherwise: bool) -> bool:
    """By what a data center keeps with the comment, and by what the Cloud says of it."""
    signs = []
    kept = _properties(data).get(_INTERNAL)
    if isinstance(kept, dict) and "internal" in kept:
        signs.append(str(kept["internal"]).lower() != "false")
    if "jsdPublic" in data:
        signs.append(data["jsdPublic"] is not True)
    return any(signs) if signs else otherwise

"""Jira's JSON to the project's words.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-issueidorkey-get
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from os2kb.governance.tickets.ticket import Ticket

OUR_NAMES = {"duedate": "due"}
"""Jira's id of a field to the name that holds in every language of Jira."""
_TEXTS = ("description", "comment")


def ticket(data: Mapping[str, Any], site: str, own: frozenset[str]) -> Ticket:
    """A ticket from an issue with its names and its changelog.

    Args:
        data: the issue.
        site: where people read it.
        own: what our account is known by; see `known_as`.
    """
    fields = data["fields"]
    names = data.get("names") or {}
    changelog = data.get("changelog") or {}
    histories = changelog.get("histories") or ()
    key = str(data["key"])
    return Ticket(
        id=str(data["id"]),
        key=key,
        url=address(site, key),
        updated_at=moment(fields["updated"]),
        values=MappingProxyType(dict(_values(fields, names))),
        chosen=frozenset(_chosen(histories, own)),
        history_cut=len(histories) < changelog.get("total", 0),
    )


def address(site: str, key: str) -> str:
    """Where people read a ticket."""
    return f"{site.rstrip('/')}/browse/{key}"


def known_as(user: Mapping[str, Any] | None) -> frozenset[str]:
    """What tells an account: its id on the Cloud, its key and name in a data center."""
    told = (user or {}).get
    return frozenset(str(told(name)) for name in ("accountId", "key", "name") if told(name))


def moment(text: str) -> datetime:
    """A moment as Jira writes it, `2026-03-02T09:00:00.000+0100`."""
    return datetime.fromisoformat(text).astimezone(UTC)


def shown(value: Any) -> str:
    """A field's value as people read it; empty for none."""
    if isinstance(value, dict):
        found = (value.get(name) for name in ("name", "value", "displayName"))
        return next((str(one) for one in found if one), "")
    if isinstance(value, list):
        return ", ".join(filter(None, map(shown, value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _values(fields: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """By name first: of two fields with one name, what Jira itself calls so stands."""
    for by_name in (True, False):
        for id_, value in fields.items():
            if id_ in _TEXTS:
                continue
            said = shown(value)
            name = names.get(id_, "") if by_name else OUR_NAMES.get(id_, id_)
            if said and name:
                yield name.casefold(), said


def _chosen(histories: Any, own: frozenset[str]) -> Iterator[str]:
    """The fields that others changed last."""
    last: dict[str, bool] = {}
    for one in sorted(histories, key=lambda one: (moment(one["created"]), int(one["id"]))):
        theirs = not known_as(one.get("author")) & own
        for item in one.get("items") or ():
            for name in {item.get("field"), item.get("fieldId")} - {None}:
                last[OUR_NAMES.get(name, name).casefold()] = theirs
    yield from (name for name, theirs in last.items() if theirs)

"""The JSON that the demo Jira answers with."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from os2kb.demo.jira.world.state import (
    Change,
    Comment,
    Field,
    Issue,
    Person,
    Project,
    RemoteLink,
)
from os2kb.demo.jira.world.world import TYPE, Jira, may_read, may_take

Json = dict[str, Any]
_SCHEMAS: dict[str, Json] = {
    "text": {"type": "string"},
    "date": {"type": "date"},
    "number": {"type": "number"},
    "option": {"type": "option"},
    "priority": {"type": "priority"},
    "labels": {"type": "array", "items": "string"},
    "user": {"type": "user"},
    "versions": {"type": "array", "items": "version"},
    "type": {"type": "issuetype"},
}

_LATEST = 100
_COMMENTS = 20
"""So many come with an issue on the Cloud; a data center gives all."""


def moment(at: datetime) -> str:
    """A moment as Jira writes it."""
    said = at.astimezone(UTC)
    return f"{said:%Y-%m-%dT%H:%M:%S}.{said.microsecond // 1000:03}+0000"


def user(jira: Jira, person: Person) -> Json:
    """An account: by its id on the Cloud, by its name in a data center."""
    shown = {"displayName": person.shown, "active": True, "timeZone": "Europe/Copenhagen"}
    if jira.is_cloud:
        return {
            "self": f"{jira.web}/rest/api/2/user?accountId={person.account_id}",
            "accountId": person.account_id,
            "accountType": "atlassian",
            **({"emailAddress": person.email} if person.shows_email else {}),
            **shown,
        }
    named = {"name": person.name, "key": person.name, "emailAddress": person.email}
    return {"self": f"{jira.web}/rest/api/2/user?username={person.name}", **named, **shown}


def address(jira: Jira, issue: Issue) -> str:
    """An issue's own address."""
    return f"{jira.web}/rest/api/2/issue/{issue.id}"


def schema(one: Field) -> Json:
    """Of what type a field is."""
    kind = dict(_SCHEMAS[one.kind])
    if one.is_custom:
        number = int(one.id.partition("_")[2])
        return {**kind, "custom": f"com.example:{one.kind}", "customId": number}
    if one.kind == "option":  # each of Jira's own is of a type of its own
        kind = {"type": one.id}
    return {**kind, "system": one.id}


def named(jira: Jira, one: Field, value: str) -> Json:
    """A value that is chosen from several, with its id."""
    if one.kind == "priority":
        place = jira.priorities.index(value) + 1
        return {"self": f"{jira.web}/rest/api/2/priority/{place}", "id": str(place), "name": value}
    if one.kind == "option":
        word = "value" if one.is_custom else "name"
        return {"id": str(one.options.index(value) + 1), word: value}
    return {"name": value}


def status(jira: Jira, name: str) -> Json:
    """A status with its category."""
    place = str(list(jira.statuses).index(name) + 1)
    address = f"{jira.web}/rest/api/2/status/{place}"
    category = {"id": 2, "key": jira.statuses[name], "name": name}
    return {"self": address, "id": place, "name": name, "statusCategory": category}


def type_named(project: Project, name: str) -> Json:
    """A type of ticket; one that was moved may be of a type that is not the project's."""
    place = project.types.index(name) if name in project.types else 98
    return {"id": str(place + 1), "name": name, "subtask": False}


def value(jira: Jira, one: Field, plain: Any) -> Any:
    """A field's value."""
    if one.kind == "versions":
        return [{"name": name} for name in plain or ()]
    if plain is None or one.kind in ("text", "date", "number", "labels"):
        return plain
    if one.kind == "user":
        return user(jira, jira.people[plain])
    return named(jira, one, plain)


def fields(jira: Jira, issue: Issue, by: Person | None) -> Json:
    """All fields of an issue, with the comments that somebody may read."""
    known = {one.id: value(jira, one, issue.values.get(one.id)) for one in jira.fields.values()}
    project = {"id": str(issue.project.id), "key": issue.project.key}
    own = {
        "project": project | {"projectTypeKey": issue.project.kind},
        "issuetype": type_named(issue.project, issue.type),
        "status": status(jira, issue.status),
        "created": moment(issue.created_at),
        "updated": moment(issue.updated_at),
        "creator": user(jira, issue.creator),
        "reporter": user(jira, issue.creator),
        "labels": issue.values.get("labels", []),
        "comment": _comments(jira, issue, by),
        "archiveddate": moment(issue.updated_at) if issue.archived else None,
    }
    return known | own | ({"security": {"name": issue.level}} if issue.level else {})


def _comments(jira: Jira, issue: Issue, by: Person | None) -> Json:
    """The first of them on the Cloud, where there are many."""
    seen = [one for one in issue.comments if by and may_read(by, one)]
    shown = seen[:_COMMENTS] if jira.is_cloud else seen
    told = [comment(jira, issue, one) for one in shown]
    return {"comments": told, "maxResults": len(told), "startAt": 0, "total": len(seen)}


def wanted(every: Json, said: str) -> Json:
    """Those of the fields that a request asks for: `*all,-comment` or `id,summary`."""
    names = [one.strip() for one in said.split(",") if one.strip()]
    without = {one[1:] for one in names if one.startswith("-")}
    asked = [one for one in names if not one.startswith("-")]
    every = {name: one for name, one in every.items() if name not in without}
    if not asked or "*all" in asked:
        return every
    return {name: one for name, one in every.items() if name in asked}


def issue(
    jira: Jira, one: Issue, said: str = "*all", expand: str = "", by: Person | None = None
) -> Json:
    """An issue with what is asked for; without comments where nobody asks."""
    found: Json = {
        "expand": "names,schema,changelog,editmeta",
        "id": str(one.id),
        "key": one.key,
        "self": address(jira, one),
        "fields": wanted(fields(jira, one, by), said),
    }
    if "transitions" in expand and by:
        # The Cloud does not promise to tell here what a screen asks for.
        with_fields = ".fields" in expand and not jira.is_cloud
        found["transitions"] = transitions(jira, one, by, with_fields=with_fields)
    if "editmeta" in expand:
        found["editmeta"] = editable(jira, one)
    if "names" in expand:
        found["names"] = {each.id: each.name for each in jira.fields.values()}
    if "changelog" in expand:
        # The Cloud gives the latest, and a data center all of them.
        told = one.changes[-_LATEST:] if jira.is_cloud else one.changes
        histories = [change(jira, each) for each in reversed(told)]
        found["changelog"] = {
            "startAt": 0,
            "maxResults": len(histories),
            "total": len(one.changes),
            "histories": histories,
        }
    return found


def change(jira: Jira, one: Change) -> Json:
    """What somebody changed at once; the Cloud also tells the fields' ids."""
    items = []
    for item in one.items:
        said: Json = {
            # Its own fields go by their ids here, whatever they are called.
            "field": item.field.name if item.field.is_custom else item.field.id,
            "fieldtype": "custom" if item.field.is_custom else "jira",
            "fromString": item.before,
            "toString": item.after,
        }
        items.append(said | ({"fieldId": item.field.id} if jira.is_cloud else {}))
    who, at = user(jira, one.by), moment(one.at)
    return {"id": str(one.id), "author": who, "created": at, "items": items}


def editable(jira: Jira, one: Issue) -> Json:
    """What can be edited of an issue."""
    shown = (TYPE, *(jira.fields[each] for each in one.project.screen))
    return {"fields": {each.id: meta(jira, each, one.project) for each in shown}}


def transitions(
    jira: Jira, one: Issue, by: Person, *, with_fields: bool, also_unavailable: bool = False
) -> list[Json]:
    """What can be done from where an issue stands, by somebody."""
    rows = []
    may = "TRANSITION_ISSUES" in one.project.may[by.name]
    for each in jira.workflow(one.project):
        available = may and may_take(by, each)
        if (each.sources and one.status not in each.sources) or not (available or also_unavailable):
            continue
        row: Json = {"id": str(each.id), "name": each.name, "to": status(jira, each.to)}
        row |= {"hasScreen": bool(each.required)}
        row |= {"isAvailable": available} if jira.is_cloud else {}
        if with_fields:
            row["fields"] = {
                name: meta(jira, jira.fields[name], one.project, required=True)
                for name in each.required
            }
        rows.append(row)
    return rows


def meta(jira: Jira, one: Field, project: Project, *, required: bool = False) -> Json:
    """What a screen tells of a field."""
    several = ["add", "set", "remove"] if one.kind in ("labels", "versions") else ["set"]
    found: Json = {
        "required": required or one.id == "summary",
        "schema": schema(one),
        "name": one.name,
        "key": one.id,
        "operations": several,
    }
    choices = {
        "priority": jira.priorities,
        "type": project.types,
        "versions": project.versions,
    }.get(one.kind, one.options)
    if one.kind == "versions" or choices:
        found["allowedValues"] = [named(jira, one, name) for name in choices]
    return found


def comment(jira: Jira, on: Issue, one: Comment, *, with_properties: bool = False) -> Json:
    """A comment."""
    found: Json = {
        "self": f"{address(jira, on)}/comment/{one.id}",
        "id": str(one.id),
        "author": user(jira, one.by),
        "updateAuthor": user(jira, one.by),
        "body": one.body,
        "created": moment(one.at),
        "updated": moment(one.updated_at),
    }
    if jira.is_cloud:
        found["jsdPublic"] = not one.internal
    if one.properties and with_properties:
        found["properties"] = [{"key": key, "value": one.properties[key]} for key in one.properties]
    limited = (("role", one.role), ("group", one.group))
    shown = [{"type": kind, "value": name} for kind, name in limited if name]
    return found | ({"visibility": shown[0]} if shown else {})


def remote_link(jira: Jira, on: Issue, one: RemoteLink) -> Json:
    """A link to something outside."""
    shown: Json = {"url": one.url, "title": one.title}
    shown |= {"summary": one.summary} if one.summary else {}
    shown |= {} if one.resolved is None else {"status": {"resolved": one.resolved}}
    found: Json = {
        "id": one.id,
        "self": f"{address(jira, on)}/remotelink/{one.id}",
        "globalId": one.mark,
        "object": shown,
    }
    return found | ({"relationship": one.relationship} if one.relationship else {})


def listed(rows: Iterable[Any], start: int, most: int) -> tuple[list[Any], int]:
    """A page of rows, and how many there are."""
    every = list(rows)
    return every[start : start + most], len(every)

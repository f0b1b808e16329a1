"""Issues in GraphQL: texts, comments and what happened."""

from collections.abc import Sequence
from typing import Any

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.api.graphql.paging import actor, connection, names
from os2kb.demo.github.shapes.issues import association, issue_html_url
from os2kb.demo.github.shapes.text import Json, stamp
from os2kb.demo.github.world.state import Comment, Event, Issue, Repository


def issue(call: Call, repo: Repository, one: Issue) -> Json:
    """An issue, its lists looked up only where they are asked for."""
    url = issue_html_url(call.github, repo, one)
    return {
        "__typename": "Issue",
        "number": one.number,
        "title": one.title,
        "body": one.body or "",
        "state": one.state.upper(),
        "stateReason": lambda _, **asked: _reason(one, **asked),
        "locked": one.locked,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "closedAt": stamp(one.closed_at),
        "url": url,
        "author": actor(one.author),
        "authorAssociation": association(call.github, repo, one.author),
        "issueType": None,
        "milestone": {"title": one.milestone.title} if one.milestone else None,
        "assignees": lambda _, **wanted: connection(one.assignees, actor, wanted),
        "projectItems": lambda _, **wanted: _projects(one, **wanted),
        "labels": lambda _, **wanted: names([each.name for each in one.labels], wanted),
        "comments": lambda _, **wanted: connection(
            one.comments, lambda each: _comment(call, repo, url, each), wanted
        ),
        "timelineItems": lambda _, **wanted: connection(
            _happened(one, wanted.pop("itemTypes", ())), _event, wanted
        ),
    }


def _reason(one: Issue, *, enableDuplicate: bool = False) -> str | None:  # noqa: N803 - GitHub's
    """What does not know of duplicates is told that it was not planned."""
    reason = (one.state_reason or "").upper()
    if reason == "DUPLICATE" and not enableDuplicate:
        return "NOT_PLANNED"
    return reason or None


def _comment(call: Call, repo: Repository, url: str, one: Comment) -> Json:
    return {
        "databaseId": one.id,
        "author": actor(one.author),
        "authorAssociation": association(call.github, repo, one.author),
        "body": one.body,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "url": f"{url}#issuecomment-{one.id}",
    }


def _happened(one: Issue, kinds: Sequence[str]) -> list[Event]:
    """Its events of some kinds, oldest first."""
    return [each for each in one.events if f"{each.kind.upper()}_EVENT" in kinds]


def _event(one: Event) -> Json:
    return {
        "__typename": f"{one.kind.title().replace('_', '')}Event",
        "actor": actor(one.actor),
        "createdAt": stamp(one.at),
        "label": {"name": one.label[0]} if one.label else None,
        "assignee": actor(one.assignee) if one.assignee else None,
    }


def _projects(one: Issue, **wanted: Any) -> Json:
    """The projects that an issue stands in, each with its column."""
    wanted.pop("includeArchived", None)
    return connection(one.columns, _item, wanted)


def _item(column: str) -> Json:
    named = {"__typename": "ProjectV2ItemFieldSingleSelectValue", "name": column}
    return {"fieldValueByName": lambda _, name: named if name == "Status" else None}

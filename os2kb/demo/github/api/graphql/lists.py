"""The issues of a repository in GraphQL."""

from collections.abc import Callable, Mapping
from typing import Any

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.api.graphql.issues import issue
from os2kb.demo.github.api.graphql.paging import connection, require
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.state import Issue, Repository

_ORDER: Mapping[str, Callable[[Issue], Any]] = {
    "COMMENTS": lambda one: len(one.comments),
    "CREATED_AT": lambda one: one.created_at,
    "UPDATED_AT": lambda one: one.updated_at,
}


def issues(
    call: Call,
    repo: Repository,
    *,
    states: list[str] | None = None,
    labels: list[str] | None = None,
    orderBy: Mapping[str, str] | None = None,  # noqa: N803 - GitHub's name
    **wanted: Any,
) -> Json:
    """A page of a repository's issues, oldest first where no order is asked for.

    Args:
        labels: of which each issue has one, at least.
    """
    require(call, repo, "issues")
    worn = {one.casefold() for one in labels or ()}
    rows = [
        one
        for one in repo.issues.values()
        if one.is_here
        and one.pull is None
        and (not states or one.state.upper() in states)
        and (not worn or worn & {label.name.casefold() for label in one.labels})
    ]
    if orderBy:
        rows.sort(key=_ORDER[orderBy["field"]], reverse=orderBy["direction"] == "DESC")
    return connection(rows, lambda one: issue(call, repo, one), wanted)

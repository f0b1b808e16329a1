"""The issues of a repository in GraphQL."""

from typing import Any

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.api.graphql.issues import issue
from os2kb.demo.github.api.graphql.paging import connection, require
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.state import Repository


def issues(call: Call, repo: Repository, *, states: list[str] | None = None, **wanted: Any) -> Json:
    """A page of a repository's issues, oldest first."""
    require(call, repo, "issues")
    rows = [
        one
        for one in repo.issues.values()
        if one.is_here and one.pull is None and (not states or one.state.upper() in states)
    ]
    return connection(rows, lambda one: issue(call, repo, one), wanted)

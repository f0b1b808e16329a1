"""Connections: lists that are given page by page."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLError

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.apps import can_see, covers
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.state import Account, Repository

MOST_AT_ONCE = 100


def connection(rows: Sequence[Any], shape: Callable[[Any], Json], wanted: dict[str, Any]) -> Json:
    """One page of rows, shown; `wanted` is `first` (or `last`) and `after`.

    Raises:
        GraphQLError: more than a hundred are wanted, or nobody said how many.
    """
    size = wanted.get("first", wanted.get("last"))
    if size is None or not 0 < size <= MOST_AT_ONCE:
        raise GraphQLError(f"Requesting {size} records exceeds the `first` limit of 100 records.")
    start = int(b64decode(wanted["after"])) if wanted.get("after") else 0
    if "last" in wanted:
        start = max(0, len(rows) - size)
    end = min(start + size, len(rows))
    return {
        "nodes": [shape(row) for row in rows[start:end]],
        "pageInfo": {
            "hasNextPage": end < len(rows),
            "endCursor": b64encode(str(end).encode()).decode() if rows else None,
        },
        "totalCount": len(rows),
    }


def names(labels: Sequence[str], wanted: dict[str, Any]) -> Json:
    """A page of labels."""
    return connection(labels, lambda name: {"name": name}, wanted)


def actor(account: Account) -> Json:
    """A bot's login lacks here the `[bot]` that REST puts behind it."""
    return {"__typename": account.kind, "login": account.login.removesuffix("[bot]")}


def require(call: Call, repository: Repository, permission: str) -> None:
    """Refuse an installation what it was not granted.

    Raises:
        GraphQLError: FORBIDDEN.
    """
    who = call.actor
    reached = covers(who, repository) and who.may(permission, "read")
    if who.kind == "installation" and not reached and repository.private:
        raise forbidden()
    if who.kind == "installation" and covers(who, repository) and not reached:
        raise forbidden()


def find(call: Call, owner: str, name: str) -> Repository:
    """The repository of that name, now or before it was renamed.

    Raises:
        GraphQLError: NOT_FOUND.
    """
    found = call.github.find(owner, name) or call.github.find_renamed(owner, name)
    if found is None or not can_see(call.actor, found):
        raise not_found(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    return found


def not_found(said: str) -> GraphQLError:
    """What GitHub says of what is not there."""
    return GraphQLError(said, extensions={"type": "NOT_FOUND"})


def forbidden() -> GraphQLError:
    """What GitHub says of what may not be seen."""
    return GraphQLError("Resource not accessible by integration", extensions={"type": "FORBIDDEN"})

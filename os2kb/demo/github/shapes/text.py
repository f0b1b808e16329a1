"""The small change of every shape: JSON, times, node ids."""

import base64
from datetime import UTC, datetime
from typing import Any, overload
from urllib.parse import quote

Json = dict[str, Any]


@overload
def stamp(at: datetime) -> str: ...
@overload
def stamp(at: None) -> None: ...
def stamp(at: datetime | None) -> str | None:
    """A time as GitHub writes it: `2026-03-02T08:15:00Z`."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def node_id(kind: str, number: int | str) -> str:
    """The GraphQL id of a thing."""
    return base64.b64encode(f"{kind}:{number}".encode()).decode()


def in_path(text: str) -> str:
    """A name made fit for a URL's path; slashes stay."""
    return quote(text, safe="/")

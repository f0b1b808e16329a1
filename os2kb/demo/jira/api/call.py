"""A call to the API, and how endpoints read and answer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from os2kb.demo.jira.refusal import Refusal, no_issue, no_permission
from os2kb.demo.jira.world.state import Issue, Person
from os2kb.demo.jira.world.world import Jira, may_see


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answers; `body` None sends no body."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, understood."""

    jira: Jira
    by: Person
    names: Mapping[str, str]
    query: Mapping[str, str]
    body: Any

    def issue(self, permission: str = "") -> Issue:
        """The issue that the path names.

        Raises:
            Refusal: 404 where there is none or nobody may know of it; 403 without the permission.
        """
        found = self.jira.find(self.names["issue"])
        if found is None or not may_see(self.by, found):
            raise no_issue()
        if permission and permission not in found.project.may[self.by.name]:
            raise no_permission(permission)
        if permission and found.archived:
            raise Refusal(403, "The issue is archived.")
        return found

    def number(self, name: str, default: int) -> int:
        """A number in the query; what is none counts as absent."""
        text = self.query.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default

    def given(self, name: str) -> Any:
        """Something of the body; None where it is not there."""
        return self.body.get(name) if isinstance(self.body, dict) else None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A row of the table. `path` stands below `/rest/api/2`, with Starlette's placeholders."""

    method: str
    path: str
    answer: Callable[[Call], Reply]
    only: str = ""
    """`cloud` or `server`, where the other has no such thing."""

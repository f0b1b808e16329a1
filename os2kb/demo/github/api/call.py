"""A call to the API, and how endpoints read and answer it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from os2kb.demo.github.apps import Actor, can_see, covers, role_of
from os2kb.demo.github.refusal import Refusal, gone, invalid, not_found
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.state import (
    ROLES,
    Account,
    Issue,
    Repository,
)
from os2kb.demo.github.world.world import GitHub

MOST_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answers; `body` None sends no body."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """One request, understood.

    Attributes:
        names: what the path names, decoded.
        body: the JSON body, {} where there was none.
        endpoint: the row of the table that matched.
        created_labels: names of labels that this call brought into being.
    """

    github: GitHub
    actor: Actor
    endpoint: "Endpoint"
    path: str
    names: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    created_labels: list[str] = field(default_factory=list)

    @property
    def account(self) -> Account:
        """Whoever acts; only for endpoints that need someone."""
        if self.actor.account is None:
            raise Refusal(401, "Requires authentication")
        return self.actor.account

    def repository(self) -> Repository:
        """The repository the path names.

        Raises:
            Refusal: 404 where there is none or the actor may not know of it; a redirect where
                it was renamed.
        """
        owner, name = self.names["owner"], self.names["repo"]
        found = self.github.find(owner, name)
        if found is None:
            renamed = self.github.find_renamed(owner, name)
            if renamed is None or not can_see(self.actor, renamed):
                raise not_found()
            raise _moved(self, renamed)
        if not can_see(self.actor, found):
            raise not_found()
        return found

    def issue(self, repository: Repository) -> Issue:
        """The issue or pull request the path names.

        Raises:
            Refusal: 404, or 410 where it was deleted.
        """
        issue = repository.issues.get(int(self.names["number"]))
        if issue is None:
            raise not_found()
        if issue.deleted:
            raise gone()
        if issue.moved_to is not None:
            raise _transferred(self, issue.moved_to)
        return issue

    def role(self, repository: Repository) -> str:
        """The actor's role: an installation acts as someone who may write."""
        if self.actor.kind == "installation":
            return "write" if covers(self.actor, repository) else "read"
        return role_of(repository, self.actor.account)

    def has_role(self, repository: Repository, least: str) -> bool:
        """Whether the actor's role is at least this."""
        return ROLES.index(self.role(repository)) >= ROLES.index(least)

    def require_role(self, repository: Repository, least: str) -> None:
        """Refuse those with a lesser role.

        Raises:
            Refusal: 403.
        """
        if not self.has_role(repository, least):
            raise Refusal(403, "Must have admin rights to Repository.")

    def text(self, key: str, resource: str) -> str:
        """A string the body must hold.

        Raises:
            Refusal: 422.
        """
        value = self.body.get(key)
        if not isinstance(value, str) or not value:
            raise invalid(resource, key, "missing_field")
        return value

    def since(self) -> datetime | None:
        """The query's `since`.

        Raises:
            Refusal: 422 where it is no time.
        """
        return self._time("since")

    def _time(self, key: str) -> datetime | None:
        value = self.query.get(key)
        if not value:
            return None
        try:
            # A plus sign that was not escaped arrives as a space.
            at = datetime.fromisoformat(value.replace(" ", "+"))
        except ValueError as error:
            raise invalid("Issue", key, "invalid") from error
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    def number(self, key: str, default: int) -> int:
        """A number in the query; what is none counts as absent."""
        text = self.query.get(key, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default

    def page_size(self) -> int:
        """How many rows a page has."""
        return min(max(self.number("per_page", 30), 1), MOST_PER_PAGE)

    def page_of(self, rows: Sequence[Any]) -> tuple[list[Any], dict[str, str]]:
        """One page of rows, and its `Link` header."""
        size = self.page_size()
        page = max(self.number("page", 1), 1)
        last = max(1, -(-len(rows) // size))
        rels: dict[str, int] = {}
        if page > 1:
            rels |= {"prev": min(page - 1, last), "first": 1}
        if page < last:
            rels |= {"next": page + 1, "last": last}
        links = ", ".join(
            f'<{self.github.api}{self.path}?{urlencode({**self.query, "page": n})}>; rel="{rel}"'
            for rel, n in rels.items()
        )
        return list(rows[(page - 1) * size : page * size]), {"Link": links} if links else {}

    def listing(self, rows: Sequence[Any], shape: Callable[[Any], Json]) -> Reply:
        """A page of rows, shown."""
        page, headers = self.page_of(rows)
        return Reply(200, [shape(row) for row in page], headers)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A row of the table.

    Attributes:
        path: with Starlette's `{name}` placeholders; `{number:int}`, `{path:path}`.
        needs: the permission an installation must have, `issues:write`; several where any will
            do; `jwt` for what only the app itself may ask; empty for everyone.
        role: the least role a person must have; empty for everyone who can see.
    """

    method: str
    path: str
    answer: Callable[[Call], Reply]
    needs: tuple[str, ...] = ()
    role: str = ""

    @property
    def writes(self) -> bool:
        """Whether it changes anything; queries are sent by POST, too."""
        return self.method not in {"GET", "HEAD"} and not self.path.endswith("/graphql")


def _transferred(call: Call, to: tuple[int, int]) -> Refusal:
    """Where a transferred issue is now."""
    url = f"{call.github.api}/repositories/{to[0]}/issues/{to[1]}"
    return Refusal(301, "Moved Permanently", headers={"Location": url}, extra={"url": url})


def _moved(call: Call, repository: Repository) -> Refusal:
    """A redirect to the number, which never changes; a write must keep its method."""
    rest = call.path.split("/", 4)[4:]
    url = "/".join([f"{call.github.api}/repositories/{repository.id}", *rest])
    if call.query:
        url += "?" + urlencode(call.query)
    status = 307 if call.endpoint.writes else 301
    return Refusal(status, "Moved Permanently", headers={"Location": url}, extra={"url": url})

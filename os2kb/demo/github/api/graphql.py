"""The GraphQL endpoint, as far as discussions: queries run against GitHub's own types.

https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions
"""

from base64 import b64decode, b64encode
from typing import Any

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.apps import can_see, covers
from os2kb.demo.github.refusal import Refusal
from os2kb.demo.github.shapes.issues import association, reaction_rollup
from os2kb.demo.github.shapes.text import Json, stamp
from os2kb.demo.github.state import Account, Comment, Discussion, Repository
from os2kb.demo.github.world import GitHub

MOST_AT_ONCE = 100
SCHEMA = """
scalar DateTime
enum DiscussionOrderField { CREATED_AT UPDATED_AT }
enum OrderDirection { ASC DESC }
enum CommentAuthorAssociation { MEMBER OWNER MANNEQUIN COLLABORATOR CONTRIBUTOR NONE }
input DiscussionOrder { field: DiscussionOrderField!, direction: OrderDirection! }
interface Actor { login: String! }
type User implements Actor { login: String! }
type Organization implements Actor { login: String! }
type Bot implements Actor { login: String! }
type PageInfo { hasNextPage: Boolean!, endCursor: String }
type Label { name: String! }
type LabelConnection { nodes: [Label], totalCount: Int! }
type DiscussionCategory { name: String!, slug: String! }
type DiscussionComment {
  databaseId: Int, body: String!, createdAt: DateTime!, isMinimized: Boolean!,
  authorAssociation: CommentAuthorAssociation!, upvoteCount: Int!, author: Actor
}
type Discussion {
  number: Int!, title: String!, body: String!, createdAt: DateTime!, updatedAt: DateTime!,
  category: DiscussionCategory!, labels(first: Int, after: String): LabelConnection,
  answer: DiscussionComment, author: Actor
}
type DiscussionConnection { nodes: [Discussion], pageInfo: PageInfo!, totalCount: Int! }
type Repository {
  discussions(first: Int, after: String, answered: Boolean, orderBy: DiscussionOrder):
    DiscussionConnection!
}
type Query { repository(owner: String!, name: String!): Repository }
"""


def query(call: Call) -> Reply:
    """Run a query. Like GitHub's, it answers 200 also where it finds nothing or may not look."""
    try:
        from graphql import build_schema, graphql_sync
    except ImportError as error:
        raise Refusal(501, "Queries need the package graphql-core") from error
    found = graphql_sync(
        build_schema(SCHEMA),
        call.text("query", "Query"),
        _Root(call),
        variable_values=call.body.get("variables") or {},
    )
    body: Json = {"data": found.data}
    if found.errors:
        body["errors"] = [
            {**error.formatted, **(error.extensions or {}), "extensions": None}
            for error in found.errors
        ]
    return Reply(200, body)


class _Root:
    """Where every query starts."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def repository(self, _info: Any, owner: str, name: str) -> Json:
        from graphql import GraphQLError

        call, actor = self._call, self._call.actor
        repository = call.github.find(owner, name)
        if repository is None or not can_see(actor, repository):
            said = f"Could not resolve to a Repository with the name '{owner}/{name}'."
            raise GraphQLError(said, extensions={"type": "NOT_FOUND"})
        if actor.kind == "installation" and not (
            covers(actor, repository) and actor.may("discussions", "read")
        ):
            said = "Resource not accessible by integration"
            raise GraphQLError(said, extensions={"type": "FORBIDDEN"})
        return {"discussions": lambda _info, **wanted: _page(call.github, repository, **wanted)}


def _page(
    github: GitHub,
    repository: Repository,
    *,
    first: int = 30,
    after: str | None = None,
    answered: bool | None = None,
    orderBy: Json | None = None,  # noqa: N803 - GitHub's name
) -> Json:
    from graphql import GraphQLError

    if not 0 < first <= MOST_AT_ONCE:
        raise GraphQLError(f"Requesting {first} records exceeds the `first` limit of 100 records.")
    rows = [
        one
        for one in repository.discussions
        if answered is None or answered == (one.answer is not None)
    ]
    newest = orderBy is None or orderBy["direction"] == "DESC"
    by_update = orderBy is None or orderBy["field"] == "UPDATED_AT"
    rows.sort(key=lambda one: one.updated_at if by_update else one.created_at, reverse=newest)
    start = int(b64decode(after)) if after else 0
    end = min(start + first, len(rows))
    return {
        "nodes": [_shape(github, repository, one) for one in rows[start:end]],
        "pageInfo": {
            "hasNextPage": end < len(rows),
            "endCursor": b64encode(str(end).encode()).decode(),
        },
        "totalCount": len(rows),
    }


def _shape(github: GitHub, repository: Repository, one: Discussion) -> Json:
    return {
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "category": {"name": one.category, "slug": one.category.lower().replace("&", "-")},
        "labels": {
            "nodes": [{"name": name} for name in one.labels],
            "totalCount": len(one.labels),
        },
        "answer": _answer(github, repository, one.answer) if one.answer else None,
        "author": _actor(one.author),
    }


def _answer(github: GitHub, repository: Repository, comment: Comment) -> Json:
    return {
        "databaseId": comment.id,
        "body": comment.body,
        "createdAt": stamp(comment.created_at),
        "isMinimized": comment.minimized,
        "authorAssociation": association(github, repository, comment.author),
        "upvoteCount": reaction_rollup("", comment.reactions)["+1"],
        "author": _actor(comment.author),
    }


def _actor(account: Account) -> Json:
    """A bot's login lacks here the `[bot]` that REST puts behind it."""
    return {"__typename": account.kind, "login": account.login.removesuffix("[bot]")}


ENDPOINTS = (
    Endpoint("POST", "/graphql", query, role=""),
    Endpoint("POST", "/api/graphql", query, role=""),
)

"""The GraphQL endpoint: queries run against GitHub's own types.

https://docs.github.com/en/graphql
"""

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.api.graphql.pulls import resolve_thread
from os2kb.demo.github.api.graphql.repository import repository
from os2kb.demo.github.shapes.text import Json


@cache
def schema() -> GraphQLSchema:
    """The types there are."""
    return build_schema(files(__package__).joinpath("schema.graphql").read_text("utf-8"))


def query(call: Call) -> Reply:
    """Run a query. Like GitHub's, it answers 200 also where it finds nothing or may not look."""
    understood = _understood(call.text("query", "Query"))
    if not isinstance(understood, DocumentNode):
        return Reply(200, _body(ExecutionResult(None, list(understood))))
    found = execute_sync(
        schema(),
        understood,
        {
            "repository": lambda _info, **wanted: repository(call, **wanted),
            "resolveReviewThread": lambda _info, **wanted: resolve_thread(call, **wanted),
        },
        variable_values=call.body.get("variables") or {},
    )
    return Reply(200, _body(found))


@lru_cache(maxsize=256)  # the same few are asked again and again, and to check one takes longest
def _understood(text: str) -> DocumentNode | tuple[GraphQLError, ...]:
    """A query, or what is wrong with it."""
    try:
        document = parse(text)
    except GraphQLError as error:
        return (error,)
    return tuple(validate(schema(), document)) or document


def _body(found: ExecutionResult) -> Json:
    body: Json = {"data": found.data}
    if found.errors:
        told: list[Any] = [(error.formatted, error.extensions or {}) for error in found.errors]
        body["errors"] = [{**error, **more, "extensions": None} for error, more in told]
    return body


ENDPOINTS = (
    Endpoint("POST", "/graphql", query, role=""),
    Endpoint("POST", "/api/graphql", query, role=""),
)

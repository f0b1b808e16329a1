"""Discussions in GraphQL.

https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions
"""

from typing import Any

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.api.graphql.paging import actor, connection, forbidden, names
from os2kb.demo.github.apps import covers
from os2kb.demo.github.shapes.issues import association, reaction_rollup
from os2kb.demo.github.shapes.text import Json, stamp
from os2kb.demo.github.world.state import Comment, Discussion, Repository
from os2kb.demo.github.world.world import GitHub


def discussions(
    call: Call,
    repository: Repository,
    *,
    answered: bool | None = None,
    orderBy: Json | None = None,  # noqa: N803 - GitHub's name
    **wanted: Any,
) -> Json:
    """A page of them.

    Raises:
        GraphQLError: FORBIDDEN; also where they are public.
    """
    who = call.actor
    if who.kind == "installation" and not (
        covers(who, repository) and who.may("discussions", "read")
    ):
        raise forbidden()
    rows = [
        one
        for one in repository.discussions
        if answered is None or answered == (one.answer is not None)
    ]
    newest = orderBy is None or orderBy["direction"] == "DESC"
    by_update = orderBy is None or orderBy["field"] == "UPDATED_AT"
    rows.sort(key=lambda one: one.updated_at if by_update else one.created_at, reverse=newest)
    return connection(rows, lambda one: _shape(call.github, repository, one), wanted)


def _shape(github: GitHub, repository: Repository, one: Discussion) -> Json:
    return {
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at),
        "category": {"name": one.category, "slug": one.category.lower().replace("&", "-")},
        "labels": lambda _, **wanted: names(one.labels, wanted),
        "answer": _answer(github, repository, one.answer) if one.answer else None,
        "author": actor(one.author),
    }


def _answer(github: GitHub, repository: Repository, comment: Comment) -> Json:
    return {
        "databaseId": comment.id,
        "body": comment.body,
        "createdAt": stamp(comment.created_at),
        "isMinimized": comment.minimized,
        "authorAssociation": association(github, repository, comment.author),
        "upvoteCount": reaction_rollup("", comment.reactions)["+1"],
        "author": actor(comment.author),
    }

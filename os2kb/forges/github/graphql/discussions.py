"""GitHub's discussions, which only its GraphQL API shows.

https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions
"""

from collections.abc import Iterator, Mapping
from typing import Any

from os2kb.forges.answers import Discussion, Reply
from os2kb.forges.github import parse
from os2kb.forges.github.transport import Transport

QUERY = """\
query AnsweredDiscussions($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    discussions(first: 50, after: $after, answered: true,
                orderBy: {field: CREATED_AT, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body updatedAt
        category { name slug }
        labels(first: 50) { nodes { name } }
        answer {
          databaseId body createdAt isMinimized authorAssociation upvoteCount
          author { __typename login }
        }
      }
    }
  }
}
"""


def answered(github: Transport, full_name: str, own_login: str) -> Iterator[Discussion]:
    """Every discussion in which an answer was marked and is still shown, oldest first."""
    owner, _, name = full_name.partition("/")
    after: str | None = None
    while True:
        variables = {"owner": owner, "name": name, "after": after}
        found = github.graphql(full_name, QUERY, variables).data["repository"]["discussions"]
        for node in found["nodes"]:
            if node["answer"] and not node["answer"]["isMinimized"]:
                yield _discussion(node, own_login)
        if not found["pageInfo"]["hasNextPage"]:
            return
        after = found["pageInfo"]["endCursor"]


def _discussion(node: Mapping[str, Any], own_login: str) -> Discussion:
    answer, category = node["answer"], node["category"]
    return Discussion(
        number=int(node["number"]),
        title=str(node["title"]),
        body=str(node["body"]),
        updated_at=parse.moment(node["updatedAt"]),
        category=str(category["name"]),
        slug=str(category["slug"]),
        labels=tuple(str(label["name"]) for label in (node["labels"] or {"nodes": ()})["nodes"]),
        answer=Reply(
            id=int(answer["databaseId"]),
            author=parse.actor(answer["author"], own_login),
            body=str(answer["body"]),
            created_at=parse.moment(answer["createdAt"]),
            association=str(answer["authorAssociation"]),
            thumbs_up=int(answer["upvoteCount"]),
        ),
    )

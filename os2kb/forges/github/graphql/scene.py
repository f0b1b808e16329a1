"""A repository, its Policy files and a pull request's branches, in one GraphQL read.

https://docs.github.com/en/graphql/reference/objects#repository
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from os2kb.forges.github import parse
from os2kb.forges.github.transport import Transport
from os2kb.forges.scene import File, Scene, Text, Unreadable
from os2kb.governance.facts import PullRequest, Repository
from os2kb.policy.policy import PATH

TEXT = "fragment Text on GitObject { __typename ... on Blob { text isBinary isTruncated } }"
SCENE = f"""\
query Scene($owner: String!, $name: String!, $number: Int!, $policy: String!) {{
  repository(owner: $owner, name: $name) {{
    databaseId nameWithOwner isPrivate isArchived url
    labels(first: 100) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ name }} }}
    defaultBranchRef {{ name target {{ oid }} }}
    policy: object(expression: $policy) {{ ...Text }}
    subject: issueOrPullRequest(number: $number) {{
      ... on PullRequest {{
        headRefName headRefOid baseRefName isDraft merged updatedAt
        additions deletions isCrossRepository
      }}
    }}
  }}
  organisation: repository(owner: $owner, name: ".github") {{
    nameWithOwner isPrivate url
    defaultBranchRef {{ target {{ oid }} }}
    policy: object(expression: $policy) {{ ...Text }}
  }}
}}
{TEXT}
"""
LABELS = """\
query Labels($owner: String!, $name: String!, $after: String!) {
  repository(owner: $owner, name: $name) {
    labels(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { name } }
  }
}
"""
# Not there for an issue's number, or for an organisation without such a repository.
_MAY_LACK = frozenset({"subject", "organisation"})


def scene(github: Transport, full_name: str, number: int) -> Scene:
    """The repository of that name, and what stands under that number if it is a pull request.

    Raises:
        NotFound: the repository is not there, or not visible to us.
    """
    owner, _, name = full_name.partition("/")
    wanted = {"owner": owner, "name": name, "number": number, "policy": f"HEAD:{PATH}"}
    data = github.graphql(full_name, SCENE, wanted, may_lack=_MAY_LACK).data
    found, home = data["repository"], data["organisation"] or {}
    labels = tuple(_labels(github, full_name, found["labels"]))
    branch = found["defaultBranchRef"]
    head, home_head = _tip(found), _tip(home)
    return Scene(
        repository=_repository(found, branch["name"] if branch else "", labels),
        head=head,
        policy=text(found["policy"], PATH, f"{found['url']}/blob/{head}"),
        organisation_head=home_head,
        organisation_policy=text(home.get("policy"), PATH, f"{home.get('url')}/blob/{home_head}"),
        organisation_private=bool(home.get("isPrivate")),
        pull=_pull(found["subject"]),
    )


def text(node: Mapping[str, Any] | None, path: str, above: str) -> Text:
    """What stands at a path, from the fragment `Text`.

    Args:
        node: the answer.
        path: where it stands.
        above: the address that its path is added to.
    """
    if not node:
        return None
    if node["__typename"] != "Blob" or node["isTruncated"] or node["text"] is None:
        return Unreadable(path)
    return File(path, str(node["text"]), f"{above}/{quote(path)}")


def _labels(github: Transport, full_name: str, page: Mapping[str, Any]) -> Iterator[str]:
    owner, _, name = full_name.partition("/")
    while True:
        yield from (str(label["name"]) for label in page["nodes"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        wanted = {"owner": owner, "name": name, "after": page["pageInfo"]["endCursor"]}
        page = github.graphql(full_name, LABELS, wanted).data["repository"]["labels"]


def _repository(data: Mapping[str, Any], branch: str, labels: tuple[str, ...]) -> Repository:
    return Repository(
        id=int(data["databaseId"]),
        full_name=str(data["nameWithOwner"]),
        default_branch=branch,
        private=bool(data["isPrivate"]),
        url=str(data["url"]),
        labels=labels,
        archived=bool(data["isArchived"]),
    )


def _tip(data: Mapping[str, Any]) -> str:
    branch = data.get("defaultBranchRef")
    return str(branch["target"]["oid"]) if branch else ""


def _pull(data: Mapping[str, Any] | None) -> PullRequest | None:
    """A pull request without its files and lists. Of an issue GitHub answers an empty object."""
    if not data:
        return None
    return PullRequest(
        head_branch=str(data["headRefName"]),
        head_sha=str(data["headRefOid"]),
        base_branch=str(data["baseRefName"]),
        draft=bool(data["isDraft"]),
        merged=bool(data["merged"]),
        files=(),
        additions=int(data["additions"]),
        deletions=int(data["deletions"]),
        from_fork=bool(data["isCrossRepository"]),
        updated_at=parse.moment(data["updatedAt"]),
    )

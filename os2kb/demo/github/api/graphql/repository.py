"""A repository in GraphQL: itself, its labels, its files and what its numbers stand for."""

import re
from collections.abc import Iterator

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.api.graphql.discussions import discussions
from os2kb.demo.github.api.graphql.issues import issue as issue_shape
from os2kb.demo.github.api.graphql.lists import issues
from os2kb.demo.github.api.graphql.paging import (
    actor,
    connection,
    find,
    names,
    not_found,
    require,
)
from os2kb.demo.github.api.graphql.pulls import pull_request
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.git import blob_sha, find_blob, find_commit, tree_sha
from os2kb.demo.github.world.state import Account, Repository

_LONGEST_TEXT = 512_000  # bytes; of a longer file GitHub shows the beginning
_TEMPLATE = re.compile(
    r"(\.github/|docs/|)pull_request_template(\.(md|txt)|/[^/]+\.(md|txt))\Z", re.IGNORECASE
)


def repository(call: Call, owner: str, name: str, followRenames: bool = True) -> Json:  # noqa: ARG001, N803 - GitHub's name
    """A repository, each part of it looked up only where it is asked for."""
    repo = find(call, owner, name)
    tip = repo.branches.get(repo.default_branch)
    branch = {"name": repo.default_branch, "target": {"__typename": "Commit", "oid": tip}}
    return {
        "databaseId": repo.id,
        "nameWithOwner": repo.full_name,
        "isPrivate": repo.private,
        "isArchived": repo.archived,
        "url": f"{call.github.web}/{repo.full_name}",
        "labels": lambda _, **wanted: names([one.name for one in repo.labels.values()], wanted),
        "defaultBranchRef": branch if tip else None,
        "object": lambda _, expression="", oid="": _object(call, repo, expression, oid),
        "issueOrPullRequest": lambda _, number: _numbered(call, repo, number),
        "pullRequest": lambda _, number: _pull(call, repo, number),
        "pullRequestTemplates": lambda _: _templates(call, repo),
        "assignableUsers": lambda _, **wanted: connection(_assignable(call, repo), _person, wanted),
        "issues": lambda _, **wanted: issues(call, repo, **wanted),
        "discussions": lambda _, **wanted: discussions(call, repo, **wanted),
    }


def _assignable(call: Call, repo: Repository) -> list[Account]:
    found = (call.github.account(login) for login in (repo.owner.login, *repo.collaborators))
    return [one for one in found if one is not None and one.kind == "User"]


def _person(one: Account) -> Json:
    """A person with the address that they show; empty for none."""
    return actor(one) | {"email": one.email}


def _numbered(call: Call, repo: Repository, number: int) -> Json:
    issue = repo.issues.get(number)
    if issue is None or not issue.is_here:
        raise not_found(
            f"Could not resolve to an issue or pull request with the number of {number}."
        )
    if issue.pull is not None:
        require(call, repo, "pull_requests")
        return pull_request(call, repo, issue)
    require(call, repo, "issues")
    return issue_shape(call, repo, issue)


def _pull(call: Call, repo: Repository, number: int) -> Json:
    found = _numbered(call, repo, number)
    if found["__typename"] != "PullRequest":
        raise not_found(f"Could not resolve to a PullRequest with the number of {number}.")
    return found


def _object(call: Call, repo: Repository, expression: str, oid: str) -> Json | None:
    """What `COMMIT:PATH` names, where `HEAD` is the default branch; or the file of an id."""
    require(call, repo, "contents")
    if oid:
        held = find_blob(repo, oid)
        return None if held is None else _blob(held)
    name, _, path = expression.partition(":")
    commit = find_commit(repo, "" if name == "HEAD" else name)
    if commit is None:
        return None
    if path in commit.tree:
        return _blob(commit.tree[path])
    below = {
        name.removeprefix(f"{path}/"): held
        for name, held in commit.tree.items()
        if name.startswith(f"{path}/")
    }
    return _tree(path, below) if below else None


def _blob(held: bytes) -> Json:
    is_binary = b"\0" in held
    return {
        "__typename": "Blob",
        "oid": blob_sha(held),
        "byteSize": len(held),
        "isBinary": is_binary,
        "isTruncated": len(held) > _LONGEST_TEXT,
        "text": None if is_binary else held[:_LONGEST_TEXT].decode("utf-8", "replace"),
    }


def _tree(path: str, below: dict[str, bytes]) -> Json:
    return {"__typename": "Tree", "oid": tree_sha(below), "entries": list(_entries(path, below))}


def _entries(path: str, below: dict[str, bytes]) -> Iterator[Json]:
    for name in sorted({one.partition("/")[0] for one in below}):
        held, where = below.get(name), f"{path}/{name}"
        inside = {one.removeprefix(f"{name}/"): text for one, text in below.items() if "/" in one}
        yield {
            "name": name,
            "path": where,
            "type": "tree" if held is None else "blob",
            "oid": tree_sha(inside) if held is None else blob_sha(held),
            "object": _tree(where, inside) if held is None else _blob(held),
        }


def _templates(call: Call, repo: Repository) -> list[Json]:
    """Its own, else those of its organisation."""
    require(call, repo, "contents")
    home = call.github.find(repo.owner.login, ".github")
    for one in (repo, home):
        commit = find_commit(one, "") if one else None
        if commit is not None:
            found = {path: held for path, held in commit.tree.items() if _TEMPLATE.match(path)}
            if found:
                return [
                    {"filename": path, "body": held.decode("utf-8", "replace")}
                    for path, held in sorted(found.items())
                ]
    return []

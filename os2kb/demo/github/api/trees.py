"""Endpoints of trees and bare commits: several files in one commit.

https://docs.github.com/en/rest/git/trees, https://docs.github.com/en/rest/git/commits
"""

from typing import Any

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.refusal import Refusal, not_found
from os2kb.demo.github.shapes import commits as shapes
from os2kb.demo.github.world.git import add_commit, find_blob, find_tree, tree_sha
from os2kb.demo.github.world.state import Repository

_FILE_MODES = ("100644", "100755")


def create_tree(call: Call) -> Reply:
    """A tree from another one, with files put in, replaced or taken out."""
    repository = call.repository()
    base = call.body.get("base_tree")
    held = find_tree(repository, base) if isinstance(base, str) else {}
    if held is None:
        raise Refusal(422, "base_tree is not a valid tree", errors=[])
    entries = call.body.get("tree")
    if not isinstance(entries, list) or not entries:
        raise Refusal(422, "Invalid tree info", errors=[])
    tree = dict(held)
    for entry in entries:
        _put(repository, tree, entry)
    sha = tree_sha(tree)
    repository.trees[sha] = tree
    shown = shapes.tree(call.github, repository, tree)
    return Reply(201, shown, {"Location": shown["url"]})


def create_commit(call: Call) -> Reply:
    """A commit of a tree; no branch points to it yet."""
    repository = call.repository()
    tree = find_tree(repository, call.text("tree", "Commit"))
    if tree is None:
        raise Refusal(422, "Tree SHA does not exist", errors=[])
    parents = call.body.get("parents") or []
    if not all(isinstance(one, str) and one in repository.commits for one in parents):
        raise Refusal(422, "Parent SHA does not exist or is not a commit object", errors=[])
    commit = add_commit(
        repository,
        tree,
        call.text("message", "Commit"),
        call.account,
        call.github.now(),
        tuple(parents),
    )
    shown = shapes.git_commit(call.github, repository, commit)
    return Reply(201, shown, {"Location": shown["url"]})


def get_tree(call: Call) -> Reply:
    """A tree, with all that is in it where `recursive` is asked for."""
    repository = call.repository()
    tree = find_tree(repository, call.names["sha"])
    if tree is None:
        raise not_found()
    shown = shapes.tree(call.github, repository, tree)
    if "recursive" not in call.query:
        shown["tree"] = [one for one in shown["tree"] if "/" not in one["path"]]
    return Reply(200, shown)


def _put(repository: Repository, tree: dict[str, bytes], entry: Any) -> None:
    path = entry.get("path") if isinstance(entry, dict) else None
    if not isinstance(path, str) or any(one in {"", ".", "..", ".git"} for one in path.split("/")):
        raise Refusal(422, "tree.path contains a malformed path component", errors=[])
    if entry.get("mode") not in _FILE_MODES or entry.get("type", "blob") != "blob":
        raise Refusal(422, "Must supply a valid tree.mode", errors=[])
    if "content" in entry and isinstance(entry["content"], str):
        tree[path] = entry["content"].encode()
    elif "sha" in entry and entry["sha"] is None:
        if tree.pop(path, None) is None:
            raise Refusal(422, "GitRPC::BadObjectState", errors=[])
    elif isinstance(entry.get("sha"), str) and (held := find_blob(repository, entry["sha"])):
        tree[path] = held
    else:
        raise Refusal(422, "Must supply either tree.sha or tree.content", errors=[])


_GIT = "/repos/{owner}/{repo}/git"
_READ, _WRITE = ("contents:read",), ("contents:write",)

ENDPOINTS = (
    Endpoint("GET", _GIT + "/trees/{sha}", get_tree, _READ),
    Endpoint("POST", _GIT + "/trees", create_tree, _WRITE, "write"),
    Endpoint("POST", _GIT + "/commits", create_commit, _WRITE, "write"),
)

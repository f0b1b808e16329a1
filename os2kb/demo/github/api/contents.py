"""Endpoints of files, branches, refs and commits.

https://docs.github.com/en/rest/repos/contents, https://docs.github.com/en/rest/git/refs
"""

import base64
import binascii
import re

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.changes import contents, pulls
from os2kb.demo.github.refusal import Refusal, invalid, not_found
from os2kb.demo.github.shapes import commits as shapes
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.git import find_commit, history
from os2kb.demo.github.world.state import Commit, Repository

_BAD_REF = re.compile(r"[\x00-\x20~^:?*\[\\\x7f]|\.\.|@\{|//|^/|/$|\.lock$|\.$|^\.|/\.|^@$")


def get_contents(call: Call) -> Reply:
    """A file with its content, or a folder's entries."""
    repository = call.repository()
    ref, path = call.query.get("ref", ""), call.names["path"].strip("/")
    commit = find_commit(repository, ref)
    if commit is None:
        raise Refusal(404, f"No commit found for the ref {ref}")
    if path in commit.tree:
        held = commit.tree[path]
        return Reply(200, shapes.content_file(call.github, repository, ref, path, held))
    below = f"{path}/" if path else ""
    entries = {
        below + name.removeprefix(below).split("/")[0]
        for name in commit.tree
        if name.startswith(below)
    }
    if not entries:
        raise not_found()
    return Reply(
        200,
        [
            shapes.content(call.github, repository, ref, entry, commit.tree.get(entry))
            for entry in sorted(entries)
        ],
    )


def put_contents(call: Call) -> Reply:
    """Create or replace a file with a commit."""
    repository, path = call.repository(), call.names["path"]
    try:
        content = base64.b64decode(call.body["content"], validate=False)
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Refusal(422, "content is not valid Base64", errors=[]) from error
    commit = _write(call, repository, path, content)
    is_new = path not in shapes.parent_tree(repository, commit)
    branch = call.body.get("branch") or repository.default_branch
    return Reply(
        201 if is_new else 200,
        {
            "content": shapes.content(call.github, repository, branch, path, content),
            "commit": shapes.git_commit(call.github, repository, commit),
        },
    )


def delete_contents(call: Call) -> Reply:
    """Remove a file with a commit."""
    repository = call.repository()
    commit = _write(call, repository, call.names["path"], None)
    shown = shapes.git_commit(call.github, repository, commit)
    return Reply(200, {"content": None, "commit": shown})


def list_branches(call: Call) -> Reply:
    """The branches."""
    repository = call.repository()
    return call.listing(
        sorted(repository.branches),
        lambda name: _short(shapes.branch(call.github, repository, name)),
    )


def get_branch(call: Call) -> Reply:
    """A branch and its tip."""
    repository, name = call.repository(), call.names["branch"]
    if name not in repository.branches:
        raise Refusal(404, "Branch not found")
    return Reply(200, shapes.branch(call.github, repository, name))


def get_ref(call: Call) -> Reply:
    """A ref; only branches are kept."""
    repository = call.repository()
    return Reply(200, shapes.ref(call.github, repository, _branch_of(call, repository)))


def create_ref(call: Call) -> Reply:
    """Make a branch."""
    repository = call.repository()
    name = call.text("ref", "Reference")
    branch = name.removeprefix("refs/heads/")
    if branch == name or not branch or _BAD_REF.search(branch):
        raise Refusal(
            422, "Reference name must start with refs/heads/ and be a valid name", errors=[]
        )
    commit = _object(call, repository)
    if branch in repository.branches:
        raise Refusal(422, "Reference already exists", errors=[])
    contents.move_branch(call.github, repository, call.account, branch, commit.sha)
    shown = shapes.ref(call.github, repository, branch)
    return Reply(201, shown, {"Location": shown["url"]})


def update_ref(call: Call) -> Reply:
    """Move a branch, forward unless forced."""
    repository = call.repository()
    branch = _branch_of(call, repository)
    commit = _object(call, repository)
    behind = repository.branches[branch] in set(history(repository, commit.sha))
    if not behind and not call.body.get("force"):
        raise Refusal(422, "Update is not a fast forward", errors=[])
    contents.move_branch(call.github, repository, call.account, branch, commit.sha)
    return Reply(200, shapes.ref(call.github, repository, branch))


def delete_ref(call: Call) -> Reply:
    """Remove a branch, and close what would merge from it."""
    repository = call.repository()
    branch = _branch_of(call, repository)
    if branch == repository.default_branch or branch in repository.protected:
        raise Refusal(422, "Cannot delete this branch", errors=[])
    pulls.close_pulls_of(call.github, repository, call.account, branch)
    contents.delete_branch(call.github, repository, call.account, branch)
    return Reply(204)


def get_commit(call: Call) -> Reply:
    """A commit and what it changed."""
    repository = call.repository()
    commit = find_commit(repository, call.names["ref"])
    if commit is None:
        raise Refusal(422, f"No commit found for SHA: {call.names['ref']}", errors=[])
    return Reply(200, shapes.commit(call.github, repository, commit, files=True))


def list_commits(call: Call) -> Reply:
    """A branch's history, newest first; `path` keeps the commits that touched it."""
    repository = call.repository()
    tip = find_commit(repository, call.query.get("sha", ""))
    if tip is None:
        raise not_found()
    path = call.query.get("path")
    rows = [repository.commits[sha] for sha in history(repository, tip.sha)]
    if path:
        rows = [
            commit
            for commit in rows
            if commit.tree.get(path) != shapes.parent_tree(repository, commit).get(path)
        ]
    return call.listing(rows, lambda commit: shapes.commit(call.github, repository, commit))


def get_git_commit(call: Call) -> Reply:
    """A commit as git has it."""
    repository = call.repository()
    commit = repository.commits.get(call.names["sha"])
    if commit is None:
        raise not_found()
    return Reply(200, shapes.git_commit(call.github, repository, commit))


def _write(call: Call, repository: Repository, path: str, content: bytes | None) -> Commit:
    if not path or any(part in {"", ".", "..", ".git"} for part in path.split("/")):
        raise Refusal(422, "path contains a malformed path component", errors=[])
    return contents.write_file(
        call.github,
        repository,
        call.account,
        path,
        content,
        message=call.text("message", "Content"),
        branch=call.body.get("branch") or "",
        sha=call.body.get("sha"),
        is_admin=call.has_role(repository, "admin"),
    )


def _branch_of(call: Call, repository: Repository) -> str:
    branch = call.names["ref"].removeprefix("heads/")
    if branch == call.names["ref"] or branch not in repository.branches:
        raise not_found()
    return branch


def _object(call: Call, repository: Repository) -> Commit:
    commit = repository.commits.get(call.text("sha", "Reference"))
    if commit is None:
        raise invalid("Reference", "sha", "custom", "Object does not exist")
    return commit


def _short(branch: Json) -> Json:
    tip = branch["commit"]
    kept = {key: branch[key] for key in ("name", "protected", "protection", "protection_url")}
    return {**kept, "commit": {"sha": tip["sha"], "url": tip["url"]}}


_REPO = "/repos/{owner}/{repo}"
_FILE = _REPO + "/contents/{path:path}"
_REFS = _REPO + "/git/refs"
_READ, _WRITE = ("contents:read",), ("contents:write",)

ENDPOINTS = (
    Endpoint("GET", _FILE, get_contents, _READ),
    Endpoint("PUT", _FILE, put_contents, _WRITE, "write"),
    Endpoint("DELETE", _FILE, delete_contents, _WRITE, "write"),
    Endpoint("GET", _REPO + "/branches", list_branches, _READ),
    Endpoint("GET", _REPO + "/branches/{branch:path}", get_branch, _READ),
    Endpoint("GET", _REPO + "/git/ref/{ref:path}", get_ref, _READ),
    Endpoint("POST", _REFS, create_ref, _WRITE, "write"),
    Endpoint("PATCH", _REFS + "/{ref:path}", update_ref, _WRITE, "write"),
    Endpoint("DELETE", _REFS + "/{ref:path}", delete_ref, _WRITE, "write"),
    Endpoint("GET", _REPO + "/git/commits/{sha}", get_git_commit, _READ),
    Endpoint("GET", _REPO + "/commits", list_commits, _READ),
    Endpoint("GET", _REPO + "/commits/{ref:path}", get_commit, _READ),
)

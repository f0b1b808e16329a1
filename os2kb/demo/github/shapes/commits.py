"""Commits, files, branches and refs."""

import base64

from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.repositories import repository_url
from os2kb.demo.github.shapes.text import Json, in_path, node_id, stamp
from os2kb.demo.github.world.git import Change, blob_sha, differences, tree_sha
from os2kb.demo.github.world.state import Commit, Repository
from os2kb.demo.github.world.world import GitHub

_UNSIGNED = {
    "verified": False,
    "reason": "unsigned",
    "signature": None,
    "payload": None,
    "verified_at": None,
}


def git_commit(github: GitHub, repository: Repository, commit: Commit) -> Json:
    """A `git-commit`: the commit as git has it."""
    home = repository_url(github, repository)
    html = f"{github.web}/{repository.full_name}/commit"
    person = {
        "name": commit.author.name,
        "email": commit.author.email,
        "date": stamp(commit.at),
    }
    tree = tree_sha(commit.tree)
    return {
        "sha": commit.sha,
        "node_id": node_id("Commit", commit.sha),
        "url": f"{home}/git/commits/{commit.sha}",
        "html_url": f"{html}/{commit.sha}",
        "author": person,
        "committer": person,
        "message": commit.message,
        "tree": {"sha": tree, "url": f"{home}/git/trees/{tree}"},
        "parents": [
            {"sha": sha, "url": f"{home}/commits/{sha}", "html_url": f"{html}/{sha}"}
            for sha in commit.parents
        ],
        "verification": _UNSIGNED,
    }


def tree(github: GitHub, repository: Repository, held: dict[str, bytes]) -> Json:
    """A `git-tree` with every file and folder below it."""
    home = f"{repository_url(github, repository)}/git"
    folders = {path.rsplit("/", n)[0] for path in held for n in range(1, path.count("/") + 1)}
    entries: list[Json] = [
        {
            "path": path,
            "mode": "100644",
            "type": "blob",
            "sha": blob_sha(content),
            "size": len(content),
            "url": f"{home}/blobs/{blob_sha(content)}",
        }
        for path, content in held.items()
    ]
    for folder in folders:
        below = {one[len(folder) + 1 :]: text for one, text in held.items() if _in(folder, one)}
        sha = tree_sha(below)
        url = f"{home}/trees/{sha}"
        entries.append({"path": folder, "mode": "040000", "type": "tree", "sha": sha, "url": url})
    sha = tree_sha(held)
    entries.sort(key=lambda one: str(one["path"]))
    return {"sha": sha, "url": f"{home}/trees/{sha}", "truncated": False, "tree": entries}


def _in(folder: str, path: str) -> bool:
    return path.startswith(f"{folder}/")


def commit(github: GitHub, repository: Repository, commit: Commit, *, files: bool = False) -> Json:
    """A `commit`: who is behind it, and with `files` what it changed."""
    git = git_commit(github, repository, commit)
    url = f"{repository_url(github, repository)}/commits/{commit.sha}"
    author = user(github, commit.author)
    shown: Json = {
        "sha": commit.sha,
        "node_id": git["node_id"],
        "url": url,
        "html_url": git["html_url"],
        "comments_url": f"{url}/comments",
        "commit": {
            **{key: git[key] for key in ("author", "committer", "message", "tree", "url")},
            "comment_count": 0,
            "verification": _UNSIGNED,
        },
        "author": author,
        "committer": author,
        "parents": git["parents"],
    }
    if files:
        changes = differences(parent_tree(repository, commit), commit.tree)
        shown["files"] = [diff_entry(github, repository, commit.sha, one) for one in changes]
        added, gone = sum(c.additions for c in changes), sum(c.deletions for c in changes)
        shown["stats"] = {"additions": added, "deletions": gone, "total": added + gone}
    return shown


def parent_tree(repository: Repository, commit: Commit) -> dict[str, bytes]:
    """The tree a commit started from; empty for the first."""
    return repository.commits[commit.parents[0]].tree if commit.parents else {}


def pushed_commit(github: GitHub, repository: Repository, sha: str) -> Json:
    """A commit as a push webhook tells it."""
    found = repository.commits[sha]
    changes = differences(parent_tree(repository, found), found.tree)
    person = {
        "name": found.author.name,
        "email": found.author.email,
        "username": found.author.login,
    }
    return {
        "id": sha,
        "tree_id": tree_sha(found.tree),
        "distinct": True,
        "message": found.message,
        "timestamp": found.at.isoformat(),
        "url": f"{github.web}/{repository.full_name}/commit/{sha}",
        "author": person,
        "committer": person,
        **{
            status: [c.path for c in changes if c.status == status]
            for status in ("added", "removed", "modified")
        },
    }


def diff_entry(github: GitHub, repository: Repository, sha: str, change: Change) -> Json:
    """A `diff-entry`."""
    path = in_path(change.path)
    home = repository_url(github, repository)
    html = f"{github.web}/{repository.full_name}"
    shown: Json = {
        "sha": change.blob,
        "filename": change.path,
        "status": change.status,
        "additions": change.additions,
        "deletions": change.deletions,
        "changes": change.additions + change.deletions,
        "blob_url": f"{html}/blob/{sha}/{path}",
        "raw_url": f"{html}/raw/{sha}/{path}",
        "contents_url": f"{home}/contents/{path}?ref={sha}",
    }
    if change.patch is not None:
        shown["patch"] = change.patch
    return shown


def content(
    github: GitHub, repository: Repository, ref: str, path: str, held: bytes | None
) -> Json:
    """A `content-file` without its content, or with `held` None a folder's entry."""
    name = ref or repository.default_branch
    kind = "dir" if held is None else "file"
    sha = tree_sha({path: b""}) if held is None else blob_sha(held)
    url = f"{repository_url(github, repository)}/contents/{in_path(path)}?ref={name}"
    html = f"{github.web}/{repository.full_name}"
    page = f"{html}/{'tree' if held is None else 'blob'}/{in_path(name)}/{in_path(path)}"
    git = f"{repository_url(github, repository)}/git/{'trees' if held is None else 'blobs'}/{sha}"
    return {
        "type": kind,
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "sha": sha,
        "size": len(held or b""),
        "url": url,
        "git_url": git,
        "html_url": page,
        "download_url": None if held is None else f"{html}/raw/{in_path(name)}/{in_path(path)}",
        "_links": {"self": url, "git": git, "html": page},
    }


def content_file(github: GitHub, repository: Repository, ref: str, path: str, held: bytes) -> Json:
    """A `content-file`."""
    return {
        **content(github, repository, ref, path, held),
        "encoding": "base64",
        "content": base64.encodebytes(held).decode(),
    }


def ref(github: GitHub, repository: Repository, branch: str) -> Json:
    """A `git-ref`."""
    home = repository_url(github, repository)
    sha = repository.branches[branch]
    return {
        "ref": f"refs/heads/{branch}",
        "node_id": node_id("Ref", f"{repository.id}:{branch}"),
        "url": f"{home}/git/refs/heads/{in_path(branch)}",
        "object": {"type": "commit", "sha": sha, "url": f"{home}/git/commits/{sha}"},
    }


def branch(github: GitHub, repository: Repository, name: str) -> Json:
    """A `branch-with-protection`."""
    url = f"{repository_url(github, repository)}/branches/{in_path(name)}"
    guarded = name in repository.protected
    return {
        "name": name,
        "commit": commit(github, repository, repository.commits[repository.branches[name]]),
        "_links": {
            "self": url,
            "html": f"{github.web}/{repository.full_name}/tree/{in_path(name)}",
        },
        "protected": guarded,
        "protection": {"enabled": guarded},
        "protection_url": f"{url}/protection",
    }

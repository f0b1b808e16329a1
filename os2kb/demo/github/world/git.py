"""Git's own part: commits, histories, differences and merges, as pure functions.

Merges and differences go by whole files, which is all that the demo needs.
"""

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from os2kb.demo.github.world.state import Account, Commit, Repository

NO_COMMIT = "0" * 40
"""What a branch points to before it is created and after it is deleted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file's difference. `patch` is None for what is not text."""

    path: str
    status: Literal["added", "removed", "modified"]
    blob: str
    additions: int
    deletions: int
    patch: str | None


def blob_sha(content: bytes) -> str:
    """A file's id, as git computes it."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()  # noqa: S324


def tree_sha(tree: dict[str, bytes]) -> str:
    """An id for a whole tree."""
    listing = "\n".join(f"{blob_sha(tree[path])} {path}" for path in sorted(tree))
    return hashlib.sha1(listing.encode()).hexdigest()  # noqa: S324


def add_commit(
    repository: Repository,
    tree: dict[str, bytes],
    message: str,
    author: Account,
    at: datetime,
    parents: tuple[str, ...],
) -> Commit:
    """Record a commit; no branch points to it yet."""
    said = "\n".join((tree_sha(tree), *parents, author.login, at.isoformat(), message))
    sha = hashlib.sha1(said.encode()).hexdigest()  # noqa: S324
    commit = Commit(sha, tree, message, author, at, parents)
    repository.commits[sha] = commit
    return commit


def find_commit(repository: Repository, ref: str) -> Commit | None:
    """The commit a branch, full ref or (abbreviated) sha names; "" is the default branch."""
    name = (ref or repository.default_branch).removeprefix("refs/").removeprefix("heads/")
    if name in repository.branches:
        return repository.commits[repository.branches[name]]
    if name in repository.commits:
        return repository.commits[name]
    if len(name) < 7:
        return None
    return next((c for sha, c in repository.commits.items() if sha.startswith(name)), None)


def find_blob(repository: Repository, sha: str) -> bytes | None:
    """The file of an id in any commit, newest first."""
    looked_at: set[int] = set()
    for commit in reversed(repository.commits.values()):
        for held in commit.tree.values():
            if id(held) not in looked_at:
                looked_at.add(id(held))
                if blob_sha(held) == sha:
                    return held
    return None


def find_tree(repository: Repository, sha: str) -> dict[str, bytes] | None:
    """The tree of an id: one that was made, or a commit's."""
    if sha in repository.trees:
        return repository.trees[sha]
    newest_first = reversed(repository.commits.values())
    return next((one.tree for one in newest_first if sha in (one.sha, tree_sha(one.tree))), None)


def history(repository: Repository, sha: str) -> Iterator[str]:
    """A commit and all its ancestors, nearest first."""
    seen: set[str] = set()
    waiting = [sha]
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        seen.add(current)
        yield current
        waiting.extend(repository.commits[current].parents)


def merge_base(repository: Repository, one: str, other: str) -> Commit | None:
    """The nearest commit both come from."""
    known = set(history(repository, one))
    found = next((sha for sha in history(repository, other) if sha in known), None)
    return repository.commits[found] if found else None


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[Change]:
    """What changed between two trees, by path."""
    paths = sorted(before.keys() | after.keys())
    return [_change(p, before.get(p), after.get(p)) for p in paths if before.get(p) != after.get(p)]


def _change(path: str, before: bytes | None, after: bytes | None) -> Change:
    status: Literal["added", "removed", "modified"] = "modified"
    if before is None:
        status = "added"
    elif after is None:
        status = "removed"
    sha = blob_sha(after if after is not None else before or b"")
    try:
        old, new = (before or b"").decode(), (after or b"").decode()
    except UnicodeDecodeError:
        return Change(path, status, sha, 0, 0, None)
    if "\0" in old + new:
        return Change(path, status, sha, 0, 0, None)
    lines = list(difflib.unified_diff(_lines(old), _lines(new)))[2:]
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    return Change(path, status, sha, added, removed, "".join(map(_ended, lines)).rstrip("\n"))


def _lines(text: str) -> list[str]:
    """Lines with their ends; git ends a line at a line feed and nowhere else."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def merged_tree(
    base: dict[str, bytes], ours: dict[str, bytes], theirs: dict[str, bytes]
) -> dict[str, bytes] | None:
    """A three-way merge by whole files; None where both sides changed the same file."""
    merged = dict(ours)
    for path in base.keys() | theirs.keys():
        wanted = theirs.get(path)
        if wanted == base.get(path) or wanted == ours.get(path):
            continue
        if ours.get(path) != base.get(path):
            return None
        if wanted is None:
            del merged[path]
        else:
            merged[path] = wanted
    return merged

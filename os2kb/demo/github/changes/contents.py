"""Files and branches: what changes them, and who is told."""

from os2kb.demo.github.changes.payloads import announce_push
from os2kb.demo.github.refusal import Refusal
from os2kb.demo.github.world.git import NO_COMMIT, add_commit, blob_sha
from os2kb.demo.github.world.state import Account, Commit, Repository
from os2kb.demo.github.world.world import GitHub


def write_file(
    github: GitHub,
    repository: Repository,
    actor: Account,
    path: str,
    content: bytes | None,
    *,
    message: str,
    branch: str,
    sha: str | None,
    is_admin: bool,
) -> Commit:
    """Create, replace or (content None) remove a file with a commit on a branch.

    Raises:
        Refusal: no such branch, a wrong or missing `sha`, or a protected branch.
    """
    branch = branch or repository.default_branch
    tip = repository.branches.get(branch)
    if tip is None:
        raise Refusal(404, f"Branch {branch} not found")
    if branch in repository.protected and not is_admin:
        raise Refusal(
            409, "Repository rule violations found\n\nChanges must be made through a pull request."
        )
    tree = dict(repository.commits[tip].tree)
    existing = tree.get(path)
    if existing is None and content is None:
        raise Refusal(404, "Not Found")
    if existing is not None and sha is None:
        raise Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.', errors=[])
    if sha is not None and (existing is None or blob_sha(existing) != sha):
        raise Refusal(409, f"{path} does not match {sha}")
    if content is None:
        del tree[path]
    else:
        tree[path] = content
    commit = add_commit(repository, tree, message, actor, github.now(), (tip,))
    move_branch(github, repository, actor, branch, commit.sha)
    return commit


def move_branch(
    github: GitHub, repository: Repository, actor: Account, branch: str, sha: str
) -> None:
    """Point a branch to a commit, new or old, and tell the world."""
    before = repository.branches.get(branch, NO_COMMIT)
    repository.branches[branch] = sha
    repository.pushed_at = github.now()
    announce_push(github, repository, actor, branch, before, sha)


def delete_branch(github: GitHub, repository: Repository, actor: Account, branch: str) -> None:
    """Remove a branch; its commits stay."""
    before = repository.branches.pop(branch)
    announce_push(github, repository, actor, branch, before, NO_COMMIT)

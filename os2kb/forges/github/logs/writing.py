"""Proposals to a log: a branch, one commit of all its files, a pull request.

Files and commit come first: until a branch points to them nobody sees them, so that a write that
is cut off leaves nothing. GitHub itself keeps one branch of a name, and one open pull request from
it into another.
"""

from collections.abc import Mapping
from typing import Any

from os2kb.decisions.proposal.seen import Home
from os2kb.forges.github.logs.reading import at, is_ours, newest_pull, tip
from os2kb.forges.github.transport import Transport
from os2kb.forges.logs import Draft, Proposed
from os2kb.forges.port import Rejected


def propose(github: Transport, home: Home, draft: Draft, login: str) -> Proposed:
    """Make what is not there yet.

    Raises:
        Rejected: the branch is not where it was expected, or was merged or closed meanwhile.
    """
    name = home.full_name
    head = tip(github, name, draft.branch)
    pull = newest_pull(github, name, draft.branch, login)
    merged = bool(pull and pull.get("merged_at"))
    says = bool(head) and not merged and _says(github, name, head, draft)
    moved = head != draft.expects and not says and bool(head or not merged)
    if moved or (merged and not draft.anew):
        raise _changed_meanwhile(name, draft.branch)
    if head and pull and pull["state"] != "open" and not (merged or draft.reopens):
        raise _changed_meanwhile(name, draft.branch)
    if not head:
        head = _commit(github, name, [home.head], draft)
        ref = {"ref": f"refs/heads/{draft.branch}", "sha": head}
        github.write("POST", name, f"/repos/{name}/git/refs", ref)
        pull = None  # one whose branch was gone cannot be opened again
    elif not says:
        # Merged with the default branch, and not moved there: no commit is ever lost.
        head = _commit(github, name, [head, home.head] if draft.anew else [head], draft)
        pull = None if merged else pull
        path = f"/repos/{name}/git/refs/heads/{draft.branch}"
        # Not forced: GitHub refuses it where somebody has pushed in between.
        github.write("PATCH", name, path, {"sha": head, "force": False})
    return Proposed(_opened(github, home, draft, pull), head)


def close(github: Transport, home: Home, number: int, login: str) -> bool:
    """Close a pull request of ours; False where it was closed.

    Raises:
        Rejected: it is somebody else's.
    """
    path = f"/repos/{home.full_name}/pulls/{number}"
    pull = github.get(home.full_name, path)
    if pull["state"] != "open":
        return False
    if not is_ours(pull, login):
        raise Rejected(
            f"pull request {home.full_name}#{number} er ikke vores",
            f"pull request {home.full_name}#{number} is not ours to close",
        )
    github.write("PATCH", home.full_name, path, {"state": "closed"})
    return True


def _opened(github: Transport, home: Home, draft: Draft, pull: Mapping[str, Any] | None) -> int:
    """The number of the pull request: opened, open again, and saying what it is to say."""
    name, said = home.full_name, {"title": draft.title, "body": draft.body}
    if pull is None:
        asked = {**said, "head": draft.branch, "base": home.branch}
        return int(github.write("POST", name, f"/repos/{name}/pulls", asked)["number"])
    changes = {} if pull["state"] == "open" else {"state": "open"}
    if draft.retitle and (pull["title"], pull.get("body")) != (draft.title, draft.body):
        changes |= said
    if changes:
        github.write("PATCH", name, f"/repos/{name}/pulls/{pull['number']}", changes)
    return int(pull["number"])


def _commit(github: Transport, name: str, parents: list[str], draft: Draft) -> str:
    """One commit of all files after others, in what the last of them says."""
    base = github.get(name, f"/repos/{name}/git/commits/{parents[-1]}")["tree"]["sha"]
    entries = [
        {"path": path, "mode": "100644", "type": "blob"}
        | ({"sha": None} if text is None else {"content": text})
        for path, text in draft.files
    ]
    tree = {"base_tree": base, "tree": entries}
    made = github.write("POST", name, f"/repos/{name}/git/trees", tree)
    commit = {"message": draft.message, "tree": made["sha"], "parents": parents}
    return str(github.write("POST", name, f"/repos/{name}/git/commits", commit)["sha"])


def _says(github: Transport, name: str, commit: str, draft: Draft) -> bool:
    """Whether every file stands at a commit as it is to stand there."""
    found = at(github, name, commit, [path for path, _ in draft.files])
    return all(found[path] == text for path, text in draft.files)


def _changed_meanwhile(name: str, branch: str) -> Rejected:
    return Rejected(
        f"{branch} i {name} er ændret siden; jeg ser på det igen",
        f"{branch} in {name} has changed since; it is looked at again",
    )

"""A log's files in GraphQL, and a proposal to it in REST."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from os2kb.decisions.proposal.seen import MOST_FILES, Home, Opinion, Proposal, Review, State
from os2kb.forges.github import parse
from os2kb.forges.github.graphql.scene import TEXT
from os2kb.forges.github.transport import Transport
from os2kb.forges.logs import LogFiles
from os2kb.forges.port import NotFound
from os2kb.governance.facts import Role

_AT_ONCE = 100  # files that one query asks for
_OPINIONS: Mapping[str, Opinion] = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "changes_requested",
    "DISMISSED": "dismissed",
}
_FOLDER = """\
query Log($owner: String!, $name: String!, $path: String!) {
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner isPrivate isArchived url
    defaultBranchRef { name target { oid } }
    log: object(expression: $path) {
      __typename oid
      ... on Tree { entries { name type oid object {
        ... on Tree { entries { name type oid } } } } }
    }
  }
}
"""


def log_files(github: Transport, full_name: str, path: str) -> LogFiles:
    """The files of a folder, those in its folders, too; or the one page."""
    owner, _, name = full_name.partition("/")
    path = path.strip("/")
    wanted = {"owner": owner, "name": name, "path": f"HEAD:{path}"}
    found = github.graphql(full_name, _FOLDER, wanted).data["repository"]
    branch = found["defaultBranchRef"]
    home = Home(
        id=int(found["databaseId"]),
        full_name=str(found["nameWithOwner"]),
        branch=str(branch["name"]) if branch else "",
        head=str(branch["target"]["oid"]) if branch else "",
        url=str(found["url"]),
        private=bool(found["isPrivate"]),
        archived=bool(found["isArchived"]),
    )
    return LogFiles(home, dict(_blobs(found["log"], path)))


def _blobs(node: Mapping[str, Any] | None, path: str) -> Iterator[tuple[str, str]]:
    if node is None:
        return
    if "entries" not in node:
        yield path, str(node["oid"])
        return
    for one in node["entries"] or ():
        below = f"{path}/{one['name']}"
        if one["type"] == "blob":
            yield below, str(one["oid"])
        elif one["type"] == "tree" and one.get("object"):
            yield from _blobs(one["object"], below)


def texts(github: Transport, full_name: str, ids: Sequence[str]) -> dict[str, str | None]:
    """Files by their ids."""
    return _objects(github, full_name, {one: one for one in ids}, "oid", "GitObjectID")


def at(
    github: Transport, full_name: str, commit: str, paths: Sequence[str]
) -> dict[str, str | None]:
    """Files by their paths, at a commit."""
    places = {path: f"{commit}:{path}" for path in paths}
    return _objects(github, full_name, places, "expression", "String")


def _objects(
    github: Transport, full_name: str, wanted: Mapping[str, str], by: str, kind: str
) -> dict[str, str | None]:
    """Names to texts, so many at once.

    Args:
        wanted: name to what GitHub knows it by.
        by: which argument of `object` that is, and of what type.
        kind: see there.
    """
    owner, _, name = full_name.partition("/")
    found: dict[str, str | None] = {}
    waiting = iter(wanted.items())
    while some := list(islice(waiting, _AT_ONCE)):
        asked = " ".join(f"o{n}: object({by}: $o{n}) {{ ...Text }}" for n, _ in enumerate(some))
        declared = "".join(f", $o{n}: {kind}!" for n, _ in enumerate(some))
        query = (
            f"query Texts($owner: String!, $name: String!{declared}) "
            f"{{ repository(owner: $owner, name: $name) {{ databaseId {asked} }} }} {TEXT}"
        )
        places = {f"o{n}": place for n, (_, place) in enumerate(some)}
        data = github.graphql(full_name, query, {"owner": owner, "name": name} | places).data
        nodes = data["repository"]
        found |= {one: _text(nodes[f"o{n}"]) for n, (one, _) in enumerate(some)}
    return found


def _text(node: Mapping[str, Any] | None) -> str | None:
    if not node or node["__typename"] != "Blob" or node["isTruncated"] or node["text"] is None:
        return None
    return str(node["text"])


def proposal(github: Transport, home: Home, branch: str, login: str) -> Proposal:
    """The branch, and our newest pull request from it."""
    name = home.full_name
    pull = newest_pull(github, name, branch, login)
    if pull is None:
        return Proposal(branch, tip(github, name, branch))
    number = int(pull["number"])
    whole = github.get(name, f"/repos/{name}/pulls/{number}")
    state: State = "open" if whole["state"] == "open" else "closed"
    if whole.get("merged_at"):
        state = "merged"
    head, closed = str(whole["head"]["sha"]), whole.get("closed_at")
    merged = parse.moment(whole["merged_at"]) if state == "merged" else None
    reviews, later = _reviews(github, name, number, login, merged)
    writers, mergers = _writers(github, name, number, login)
    return Proposal(
        branch=branch,
        # The branch of a closed one may be gone, or have moved since.
        head=tip(github, name, branch) if state == "closed" else head,
        number=number,
        state=state,
        url=str(whole["html_url"]),
        title=str(whole["title"]),
        body=str(whole.get("body") or ""),
        closed_at=parse.moment(closed) if closed else None,
        merged_by=str((whole.get("merged_by") or {}).get("login") or ""),
        commit=str(whole.get("merge_commit_sha") or "") if state == "merged" else "",
        files=_files(github, name, number, head),
        reviews=reviews,
        later=later,
        writers=writers,
        mergers=mergers,
    )


def tip(github: Transport, name: str, branch: str) -> str:
    """The commit that a branch is at; empty where there is none."""
    try:
        found = github.get(name, f"/repos/{name}/git/ref/heads/{branch}")
    except NotFound:
        return ""
    return str(found["object"]["sha"])


def newest_pull(github: Transport, name: str, branch: str, login: str) -> Mapping[str, Any] | None:
    """Our newest pull request from a branch."""
    owner = name.partition("/")[0]
    rows = github.pages(name, f"/repos/{name}/pulls", head=f"{owner}:{branch}", state="all")
    ours = [one for one in rows if one["head"]["ref"] == branch and is_ours(one, login)]
    return max(ours, key=lambda one: int(one["number"]), default=None)


def is_ours(pull: Mapping[str, Any], login: str) -> bool:
    """Whether we opened a pull request."""
    return parse.account(pull.get("user"), login).is_self


def _files(github: Transport, name: str, number: int, head: str) -> dict[str, str | None]:
    """What a pull request changes, with the texts as they are at its head."""
    rows = github.pages(name, f"/repos/{name}/pulls/{number}/files")
    paths = [str(one["filename"]) for one in islice(rows, MOST_FILES)]
    return at(github, name, head, paths) if paths else {}


def _writers(
    github: Transport, name: str, number: int, login: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Whose commits it brings besides ours, and whose merges.

    GitHub knows them by the address in a commit. Who gives another's is seen by the branch's
    protection alone (*Require approval of the most recent reviewable push*).
    """
    wrote: set[str] = set()
    merged: set[str] = set()
    for one in github.pages(name, f"/repos/{name}/pulls/{number}/commits"):
        author = parse.account(one.get("author"), login)
        if one.get("author") and not author.is_self:
            (wrote if len(one["parents"]) < 2 else merged).add(author.login)
    return frozenset(wrote), frozenset(merged)


def _reviews(
    github: Transport, name: str, number: int, login: str, merged: datetime | None
) -> tuple[tuple[Review, ...], tuple[Review, ...]]:
    """The last opinion of each up to the merge, and the last since; a remark is none."""
    before: dict[str, Mapping[str, Any]] = {}
    since: dict[str, Mapping[str, Any]] = {}
    for one in github.pages(name, f"/repos/{name}/pulls/{number}/reviews"):
        if one["state"] in _OPINIONS:
            late = merged is not None and parse.moment(one["submitted_at"]) > merged
            (since if late else before)[parse.account(one.get("user"), login).login] = one
    may_write = {
        who: not parse.account(one.get("user"), login).is_bot
        and _role(github, name, who) >= Role.WRITE
        for who, one in {**before, **since}.items()
    }

    def read(found: Mapping[str, Mapping[str, Any]]) -> tuple[Review, ...]:
        return tuple(
            Review(who, _OPINIONS[one["state"]], str(one.get("commit_id") or ""), may_write[who])
            for who, one in found.items()
        )

    return read(before), read(since)


def _role(github: Transport, name: str, login: str) -> Role:
    try:
        return parse.role(github.get(name, f"/repos/{name}/collaborators/{login}/permission"))
    except NotFound:
        return Role.NONE

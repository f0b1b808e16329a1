"""Which deliveries tell of a change in a source. They are hints: what is true is read anew."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from index.passages import Source
from os2kb.knowledge.named.named import Named
from os2kb.policy.policy import PATH
from os2kb.products.remote import Remote

_SSH = re.compile(r"\A[\w.-]+@(?P<host>[\w.-]+):(?P<path>[^/].*)\Z")
_GONE = ("unlabeled", "deleted", "transferred")
_EVENTS = {
    "issues": ("issues", "issue_comment"),
    "discussions": ("discussion", "discussion_comment"),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """What the sources of an installation are read from.

    Attributes:
        branches: repositories (`owner/name`, in lower case) and branches; the branch is empty
            for the default one.
        mirrored: repositories (in lower case), which part of them, and the label it has.
    """

    branches: frozenset[tuple[str, str]] = frozenset()
    mirrored: frozenset[tuple[str, str, str]] = frozenset()

    def touched_by(self, event: str, payload: Mapping[str, Any]) -> bool:
        """Whether a delivery may tell of something that a source holds."""
        about = _map(payload, "repository")
        repository = str(about.get("full_name", "")).casefold()
        if event == "push":
            branch = str(payload.get("ref", "")).removeprefix("refs/heads/")
            is_default = branch == about.get("default_branch")
            return (repository, branch) in self.branches or (
                is_default and (repository, "") in self.branches
            )
        if event == "repository":  # renamed, made private, deleted
            return repository in {name for name, *_ in (*self.mirrored, *self.branches)}
        return any(
            repository == name and event in _EVENTS[part] and _may_carry(payload, part, label)
            for name, part, label in self.mirrored
        )


def tells_of_named(event: str, payload: Mapping[str, Any], named: Iterable[Named]) -> bool:
    """Whether a delivery may tell of a change in what Policies name, or in a Policy itself.

    Args:
        named: what they named when they were last read.
    """
    about = _map(payload, "repository")
    repository = str(about.get("full_name", "")).casefold()
    ours = any(one.repository.casefold() == repository for one in named)
    if event == "push":
        is_default = payload.get("ref") == f"refs/heads/{about.get('default_branch')}"
        return is_default and (ours or _touches_policy(payload))
    return event == "repository" and ours


def changes_policy(event: str, payload: Mapping[str, Any]) -> bool:
    """Whether a delivery tells of another Policy on a default branch."""
    about = _map(payload, "repository")
    is_default = payload.get("ref") == f"refs/heads/{about.get('default_branch')}"
    return event == "push" and is_default and _touches_policy(payload)


def followed(sources: Iterable[Source], remotes: Iterable[Remote], web: str) -> Followed:
    """What is to be followed.

    Args:
        web: where people read the forge; repositories elsewhere send us nothing.
    """
    read = (
        (repository, source.branch or source.location.partition("#")[2])
        for source in sources
        if (repository := repository_at(source.address.partition("#")[0], web))
    )
    mirrored = (
        (remote.repository.casefold(), remote.kind, remote.label.casefold())
        for remote in remotes
        if remote.repository
    )
    return Followed(frozenset(read), frozenset(mirrored))


def repository_at(address: str, web: str) -> str:
    """`owner/name`, in lower case, of a repository at the forge; empty for any other place."""
    host = urlsplit(web).hostname
    if match := _SSH.match(address):
        found, path = match["host"], match["path"]
    else:
        parts = urlsplit(address)
        found, path = parts.hostname or "", parts.path
    name = path.strip("/").removesuffix(".git").casefold()
    return name if found == host and name.count("/") == 1 else ""


def _touches_policy(payload: Mapping[str, Any]) -> bool:
    commits = payload.get("commits")
    listed = commits if isinstance(commits, list) else ()
    return any(
        PATH in paths
        for commit in listed
        if isinstance(commit, dict)
        for part in ("added", "modified", "removed")
        if isinstance(paths := commit.get(part), list)
    )


def _may_carry(payload: Mapping[str, Any], part: str, label: str) -> bool:
    """Whether what a delivery is about carries the label, or may have lost it."""
    if not label or payload.get("action") in _GONE:
        return True
    labels = _map(payload, part.removesuffix("s")).get("labels")
    listed = labels if isinstance(labels, list) else ()
    names = (one.get("name") for one in listed if isinstance(one, dict))
    return label in {str(name).casefold() for name in names}


def _map(payload: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = payload.get(key)
    return value if isinstance(value, dict) else {}

"""Logs in the store, as they stand on their default branches: what the public page shows of them.

Which logs a repository holds is known from its own Policy, and from the issues whose decisions go
there. Its own Policy has the last word.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Engine

from index.passages import Source, Visibility
from os2kb.decision_log.approvals import with_approvals
from os2kb.decision_log.of_issues import (
    entries_of_issues,
    home_of,
    issue_log_at,
    issue_log_of,
    mark_of,
)
from os2kb.decision_log.see import EntryShelf
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.seen import Home
from os2kb.forges.logs import LogFiles
from os2kb.forges.port import Forge, NotFound
from os2kb.forges.scene import Scene
from os2kb.policy.grants import Grant
from os2kb.policy.load import ReadPolicy
from os2kb.policy.policy import Policy
from os2kb.policy.problem import BadPolicy
from os2kb.products.products import Products
from os2kb.store import names, wakes
from os2kb.store.decisions import DecisionLog, every_log, forget_log, keep_log

_PREFIX = "github:"


def following(repository_id: int) -> str:
    """The key of work that follows the logs in a repository."""
    return f"decisions:{repository_id}"


def key_of_log(repository_id: int, path: str) -> str:
    """The identity of a log in the store."""
    return f"{_PREFIX}{repository_id}:{path}"


def ask_to_keep(database: Engine, home: Home, path: str, now: datetime) -> None:
    """Have a log that was seen read into the store, where it is not there as it is now."""
    with database.begin() as connection:
        names.remember_repository(connection, "github", home.id, home.full_name)
    key = key_of_log(home.id, path)
    known = {one.key: one.commit for one in every_log(database)}
    if home.head and known.get(key) == home.head:
        return
    if key not in known:  # empty and hidden until it was read with its own Policy's eyes
        keep_log(database, DecisionLog(key, "", False, home.id), (), str)
    wakes.bring_forward(database, following(home.id), now)


@dataclass(frozen=True, slots=True)
class KeptLog:
    """A log as it was just read.

    Attributes:
        files: path to id of what stands there, also of what is no decision.
        policy: in force in its own repository; None for a wrong one.
    """

    home: Home
    path: str
    files: Mapping[str, str]
    entries: tuple[Entry, ...]
    policy: Policy | None

    def address(self, entry: Entry) -> str:
        """Where people read an entry."""
        if entry.format == "issues":
            return f"{self.home.url}/issues/{entry.decision.id}"
        return self.home.address(entry.path)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Reads logs into the store.

    Args:
        policy_of: the Policy in force in a repository; raises BadPolicy.
    """

    forge: Forge
    policy_of: Callable[[Scene, Grant], ReadPolicy]
    database: Engine
    products: Products
    shelf: EntryShelf

    def keep(self, repository_id: int, name: str) -> tuple[KeptLog, ...]:
        """Read the logs of a repository; what is gone, or of no product any more, is forgotten.

        Raises:
            ForgeError: it cannot be read now.
        """
        prefix = key_of_log(repository_id, "")
        known = [one for one in every_log(self.database) if one.key.startswith(prefix)]
        product = self.products.product_of(name)
        scene = self._scene(repository_id, name) if product else None
        if scene is None or product is None:
            for one in known:
                forget_log(self.database, one.key)
            return ()
        policy = self._policy(scene, product)
        own = _own_path(policy, scene.repository.full_name)
        paths = {one.key.removeprefix(prefix) for one in known} | ({own} if own else set())
        ours: list[KeptLog] = []
        for path in sorted(paths):
            is_ours = _is_ours(path, own, policy)
            public = is_ours and not self._is_internal(path, scene, policy)
            log = DecisionLog(prefix + path, product, public, repository_id)
            read = self._keep(log, path, scene, policy, known, is_ours=is_ours)
            ours += [read] if is_ours else []
        return tuple(ours)

    def _keep(
        self,
        log: DecisionLog,
        path: str,
        scene: Scene,
        policy: Policy | None,
        known: Sequence[DecisionLog],
        *,
        is_ours: bool,
    ) -> KeptLog:
        """Read one log into the store; one of issues only where it has changed."""
        at, issues = scene.repository, issue_log_at(path, policy.decisions if policy else None)
        if issues is None:
            read = self._read(scene, path, policy)
            log = replace(log, commit=read.home.head)
        elif not is_ours:  # without a mark, so that it is read should it be ours again
            read = KeptLog(home_of(at), path, {}, (), policy)
        else:
            log = replace(log, commit=mark_of(self.forge, at, issues))
            read = KeptLog(home_of(at), path, {}, (), policy)
            if log in known:
                return read
            read = replace(read, entries=entries_of_issues(self.forge, at, issues))
        keep_log(self.database, log, read.entries if is_ours else (), read.address)
        return read

    def own(self, home: Home) -> tuple[Policy, LogFiles] | None:
        """The Policy of a log's own repository, and the files of the log that it names there.

        Raises:
            ForgeError: it cannot be read now.
        """
        product = self.products.product_of(home.full_name)
        scene = self._scene(home.id, home.full_name) if product else None
        policy = self._policy(scene, product) if scene and product else None
        path = _own_path(policy, home.full_name)
        if policy is None or not path:
            return None
        return policy, self.forge.logs.files(home.full_name, path)

    def _scene(self, repository_id: int, name: str) -> Scene | None:
        """The repository; None where it is gone, hidden from us, or the name is another's now."""
        try:
            scene = self.forge.scene(name)
        except NotFound:
            return None
        return scene if scene.repository.id == repository_id else None

    def _policy(self, scene: Scene, product: str) -> Policy | None:
        try:
            return self.policy_of(scene, self.products.grant(product)).policy
        except BadPolicy:
            return None

    def _read(self, scene: Scene, path: str, policy: Policy | None) -> KeptLog:
        found = self.forge.logs.files(scene.repository.full_name, path)
        read = self.shelf.entries(self.forge.logs, found)
        entries = with_approvals(self.database, found.home.id, read)
        return KeptLog(found.home, path, found.files, entries, policy)

    def _is_internal(self, path: str, scene: Scene, policy: Policy | None) -> bool:
        """Whether it is not for the world, as far as is known: a wrong Policy says nothing."""
        if scene.repository.private or policy is None:
            return True
        named = [(one.path, one.visibility) for one in policy.knowledge.sources]
        placed = _sources_of(self.products.sources, scene.repository.full_name)
        return hides(named, path) or hides(placed, path)


def _own_path(policy: Policy | None, full_name: str) -> str | None:
    """Where a repository's own Policy says that its log is; empty where that is another place."""
    if policy is None or policy.decisions is None:
        return None
    log, issues = policy.decisions, issue_log_of(policy.decisions)
    if log.repository.casefold() != full_name.casefold():
        return ""
    return issues.path if issues else log.path.strip("/")


def _is_ours(path: str, own: str | None, policy: Policy | None) -> bool:
    """Whether a log is kept: others' Policies may name files here, but only its own the issues.

    A wrong Policy takes nothing away.

    Args:
        own: where the log is that the repository's own Policy names.
    """
    if own is not None:
        return path == own
    return policy is None or issue_log_at(path, None) is None


def _sources_of(sources: Iterable[Source], full_name: str) -> Iterator[tuple[str, Visibility]]:
    """The folders of a repository that the products file names."""
    for one in sources:
        address = one.location.rstrip("/").removesuffix(".git").casefold()
        if address.endswith((f"/{full_name.casefold()}", f":{full_name.casefold()}")):
            yield one.folder, one.visibility


def hides(sources: Iterable[tuple[str, Visibility]], path: str) -> bool:
    """Whether a log, or a part of it, is said to be internal.

    Of a folder and one below it, the inner one's word holds; of one that is named twice, the
    stricter.

    Args:
        sources: folders or files, and who may see them.
        path: of the log.
    """
    log = PurePosixPath(path)
    named = [(PurePosixPath(one.strip("/") or "."), seen == "internal") for one, seen in sources]
    around = [(len(one.parts), internal) for one, internal in named if log.is_relative_to(one)]
    within = (internal for one, internal in named if one.is_relative_to(log))
    return max(around, default=(0, False))[1] or any(within)

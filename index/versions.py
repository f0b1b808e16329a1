"""The versions of the index on disk: which one serves, and how a new one takes over.

ROOT/current            the name of the version that serves
ROOT/versions/NAME/     a version, complete and never changed
ROOT/building-…/        a version being built; left behind only by a crash
ROOT/vectors/           vectors by model and text, for all versions
ROOT/sources/           copies of git repositories, and mirrors of what lies elsewhere
ROOT/build.lock         held by the one build that may run
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from index import store
from index.embedders import Embedder

if TYPE_CHECKING:
    from index.search import Index

_log = logging.getLogger(__name__)
_KEPT = 2


class BuildRefused(Exception):
    """A build that did not happen; what served before still serves. The message names the cure."""


class BuildBusy(BuildRefused):
    """Another build holds the lock. Wait for it to end; its result will serve you too."""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source of a version. `commit` is empty for a plain folder.

    Attributes:
        folder: where its documents were read; of a git repository, in its copy.
        bytes: of its documents together.
        fetched_at: of a git repository, when it was last fetched (ISO 8601).
    """

    name: str
    location: str
    folder: str
    product: str | None
    visibility: str
    commit: str
    documents: int
    passages: int
    bytes: int = 0
    fetched_at: str = ""


@dataclass(frozen=True, slots=True)
class VersionStatus:
    """One version on disk. `bytes` is its size, `serving` whether searches use it.

    Attributes:
        tuned: where `weights` and `floor` came from, by name; what is not there is the default.
    """

    version: str
    built_at: datetime
    serving: bool
    documents: int
    passages: int
    bytes: int
    embedder: str
    floor: float
    weights: Mapping[str, float]
    tuned: Mapping[str, Any]
    sources: tuple[SourceStatus, ...]
    skipped: tuple[tuple[str, str], ...]

    def age_seconds(self, now: datetime) -> float:
        """How long ago it was built."""
        return (now - self.built_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Status:
    """All versions, the serving one first. `damaged` names folders that cannot be used."""

    versions: tuple[VersionStatus, ...]
    damaged: tuple[str, ...]


class Versions:
    """The versions below one folder.

    Args:
        root: the folder.
        embedder: the installation's; None for lsa, whose model every version brings with it.
    """

    def __init__(self, root: Path, embedder: Embedder | None = None) -> None:
        self._root = root
        self._embedder = embedder
        self._pointer = root / "current"
        self._loading = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._index: Index | None = None

    def current(self) -> "Index | None":
        """The index that serves now; None before the first build.

        Costs one `stat` while nothing changed. When a build has swapped a version in, the first
        thread to notice reads it while the others go on with the one they have. A damaged version
        is never served: the one in memory, or the one before it on disk, stays, until there is
        no version at all.
        """
        seen = self._stat()
        if seen == self._seen:
            return self._index
        if not self._loading.acquire(blocking=self._index is None):
            return self._index
        try:
            if seen != self._seen:
                self._index = self._load() or (self._index if self.folders() else None)
                self._seen = seen
            return self._index
        finally:
            self._loading.release()

    def at_hand(self) -> "Index | None":
        """The index that serves now, where it is in memory; never reads one, so never waits."""
        return self._index if self._stat() == self._seen else None

    def folder(self) -> Path | None:
        """The folder of the version the pointer names; None where there is none."""
        try:
            name = self._pointer.read_text("utf-8").strip()
        except (OSError, ValueError):
            return None
        folder = self.place(name)
        return folder if name and folder.is_dir() and folder.parent.name == "versions" else None

    def place(self, version: str) -> Path:
        """The folder of a version, whether it is there or not."""
        return self._root / "versions" / version

    def folders(self) -> list[Path]:
        """Every version's folder: the one that serves first, then from the newest."""
        return self._newest_first(first=self.folder())

    def embedded(self) -> dict[str, set[bytes]]:
        """Which texts the versions hold vectors of, by embedder."""
        used: dict[str, set[bytes]] = {}
        for folder in self.folders():
            try:
                model = store.read_manifest(folder, verify=False)["embedder"]
                used.setdefault(model, set()).update(store.read_keys(folder / store.KEYS))
            except (store.Corrupt, OSError):
                continue
        return used

    def status(self) -> Status:
        """What is on disk, without loading any of it."""
        serving = self.folder()
        statuses, damaged = [], []
        for folder in self._newest_first():
            try:
                statuses.append(_status(folder, serving=folder == serving))
            except (store.Corrupt, KeyError, TypeError, ValueError):
                damaged.append(folder.name)
        statuses.sort(key=lambda status: not status.serving)
        return Status(tuple(statuses), tuple(damaged))

    @contextmanager
    def building(self) -> Iterator[Path]:
        """An empty folder to build in, while no other build can run.

        Raises:
            BuildBusy: another build is running.
        """
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / "build.lock").open("a+", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                lock.seek(0)
                holder = lock.read().strip() or "unknown"
                raise BuildBusy(
                    f"another build of {self._root} is running (process {holder}); "
                    "wait for it to end and try again"
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            for left in self._root.glob("building-*"):
                shutil.rmtree(left, ignore_errors=True)
            folder = self._root / f"building-{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
            finally:
                for left in self._root.glob("building-*"):
                    shutil.rmtree(left, ignore_errors=True)

    def swap_in(self, built: Path, version: str) -> None:
        """Make a finished version the one that serves; older ones beyond two are removed."""
        place = self.place(version)
        place.parent.mkdir(exist_ok=True)
        for path in (*built.rglob("*"), built):
            _to_disk(path)
        if place.exists():  # damaged: it would not be built again otherwise
            place.rename(built.with_name(f"{built.name}-damaged"))
        built.rename(place)
        _to_disk(place.parent)
        self.point_at(version)
        for old in self.folders()[_KEPT:]:
            shutil.rmtree(old, ignore_errors=True)

    def clear(self) -> None:
        """Let nothing serve any more: what the versions hold must not be shown.

        Raises:
            BuildBusy: a build is running.
        """
        with self.building():
            shutil.rmtree(self._root / "versions", ignore_errors=True)
            self._pointer.unlink(missing_ok=True)

    def point_at(self, version: str) -> None:
        """Let a version on disk serve, in one atomic step."""
        written = self._pointer.with_name("current.new")
        written.write_text(version + "\n", "utf-8")
        _to_disk(written)
        written.replace(self._pointer)
        _to_disk(self._root)

    def _stat(self) -> tuple[int, int, int]:
        try:
            stat = self._pointer.stat()
        except OSError:
            return (0, 0, 0)
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def _load(self) -> "Index | None":
        from index.search import Index  # late: a build that finds nothing new does without numpy

        serving = self.folder()
        older = [] if self._index else self._newest_first()
        for folder in dict.fromkeys([*([serving] if serving else []), *older]):
            try:
                return Index.load(folder, self._embedder)
            except (store.Corrupt, OSError, KeyError, ValueError, TypeError, RuntimeError) as error:
                _log.error("index version %s is not served: %s", folder.name, error)
        return None

    def _newest_first(self, first: Path | None = None) -> list[Path]:
        folder = self._root / "versions"
        found = [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
        return sorted(found, key=lambda path: (path != first, -path.stat().st_mtime_ns))


def _status(folder: Path, *, serving: bool) -> VersionStatus:
    manifest = store.read_manifest(folder, verify=False)
    return VersionStatus(
        version=manifest["version"],
        built_at=datetime.fromisoformat(manifest["built_at"]),
        serving=serving,
        documents=manifest["documents"],
        passages=manifest["passages"],
        bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        embedder=manifest["embedder"],
        floor=manifest["floor"],
        weights=manifest["weights"],
        tuned=manifest["tuned"],
        sources=tuple(SourceStatus(**source) for source in manifest["sources"]),
        skipped=tuple((path, reason) for path, reason in manifest["skipped"]),
    )


def _to_disk(path: Path) -> None:
    """Have the kernel write a file or folder out, so that no power cut can undo it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

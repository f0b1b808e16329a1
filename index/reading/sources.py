"""Where documents come from: folders and git repositories, read without trusting them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from index.masking import mask, mask_cpr
from index.passages import Source
from index.reading.contents import SUFFIXES, largest
from index.reading.decoding import printable
from index.reading.git import Clone, fetch, head, is_repository
from index.reading.jekyll import read_site

_NOT_ENTERED = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "node_modules", "vendor", "__pycache__", ".tox"}
)


@dataclass(frozen=True, slots=True)
class File:
    """A document as it was found.

    Attributes:
        path: relative to its source, with forward slashes.
        sha: changes with its content; of a git repository, git's own id.
        place: where its bytes are read, when they are needed.
    """

    source: Source
    path: str
    sha: str
    size: int
    place: Path = field(repr=False)

    @property
    def raw(self) -> bytes:
        """Its bytes. Raises OSError where it is gone since it was found."""
        return self.place.read_bytes()


@dataclass(slots=True)
class Gathered:
    """What one source holds.

    Attributes:
        folder: where the documents were read; of a git repository, in its copy.
        commit: of a git repository; empty for a plain folder.
        fetched_at: of a git repository, when its copy was last brought up to date (ISO 8601).
        problem: why it could not be read now; empty where it was.
        skipped: (path, reason); the path is the source's name where it is about all of it.
    """

    source: Source
    folder: Path
    commit: str = ""
    fetched_at: str = ""
    problem: str = ""
    files: list[File] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)


def gather(source: Source, clones: Path, now: datetime) -> Gathered:
    """Find a source's documents. What cannot be read is skipped with a reason; nothing is raised.

    A git repository that cannot be reached, or has lost its branch, is served as it was last
    fetched, and the reason says so: a network that is down must not make knowledge vanish.

    Args:
        source: a folder, or the address of a git repository; `#branch` may follow the address.
        clones: folder in which git repositories are kept between builds.
        now: written down as the time of a successful fetch.
    """
    gathered = Gathered(source, Path(source.address))
    blobs: Mapping[str, str] = {}
    root = Path(source.location)
    if is_repository(source):
        clone = fetch(source, clones, now)
        blobs = clone.blobs
        root = _take(clone, gathered)
    gathered.folder = folder = root / source.folder if source.folder else root
    if not gathered.commit and is_repository(source):
        return gathered
    if not folder.is_dir() or not _within(folder, root):
        gone = source.folder if source.folder and root.is_dir() else source.address
        _cannot_be_read(gathered, f"no such folder: {gone}")
        return gathered
    if "{permalink}" in source.url:
        gathered.source = replace(source, site=read_site(folder))
    if not gathered.commit and (root / ".git").exists():
        gathered.commit = head(root)
    below = f"{source.folder.strip('/')}/" if source.folder else ""
    for path in _walk(folder, gathered):
        _read(path, folder, gathered, blobs, below)
    return gathered


def _cannot_be_read(gathered: Gathered, problem: str) -> None:
    gathered.problem = problem
    gathered.skipped.append((gathered.source.name, problem))


def _take(clone: Clone, gathered: Gathered) -> Path:
    """Note what is known of a repository's copy; its folder."""
    gathered.commit, gathered.fetched_at = clone.commit, clone.fetched_at
    if clone.problem:
        copy = f"; the copy of {clone.fetched_at or 'an unknown time'} is used"
        _cannot_be_read(gathered, clone.problem + (copy if clone.commit else ""))
    within = f"{gathered.source.folder.strip('/')}/" if gathered.source.folder else ""
    gathered.skipped += [
        (mask(path.removeprefix(within)), "a submodule: name it as a source of its own")
        for path in clone.submodules
        if path.startswith(within)
    ]
    return clone.folder


def _walk(folder: Path, gathered: Gathered) -> Iterator[Path]:
    """Every document in a folder, in order; linked folders are not entered."""
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in _NOT_ENTERED)
        for name in list(folders):
            linked = Path(here, name)
            if linked.is_symlink():
                gathered.skipped.append((_shown(linked, folder), "a link to another folder"))
        for name in sorted(files):
            if Path(name).suffix.lower() in SUFFIXES:
                yield Path(here, name)


def _read(
    path: Path, folder: Path, gathered: Gathered, blobs: Mapping[str, str], below: str
) -> None:
    """Add a document; what git has hashed already is not read for it.

    Args:
        blobs: git's ids, by path from the repository's root.
        below: the source's folder in the repository, with a slash at its end.
    """
    relative = path.relative_to(folder).as_posix()
    try:
        size = path.lstat().st_size
        reason = _reason(path, relative, folder, size)
        if not reason:
            sha = blobs.get(below + relative) or sha256(path.read_bytes()).hexdigest()
    except (OSError, RuntimeError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    if reason:
        gathered.skipped.append((_shown(path, folder), reason))
        return
    gathered.files.append(File(gathered.source, relative, sha, size, path))


def _reason(path: Path, relative: str, folder: Path, size: int) -> str:
    """Why a file is no document of this source; empty where it is one."""
    if not _within(path, folder):
        return "a link out of the source"
    if not path.is_file():
        return "not a regular file"
    if max(size, path.stat().st_size) > largest(path.name):
        most = largest(path.name) // 1024 // 1024
        return f"too large: {path.stat().st_size / 1024 / 1024:.1f} MB, and {most} MB at most"
    if relative != relative.encode("utf-8", "replace").decode("utf-8"):
        return "the file's name is not UTF-8"
    if printable(relative) != relative:
        return "the file's name holds control characters"
    if mask_cpr(relative) != relative:
        return "the file's name holds what looks like a CPR number"
    return ""


def _within(path: Path, folder: Path) -> bool:
    """Whether a path, followed to its end, lies in a folder and not in git's own."""
    real, root = path.resolve(), folder.resolve()
    return real.is_relative_to(root) and ".git" not in real.relative_to(root).parts


def _shown(path: Path, folder: Path) -> str:
    """A path for the report: relative, encodable, and without personal data."""
    relative = path.relative_to(folder).as_posix()
    return mask(printable(relative))

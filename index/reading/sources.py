"""Where documents come from: folders and git repositories, read without trusting them."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from index.masking import mask
from index.passages import Source
from index.reading.documents import SUFFIXES

_LARGEST = 5 * 1024 * 1024  # bytes: above it a "document" is data
_GIT_SECONDS = 600
_NOT_ENTERED = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "node_modules", "vendor", "__pycache__", ".tox"}
)
_IS_GIT = re.compile(r"\A(?:https?|ssh|git|file)://|\A[\w.-]+@[\w.-]+:|\.git\Z")


@dataclass(frozen=True, slots=True)
class File:
    """A document's bytes, and their hash."""

    source: Source
    path: str
    sha: str
    raw: bytes = field(repr=False)


@dataclass(slots=True)
class Gathered:
    """What one source holds.

    Attributes:
        folder: where the documents were read; of a git repository, the clone.
        commit: of a git repository; empty for a plain folder.
        skipped: (path, reason); the path is the source's name where all of it was skipped.
    """

    source: Source
    folder: Path
    commit: str = ""
    files: list[File] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)


def gather(source: Source, clones: Path) -> Gathered:
    """Read a source's documents. What cannot be read is skipped with a reason; nothing is raised.

    Args:
        source: a folder, or the address of a git repository; `#branch` may follow the address.
        clones: folder in which git repositories are kept between builds.
    """
    folder = Path(source.location)
    gathered = Gathered(source, Path(source.address))
    if _IS_GIT.search(source.location.partition("#")[0]) and not folder.is_dir():
        cloned = _fetched(source, clones, gathered)
        if cloned is None:
            return gathered
        gathered.folder = folder = cloned
    if not folder.is_dir():
        gathered.skipped.append((source.name, f"no such folder: {source.address}"))
        return gathered
    if (folder / ".git").exists():
        gathered.commit = _git(folder, "rev-parse", "HEAD").stdout.strip()
    for path in _walk(folder, gathered):
        _read(path, folder, gathered)
    return gathered


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


def _read(path: Path, folder: Path, gathered: Gathered) -> None:
    relative = path.relative_to(folder).as_posix()
    reason = ""
    raw = b""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            reason = "a link out of the source"
        elif not path.is_file():
            reason = "not a regular file"
        elif (size := path.stat().st_size) > _LARGEST:
            reason = (
                f"too large: {size / 1024 / 1024:.1f} MB, and {_LARGEST // 1024 // 1024} MB at most"
            )
        elif relative != relative.encode("utf-8", "replace").decode("utf-8"):
            reason = "the file's name is not UTF-8"
        elif mask(relative) != relative:
            reason = "the file's name holds what looks like a CPR number"
        else:
            raw = path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    if reason:
        gathered.skipped.append((_shown(path, folder), reason))
        return
    gathered.files.append(File(gathered.source, relative, sha256(raw).hexdigest(), raw))


def _shown(path: Path, folder: Path) -> str:
    """A path for the report: relative, encodable, and without personal data."""
    relative = path.relative_to(folder).as_posix()
    return mask(relative.encode("utf-8", "replace").decode("utf-8"))


def _fetched(source: Source, clones: Path, gathered: Gathered) -> Path | None:
    """A shallow clone, brought up to date; the last one where the repository cannot be reached."""
    address, _, branch = source.address.partition("#")
    name = re.sub(r"[^\w.-]", "-", source.name)
    clone = clones / f"{name}-{sha256(source.location.encode()).hexdigest()[:8]}"
    if not (clone / ".git").is_dir():
        clone.mkdir(parents=True, exist_ok=True)
        _git(clone, "init", "--quiet")
    fetch = _git(
        clone,
        *("fetch", "--quiet", "--depth=1", "--no-tags", "--", address, branch or "HEAD"),
        secret=(source.location.partition("#")[0], address),
    )
    if fetch.returncode:
        gathered.skipped.append((source.name, f"git fetch failed: {_last_line(fetch.stderr)}"))
        if _git(clone, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return None
    else:
        _git(clone, "reset", "--quiet", "--hard", "FETCH_HEAD")
        _git(clone, "clean", "--quiet", "-ffdx")
    return clone


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return mask(re.sub(r"//[^@/\s]+@", "//", lines[-1])) if lines else "no message"


def _git(
    folder: Path, *arguments: str, secret: tuple[str, str] = ("", "")
) -> "subprocess.CompletedProcess[str]":
    """Run git without prompts, hooks, submodules or helper protocols.

    Args:
        secret: an address with its password, and the same as `arguments` name it without; the
            environment tells git of it, since everybody on a machine can read a command line.
    """
    settings = ("-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null")
    environment = {
        **os.environ,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "LC_ALL": "C",
    }
    full, shown = secret
    if full != shown:
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{full}.insteadOf",
            "GIT_CONFIG_VALUE_0": shown,
        }
    command = ["git", *settings, *arguments]
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments after `--`
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))

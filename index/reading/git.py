"""Git repositories: one shallow copy each, brought up to date by commit, and told no secrets."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from index.masking import mask
from index.passages import Source
from index.reading.decoding import printable

_SECONDS = 600
_ADDRESS = re.compile(r"\A(?:https?|ssh|git|file)://|\A[\w.-]+@[\w.-]+:|\.git\Z")
_SETTINGS = (
    *("-c", "protocol.ext.allow=never"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.autocrlf=false"),
    *("-c", "gc.autoDetach=false"),
    # A server that sends next to nothing for a minute is taken for gone.
    *("-c", "http.lowSpeedLimit=1000"),
    *("-c", "http.lowSpeedTime=60"),
)
# Variables by which git would work on another repository than the one it is started in.
_ELSEWHERE = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"}
)
_SUBMODULE = "160000"  # the mode of its entry in a tree
_LINK = "120000"


@dataclass(slots=True)
class Clone:
    """The copy of a repository.

    Attributes:
        commit: what is checked out; empty where nothing could ever be fetched.
        fetched_at: ISO 8601, when that was last known to be the newest; empty where unknown.
        blobs: path → git's id of its content, of every plain file.
        submodules: their paths.
        problem: why the repository could not be fetched now; empty where it was.
    """

    folder: Path
    commit: str = ""
    fetched_at: str = ""
    blobs: dict[str, str] = field(default_factory=dict)
    submodules: list[str] = field(default_factory=list)
    problem: str = ""


def is_repository(source: Source) -> bool:
    """Whether a source's location is the address of a repository, and no folder."""
    address = source.location.partition("#")[0]
    return bool(_ADDRESS.search(address)) and not Path(source.location).is_dir()


def clone_folder(source: Source, clones: Path) -> Path:
    """Where a repository's copy lies. Another address or branch is another copy."""
    name = re.sub(r"[^\w.-]", "-", source.name)
    wanted = f"{source.address}#{source.branch}" if source.branch else source.address
    return clones / f"{name}-{sha256(wanted.encode()).hexdigest()[:8]}"


def fetch(source: Source, clones: Path, now: datetime) -> Clone:
    """Bring the copy up to date; where that fails, the last good copy is what there is.

    A rewritten history (force-push) is followed: only the newest commit is ever kept.
    """
    folder = clone_folder(source, clones)
    problem = _update(source, folder)
    if problem.startswith("checkout failed"):  # a damaged copy: make it anew, once
        shutil.rmtree(folder, ignore_errors=True)
        problem = _update(source, folder)
    stamp = folder / ".git" / "os2kb.json"
    if not problem:
        stamp.write_text(json.dumps({"fetched_at": now.isoformat()}), "utf-8")
    clone = Clone(folder, commit=head(folder), fetched_at=_stamped(stamp), problem=problem)
    if clone.commit:
        _list(clone)
    return clone


def head(folder: Path) -> str:
    """The commit that is checked out in a folder; empty where there is none."""
    found = run_git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    return found.stdout.strip() if found.returncode == 0 else ""


def _update(source: Source, folder: Path) -> str:
    """Fetch and check out the newest commit; the reason where that cannot be done."""
    address, _, fragment = source.address.partition("#")
    folder.mkdir(parents=True, exist_ok=True)
    run_git(folder, "init", "--quiet")  # mends what is missing, and leaves what is there
    for left in (folder / ".git").glob("*.lock"):  # of a git that was killed: builds never overlap
        left.unlink(missing_ok=True)
    fetched = run_git(
        folder,
        *("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--force"),
        *("--", address, source.branch or fragment or "HEAD"),
        secret=(source.location.partition("#")[0], address),
    )
    if fetched.returncode:
        return f"git fetch failed: {_last_line(fetched.stderr)}"
    if head(folder) != _commit(folder, "FETCH_HEAD"):
        reset = run_git(folder, "reset", "--quiet", "--hard", "FETCH_HEAD")
        if reset.returncode:
            return f"checkout failed: {_last_line(reset.stderr)}"
        run_git(folder, "clean", "--quiet", "-ffdx")
    return ""


def _commit(folder: Path, name: str) -> str:
    return run_git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").stdout.strip()


def _list(clone: Clone) -> None:
    """What the commit holds: git knows every content's hash already."""
    listed = run_git(clone.folder, "ls-tree", "-r", "-z", "--full-tree", "HEAD").stdout
    for entry in listed.split("\0"):
        about, _, path = entry.partition("\t")
        if not path:
            continue
        mode, _, blob = about.split(" ")
        if mode == _SUBMODULE:
            clone.submodules.append(printable(path))
        elif mode != _LINK:
            clone.blobs[path] = blob


def _stamped(stamp: Path) -> str:
    try:
        return str(json.loads(stamp.read_text("utf-8"))["fetched_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    said = mask(re.sub(r"//[^@/\s]+@", "//", lines[-1])) if lines else "no message"
    return printable(said)


def run_git(
    folder: Path, *arguments: str, secret: tuple[str, str] = ("", ""), within: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Run git without prompts, hooks, submodules or helper protocols.

    Args:
        secret: an address with its password, and the same as `arguments` name it without; the
            environment tells git of it, since everybody on a machine can read a command line.
        within: the folder may be one of a repository's, and not its top.
    """
    environment = {
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes",
        **{name: value for name, value in os.environ.items() if name not in _ELSEWHERE},
        # A copy without a sound .git must not make git take a repository around it for its own.
        "GIT_CEILING_DIRECTORIES": str(folder.resolve().parent),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "LC_ALL": "C",
    }
    if within:
        del environment["GIT_CEILING_DIRECTORIES"]
    full, shown = secret
    if full != shown:
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{full}.insteadOf",
            "GIT_CONFIG_VALUE_0": shown,
        }
    command = ["git", *_SETTINGS, *arguments]
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments after `--`
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = getattr(error, "strerror", None) or f"no end after {_SECONDS} s"
        return subprocess.CompletedProcess(command, 1, "", reason)

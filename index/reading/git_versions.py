"""What files of a local repository said before: git knows."""

import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.reading.decoding import Unreadable, decode
from index.reading.git import run_git

_MOST = 2_000  # versions that are read
_COMMIT = "commit "


@dataclass(frozen=True, slots=True)
class Version:
    """A file's text as it was before a commit changed it.

    Attributes:
        commit: that changed it.
        date: of that commit, ISO 8601.
    """

    commit: str
    date: str
    text: str


def earlier_versions(folder: Path) -> Mapping[str, Sequence[Version]]:
    """Path, from the folder, to the texts that a file had before, oldest first.

    Files that were never changed have none, and so has a folder that no repository holds. Renames
    are followed.
    """
    told = run_git(
        folder,
        *("log", f"--format={_COMMIT}%H %cs", "--name-status", "-M", "-z", "--relative"),
        *("--diff-filter=MR", "--no-show-signature", "--", "."),
        within=True,
    )
    if told.returncode:
        return {}
    wanted = _changes(told.stdout)[:_MOST]
    texts = _texts(folder, [f"{commit}^:./{old}" for commit, _, old, _ in wanted])
    found: defaultdict[str, list[Version]] = defaultdict(list)
    for (commit, date, _, now), text in zip(wanted, texts, strict=True):
        if text is not None:
            found[now].insert(0, Version(commit, date, text))
    return found


def _changes(told: str) -> list[tuple[str, str, str, str]]:
    """Commit, its date, where the file was before and where it is now; newest first."""
    commit = date = ""
    now: dict[str, str] = {}  # a path, in the commit looked at, to that of today
    found: list[tuple[str, str, str, str]] = []
    words = iter(told.split("\0"))
    for written in words:
        word = written.lstrip("\n")
        if word.startswith(_COMMIT):
            commit, _, date = word.removeprefix(_COMMIT).strip().partition(" ")
        elif word.startswith("R"):
            old, new = next(words, ""), next(words, "")
            now[old] = now.pop(new, new)
            found.append((commit, date, old, now[old]))
        elif word == "M":
            path = next(words, "")
            found.append((commit, date, path, now.get(path, path)))
    return found


def _texts(folder: Path, objects: Sequence[str]) -> list[str | None]:
    """The texts of objects, in order; None for what is none, or no text."""
    if not objects:
        return []
    asked = "".join(f"{one}\n" for one in objects).encode("utf-8", "surrogateescape")
    try:
        done = subprocess.run(
            ["git", "cat-file", "--batch"],  # noqa: S607 - the one of the PATH
            cwd=folder,
            input=asked,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return [None] * len(objects)
    found: list[str | None] = []
    at, raw = 0, done.stdout
    for _ in objects:
        end = raw.find(b"\n", at)
        head = raw[at:end].split(b" ")
        at = end + 1
        if end < 0 or head[-1] in (b"missing", b"ambiguous"):
            found.append(None)
            continue
        size = int(head[-1])
        found.append(_text(raw[at : at + size]))
        at += size + 1
    return found


def _text(raw: bytes) -> str | None:
    try:
        return decode(raw)
    except Unreadable:
        return None

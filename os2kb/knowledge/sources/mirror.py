"""A mirror: the folder that holds what a remote source held when it was last read whole.

Every file is replaced at once, and nothing is changed before all of it has been fetched, so that
a network that breaks halfway leaves the mirror as it was.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from os2kb.knowledge.sources.fetched import Left, Page, Unreachable, Withdrawn

# Of the documents known: path → tag. Gives what there is now, known documents without content.
Read = Callable[[Mapping[str, str]], Iterable[Page | Left]]

_STATE = ".mirror.json"
_STAGING = ".fetching"
_SHOWN = 3  # documents left out for the same reason are counted beyond this


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What came of bringing a mirror up to date.

    Attributes:
        fetched_at: when it was last read whole (ISO 8601); empty where it never was.
        notes: (path, reason) for the report; the path is the source's name where it is about all.
        problem: why it could not be read now; empty where it was.
        withdrawn: whether it must not be shown any more.
    """

    name: str
    fetched_at: str
    documents: int
    notes: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    withdrawn: bool = False


@dataclass(slots=True)
class _State:
    """What a mirror remembers between two readings."""

    fetched_at: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    left: dict[str, tuple[str, str]] = field(default_factory=dict)  # path → reason, tag

    def known(self, folder: Path) -> dict[str, str]:
        """The tags that still hold: those of files that are there, and of what was left out."""
        there = {path: tag for path, tag in self.tags.items() if (folder / path).is_file()}
        return there | {path: tag for path, (_, tag) in self.left.items() if tag}


def update(name: str, folder: Path, made_for: str, read: Read, now: datetime) -> Mirrored:
    """Bring a mirror up to date: what is new is written, what is gone is deleted.

    Args:
        name: of the source, for the report.
        made_for: what the mirror depends on besides the documents; another one reads all anew.
        read: the source; may raise Unreachable, and then the mirror stays as it was, or
            Withdrawn, and then it is emptied.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = f"{_code()} {made_for}"
    before = _load(folder, mark)
    staging = folder / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    after = _State(fetched_at=now.isoformat())
    try:
        for found in read(before.known(folder)):
            _take(found, staging, before, after)
        _put(folder, staging, after)
        _save(folder, after, mark)
    except Withdrawn as reason:
        shutil.rmtree(folder)
        folder.mkdir()
        return Mirrored(name, "", 0, ((name, str(reason)),), str(reason), withdrawn=True)
    except Unreachable as reason:
        return _as_it_was(name, folder, str(reason))
    except OSError as error:
        return _as_it_was(name, folder, f"the mirror cannot be written: {error.strerror}")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Mirrored(name, after.fetched_at, len(after.tags), tuple(_notes(name, after)))


def _as_it_was(name: str, folder: Path, reason: str) -> Mirrored:
    kept = _load(folder, None)
    if kept.fetched_at:
        reason += f"; the copy of {kept.fetched_at} is used"
    return Mirrored(name, kept.fetched_at, len(kept.tags), ((name, reason),), reason)


def _take(found: Page | Left, staging: Path, before: _State, after: _State) -> None:
    if isinstance(found, Left):
        after.left[found.path] = (found.reason, found.tag)
    elif found.content is not None:
        after.tags[found.path] = found.tag
        place = staging / found.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(found.content)
    elif found.path in before.left:
        after.left[found.path] = before.left[found.path]
    else:
        after.tags[found.path] = found.tag


def _put(folder: Path, staging: Path, after: _State) -> None:
    for here, _, names in os.walk(folder, topdown=False):
        if not Path(here).is_relative_to(staging):
            _drop(folder, Path(here), names, after)
    for place in sorted(path for path in staging.rglob("*") if path.is_file()):
        target = folder / place.relative_to(staging)
        target.parent.mkdir(parents=True, exist_ok=True)
        place.replace(target)


def _drop(folder: Path, here: Path, names: list[str], after: _State) -> None:
    """Delete what the source no longer holds; a folder that became a file is gone with it."""
    for name in names:
        place = here / name
        if place.relative_to(folder).as_posix() not in after.tags and place != folder / _STATE:
            place.unlink()
    if here != folder and not any(here.iterdir()):
        here.rmdir()


def _notes(name: str, state: _State) -> Iterable[tuple[str, str]]:
    counts = Counter(reason for reason, _ in state.left.values())
    for path, (reason, _) in state.left.items():
        if counts[reason] <= _SHOWN:
            yield path, reason
    for reason, count in counts.items():
        if count > _SHOWN:
            yield name, f"{count} left out: {reason}"


def _load(folder: Path, mark: str | None) -> _State:
    """What is remembered; nothing where it was made otherwise. Without a mark it always counts."""
    try:
        said: dict[str, Any] = json.loads((folder / _STATE).read_text("utf-8"))
        if mark is not None and said["mark"] != mark:
            return _State(fetched_at=said["fetched_at"])
        left = {path: (reason, tag) for path, (reason, tag) in said["left"].items()}
        return _State(said["fetched_at"], dict(said["tags"]), left)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _State()


def _save(folder: Path, state: _State, mark: str) -> None:
    said = {
        "mark": mark,
        "fetched_at": state.fetched_at,
        "tags": state.tags,
        "left": state.left,
    }
    written = folder / f"{_STATE}.new"
    written.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    written.replace(folder / _STATE)


@cache
def _code() -> str:
    """Changes with this package: what other code has written is written again."""
    digest = sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]

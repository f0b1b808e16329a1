"""Going back to the version before, and staying there until a person builds again.

ROOT/pinned     the version that was gone back to, and when; while it is there, a build that nobody
                asked for leaves everything as it is
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index import store
from index.versions import BuildRefused, Versions, VersionStatus


class NoVersionBefore(BuildRefused):
    """There is nothing to go back to. The message says why."""


class VersionHeld(BuildRefused):
    """A version that was gone back to is held, and the build was told to respect that."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The version that was gone back to, instead of which one, and when (ISO 8601)."""

    version: str
    instead_of: str
    since: str


def roll_back(root: Path, now: datetime) -> Pin:
    """Let the version before the one that serves serve again, and pin it.

    Raises:
        BuildBusy: a build is running.
        NoVersionBefore: there is no older version that is whole.
    """
    versions = Versions(root)
    with versions.building():
        kept = versions.status().versions
        serving = next((version for version in kept if version.serving), None)
        if serving is None:
            raise NoVersionBefore("there is no index yet; build one with: os2kb index build")

        def made(version: VersionStatus) -> tuple[datetime, int]:
            # One that was only tuned is as old as what it was made from, and came after it.
            return version.built_at, versions.place(version.version).stat().st_mtime_ns

        older = [version for version in kept if made(version) < made(serving)]
        for before in sorted(older, key=made, reverse=True):
            if _is_whole(versions.place(before.version)):
                pin = Pin(before.version, serving.version, now.isoformat())
                _write(root, pin)
                versions.point_at(before.version)
                return pin
    raise NoVersionBefore(
        f"no whole version before {serving.version} is kept; it goes on serving. "
        "Mend the sources and run: os2kb index build"
    )


def pinned(root: Path) -> Pin | None:
    """The pin; None where the newest version may serve."""
    try:
        said = json.loads((root / "pinned").read_text("utf-8"))
        return Pin(said["version"], said["instead_of"], said["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def unpin(root: Path) -> None:
    """Let the newest version serve again, from the next build on."""
    (root / "pinned").unlink(missing_ok=True)


def _write(root: Path, pin: Pin) -> None:
    written = root / "pinned.new"
    said = {"version": pin.version, "instead_of": pin.instead_of, "since": pin.since}
    written.write_text(json.dumps(said), "utf-8")
    written.replace(root / "pinned")


def _is_whole(folder: Path) -> bool:
    try:
        store.read_manifest(folder)
    except (store.Corrupt, OSError):
        return False
    return True

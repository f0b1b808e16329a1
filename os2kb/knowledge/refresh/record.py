"""How the last refresh of the index went: `refresh.json` beside the versions."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:  # to build folders takes nothing of what mirrors
    from index.build import BuildReport
    from os2kb.knowledge.sources.mirror import Mirrored

Outcome = Literal["built", "unchanged", "failed", "pinned"]
_FILE = "refresh.json"
_log = logging.getLogger(__name__)


class SourceState(BaseModel):
    """A source as it was last read.

    Attributes:
        commit: of a git repository.
        fetched_at: when a git repository or a mirror was last brought up to date (ISO 8601).
        problem: why it could not be read in this refresh; what was read before is used.
    """

    model_config = ConfigDict(frozen=True)

    commit: str = ""
    fetched_at: str = ""
    problem: str = ""


class Refresh(BaseModel):
    """One refresh.

    Attributes:
        reason: why it failed, or changed nothing.
        succeeded_at: when the index was last known to hold what its sources held.
        skipped: (path, reason), as in the build's report.
        sources: by name.
    """

    model_config = ConfigDict(frozen=True)

    at: datetime
    seconds: float
    outcome: Outcome
    version: str = ""
    reason: str = ""
    succeeded_at: datetime | None = None
    skipped: tuple[tuple[str, str], ...] = ()
    sources: Mapping[str, SourceState] = {}


def went(
    report: "BuildReport",
    at: datetime,
    mirrored: "Sequence[Mirrored]" = (),
    problems: Iterable[tuple[str, str]] = (),
) -> Refresh:
    """How a build went, to be remembered.

    Args:
        problems: of repositories whose Policy could not be read for the sources that it names.
    """
    states = {
        read.name: SourceState(commit=read.commit, fetched_at=read.fetched_at, problem=read.problem)
        for read in report.sources
    }
    for one in mirrored:
        states[one.name] = SourceState(fetched_at=one.fetched_at, problem=one.problem)
    states |= {name: SourceState(problem=problem) for name, problem in problems}
    return Refresh(
        at=at,
        seconds=report.seconds,
        outcome="unchanged" if report.unchanged else "built",
        version=report.version,
        skipped=report.skipped,
        sources=states,
    )


def last_refresh(index_dir: Path) -> Refresh | None:
    """The last refresh; None before the first."""
    try:
        return Refresh.model_validate_json((index_dir / _FILE).read_bytes())
    except (OSError, ValidationError):
        return None


def remember(index_dir: Path, refresh: Refresh) -> None:
    """Write a refresh down, instead of the last one.

    Where the disk takes nothing more, the log says so: what was built serves all the same, and a
    build that was refused is told of with its own reason.
    """
    before = last_refresh(index_dir)
    succeeded = before.succeeded_at if before else None
    if refresh.outcome in ("built", "unchanged"):
        succeeded = refresh.at
    refresh = refresh.model_copy(update={"succeeded_at": succeeded})
    written = index_dir / f"{_FILE}.new"
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        written.write_text(refresh.model_dump_json(indent=1), "utf-8")
        written.replace(index_dir / _FILE)
    except OSError as error:
        _log.warning("this refresh cannot be written down (%s); free some room", error.strerror)

"""One refresh: mirror what lies elsewhere, build the index, write down how it went."""

import fcntl
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from index.build import BuildReport, NothingToIndex, Progress, build
from index.passages import Source
from index.reading.git import clone_folder, is_repository
from index.rollback import VersionHeld, pinned
from index.versions import BuildBusy, BuildRefused, Versions
from os2kb.forges.port import ForgeError
from os2kb.knowledge.embedders.choose import embedder_for
from os2kb.knowledge.enrichment.enrich import enricher
from os2kb.knowledge.refresh.record import Refresh, SourceState, remember
from os2kb.knowledge.sources.access import letting_in, with_access
from os2kb.knowledge.sources.mirror import Mirrored
from os2kb.knowledge.sources.withdrawn import drop, withdrawn
from os2kb.products.products import Products
from os2kb.products.remote import Remote
from os2kb.settings import BadSettings, Settings

if TYPE_CHECKING:
    from os2kb.forges.github.adapter import GitHub


def refresh(
    settings: Settings,
    now: Callable[[], datetime],
    progress: Progress | None = None,
    *,
    keep_pin: bool = False,
) -> BuildReport:
    """Bring the index up to date with the sources of every product.

    Args:
        keep_pin: build nothing while a rollback is held, also one made while the sources are read.

    Raises:
        BuildBusy: another refresh or build is running.
        VersionHeld: a rollback is kept.
        BuildRefused: no source holds a readable document; the index serves as it was, unless all
            that it holds was withdrawn.
    """
    started, at = monotonic(), now()
    root = settings.index_dir
    with _alone(root):
        grants = settings.grants()
        forge = _forge(settings, grants, now)
        mirrored = _mirror(settings, grants.remotes, forge, now) if grants.remotes else ()
        notes = tuple(note for one in mirrored for note in one.notes)
        sources = _with_access(settings, grants, forge)
        hidden: Mapping[str, str] = {}
        try:
            build_them = partial(
                build,
                sources,
                root,
                embedder=embedder_for(settings, building=True),
                enrich=enricher(settings, now),
                progress=progress,
                keep_pin=keep_pin,
                now=at,
            )
            report = build_them()
            hidden = _hidden(report, sources, settings)
            notes += tuple(hidden.items())
            dropped = [drop(one, root / "sources") for one in sources if one.name in hidden]
            if any(dropped):
                report = build_them()
            report = _with_problems(report, hidden)
        except BuildBusy:
            raise
        except VersionHeld:
            held_back(settings, now)
            raise
        except BuildRefused as error:
            none_left = isinstance(error, NothingToIndex)
            if none_left and (hidden or any(one.withdrawn for one in mirrored)):
                # What serves is what was withdrawn.
                Versions(root).clear()
            failed = Refresh(
                at=at,
                seconds=monotonic() - started,
                outcome="failed",
                reason=str(error),
                skipped=notes,
            )
            remember(root, failed)
            raise
        report = replace(report, skipped=(*notes, *report.skipped))
        _forget_others(root / "sources", sources)
        remember(root, went(replace(report, seconds=monotonic() - started), at, mirrored))
    return report


def held_back(settings: Settings, now: Callable[[], datetime]) -> str:
    """Why nothing is to be built: a version that was gone back to is held. Empty where none is."""
    pin = pinned(settings.index_dir)
    if pin is None:
        return ""
    reason = (
        f"version {pin.version} is held since {pin.since}, when `os2kb index rollback` went back "
        "to it; `os2kb index build` lets go of it"
    )
    said = Refresh(at=now(), seconds=0, outcome="pinned", version=pin.version, reason=reason)
    remember(settings.index_dir, said)
    return reason


def _hidden(
    report: BuildReport, sources: Sequence[Source], settings: Settings
) -> Mapping[str, str]:
    """Sources that could not be fetched because the world may see them no more, and why."""
    failed = {read.name for read in report.sources if read.problem}
    asked = [source for source in sources if source.name in failed]
    return withdrawn(asked, settings.github_web, settings.github_api_url) if asked else {}


def _with_problems(report: BuildReport, found: Mapping[str, str]) -> BuildReport:
    """What is known better of why a source could not be read."""
    sources = (replace(read, problem=found.get(read.name, read.problem)) for read in report.sources)
    return replace(report, sources=tuple(sources))


def went(report: BuildReport, at: datetime, mirrored: Sequence[Mirrored] = ()) -> Refresh:
    """How a build went, to be remembered."""
    states = {
        read.name: SourceState(commit=read.commit, fetched_at=read.fetched_at, problem=read.problem)
        for read in report.sources
    }
    for one in mirrored:
        states[one.name] = SourceState(fetched_at=one.fetched_at, problem=one.problem)
    return Refresh(
        at=at,
        seconds=report.seconds,
        outcome="unchanged" if report.unchanged else "built",
        version=report.version,
        skipped=report.skipped,
        sources=states,
    )


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the mirrors: two refreshes at once would write into each other's."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "refresh.lock").open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BuildBusy(
                f"another refresh of {root} is running; wait for it to end and try again"
            ) from error
        yield


def _forget_others(folder: Path, sources: Sequence[Source]) -> None:
    """Delete the copies of sources that are configured no more: nobody expects them to be kept."""
    kept = {folder / source.name for source in sources}
    kept |= {clone_folder(source, folder) for source in sources if is_repository(source)}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _mirror(
    settings: Settings,
    remotes: Sequence[Remote],
    forge: "GitHub | None",
    now: Callable[[], datetime],
) -> tuple[Mirrored, ...]:
    """Read what is new of every remote source."""
    # Late, like GitHub below: most installations have no such source.
    from os2kb.knowledge.sources.fetch import Mirrors
    from os2kb.knowledge.sources.webdav import Login

    login = None
    if settings.webdav_password is not None:
        login = Login(settings.webdav_url, settings.webdav_user, settings.webdav_password)
    return Mirrors(settings.index_dir, forge, login, now).update(remotes)


def _with_access(
    settings: Settings, grants: Products, forge: "GitHub | None"
) -> tuple[Source, ...]:
    """Every source; a repository that GitHub does not let us into now is tried without."""
    sources = settings.sources()
    if forge is None:
        return sources

    def token(repository: str) -> str:
        try:
            return forge.git_token(repository)
        except ForgeError:
            return ""

    return tuple(with_access(sources, grants, settings.github_web, token))


def _forge(settings: Settings, grants: Products, now: Callable[[], datetime]) -> "GitHub | None":
    """GitHub, where a source needs it and there are credentials."""
    web = settings.github_web
    private = any(letting_in(source, grants, web) for source in grants.sources)
    if not private and not any(remote.repository for remote in grants.remotes):
        return None
    # Imported late: it costs half a second, and most installations need nothing of it here.
    from os2kb.forges.github.connect import connect

    try:
        return connect(settings, now)
    except BadSettings:
        return None

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
from os2kb.knowledge.faq.documents import NAME, answered_sources, drop_what_git_has
from os2kb.knowledge.named.kept import keep, kept
from os2kb.knowledge.named.reading import InForce, Reading, governed, may_name, read_named
from os2kb.knowledge.refresh.record import Refresh, remember, went
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
    in_force: InForce | None = None,
) -> BuildReport:
    """Bring the index up to date with the sources of every product.

    Args:
        keep_pin: build nothing while a rollback is held, also one made while the sources are read.
        in_force: how Policies are read for the sources that they name; None reads none, and what
            they named before holds.

    Returns:
        What was built; a report without a version where there is no source at all.

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
        named = _named(settings, grants, forge, in_force)
        remotes = (*grants.remotes, *(one.remote(settings.github_web) for one in named.named))
        mirrored = _mirror(settings, remotes, forge, now) if remotes else ()
        notes = (*named.notes, *(note for one in mirrored for note in one.notes))
        sources = _with_access(settings, grants, remotes, forge)
        if not sources:
            return _nothing_to_do(root, at, named, notes)
        sources = (*sources, *answered_sources(settings))
        build_them = partial(
            build,
            root=root,
            embedder=embedder_for(settings, building=True),
            enrich=enricher(settings, now),
            progress=progress,
            keep_pin=keep_pin,
            now=at,
        )
        hidden: Mapping[str, str] = {}
        try:
            report = build_them(sources)
            if drop_what_git_has(settings):
                sources = (*_others(sources), *answered_sources(settings))
                report = build_them(sources)
            hidden = _hidden(report, sources, settings)
            dropped = [drop(one, root / "sources") for one in sources if one.name in hidden]
            if any(dropped):
                report = build_them(sources)
        except BuildBusy:
            raise
        except VersionHeld:
            held_back(settings, now)
            raise
        except BuildRefused as error:
            if isinstance(error, NothingToIndex) and (hidden or named.dropped or _gone(mirrored)):
                # What serves is what was withdrawn.
                Versions(root).clear()
            remember(
                root,
                Refresh(
                    at=at,
                    seconds=monotonic() - started,
                    outcome="failed",
                    reason=str(error),
                    skipped=(*notes, *hidden.items()),
                ),
            )
            keep(root, named.named)
            raise
        _forget_others(root / "sources", sources)
        keep(root, named.named)
        report = replace(
            _with_problems(report, hidden),
            skipped=(*notes, *hidden.items(), *report.skipped),
            seconds=monotonic() - started,
        )
        remember(root, went(report, at, mirrored, named.problems))
    return report


def _others(sources: Sequence[Source]) -> Iterator[Source]:
    """All but the answers of people."""
    return (one for one in sources if not one.name.startswith(NAME))


def _gone(mirrored: Sequence[Mirrored]) -> bool:
    return any(one.withdrawn for one in mirrored)


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
    used = {Path(source.location) for source in sources}
    used |= {clone_folder(source, folder) for source in sources if is_repository(source)}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path not in used:
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


def _named(
    settings: Settings, grants: Products, forge: "GitHub | None", in_force: InForce | None
) -> Reading:
    """What Policies name as knowledge."""
    before = kept(settings.index_dir)
    if in_force is None:
        return Reading(before)
    if not may_name(grants):
        return Reading(dropped=bool(before))
    return read_named(governed(settings, grants), grants, forge, in_force, before)


def _nothing_to_do(
    root: Path, at: datetime, named: Reading, notes: tuple[tuple[str, str], ...]
) -> BuildReport:
    """There is no source; a build of folders by hand is left alone."""
    if named.dropped:  # what serves is what Policies name no more
        Versions(root).clear()
        _forget_others(root / "sources", ())
    keep(root, named.named)
    reason = "neither OS2KB_PRODUCTS nor a Policy names a source"
    remember(root, Refresh(at=at, seconds=0, outcome="unchanged", reason=reason, skipped=notes))
    return BuildReport("", 0, 0, 0, 0, 0, 0, True, (), notes, 0)


def _with_access(
    settings: Settings, grants: Products, remotes: Sequence[Remote], forge: "GitHub | None"
) -> tuple[Source, ...]:
    """Every source; a repository that GitHub does not let us into now is tried without."""
    mirrors = (one.mirrored(settings.index_dir, settings.github_web) for one in remotes)
    sources = (*grants.sources, *mirrors)
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
    remote = any(one.repository for one in grants.remotes)
    if not private and not remote and not may_name(grants):
        return None
    # Imported late: it costs half a second, and most installations need nothing of it here.
    from os2kb.forges.github.connect import connect

    try:
        return connect(settings, now)
    except BadSettings:
        return None

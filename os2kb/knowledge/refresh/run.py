"""One refresh: mirror what lies elsewhere, build the index, write down how it went."""

import fcntl
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic

from index.build import BuildReport, NothingToIndex, Progress, build
from index.passages import Source
from index.reading.git import clone_folder, is_repository
from index.rollback import VersionHeld, pinned
from index.versions import BuildBusy, BuildRefused, Versions
from os2kb.knowledge.embedders.choose import embedder_for
from os2kb.knowledge.enrichment.enrich import enricher
from os2kb.knowledge.faq.documents import NAME, answered_sources, drop_what_git_has
from os2kb.knowledge.named.kept import keep
from os2kb.knowledge.named.reading import InForce
from os2kb.knowledge.refresh.gathered import Gathered, gather_sources
from os2kb.knowledge.refresh.record import Refresh, remember, went
from os2kb.knowledge.sources.withdrawn import drop, withdrawn
from os2kb.settings import Settings


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
        gathered = gather_sources(settings, now, in_force)
        if not gathered.sources:
            return _nothing_to_do(root, at, gathered)
        made = _Built(
            settings,
            partial(
                build,
                root=root,
                embedder=embedder_for(settings, building=True),
                enrich=enricher(settings, now),
                progress=progress,
                keep_pin=keep_pin,
                now=at,
            ),
            (*gathered.sources, *answered_sources(settings)),
        )
        try:
            report = made.report()
        except BuildBusy:
            raise
        except VersionHeld:
            held_back(settings, now)
            raise
        except BuildRefused as error:
            if isinstance(error, NothingToIndex) and (made.hidden or gathered.withdrawn):
                Versions(root).clear()  # what serves is what was withdrawn
            remember(
                root,
                Refresh(
                    at=at,
                    seconds=monotonic() - started,
                    outcome="failed",
                    reason=str(error),
                    skipped=(*gathered.notes, *made.hidden.items()),
                ),
            )
            keep(root, gathered.named.named)
            raise
        _forget_others(root / "sources", made.sources)
        keep(root, gathered.named.named)
        report = replace(
            _with_problems(report, made.hidden),
            skipped=(*gathered.notes, *made.hidden.items(), *report.skipped),
            seconds=monotonic() - started,
        )
        remember(root, went(report, at, gathered.mirrored, gathered.named.problems))
    return report


@dataclass(slots=True)
class _Built:
    """The index, built again where that shows that something is not to be in it.

    Attributes:
        sources: what is built.
        hidden: those that the world may see no more, and why; known once they were tried.
    """

    settings: Settings
    build: Callable[[Sequence[Source]], BuildReport]
    sources: tuple[Source, ...]
    hidden: Mapping[str, str] = field(default_factory=dict)

    def report(self) -> BuildReport:
        """Build; of what is built several times, how it went the last time."""
        report = self.build(self.sources)
        if drop_what_git_has(self.settings):
            others = (one for one in self.sources if not one.name.startswith(NAME))
            self.sources = (*others, *answered_sources(self.settings))
            report = self.build(self.sources)
        self.hidden = self._hidden(report)
        folder = self.settings.index_dir / "sources"
        dropped = [drop(one, folder) for one in self.sources if one.name in self.hidden]
        return self.build(self.sources) if any(dropped) else report

    def _hidden(self, report: BuildReport) -> Mapping[str, str]:
        """Sources that could not be fetched because the world may see them no more, and why."""
        failed = {read.name for read in report.sources if read.problem}
        asked = [source for source in self.sources if source.name in failed]
        web, api = self.settings.github_web, self.settings.github_api_url
        return withdrawn(asked, web, api) if asked else {}


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


def _nothing_to_do(root: Path, at: datetime, gathered: Gathered) -> BuildReport:
    """There is no source; a build of folders by hand is left alone."""
    named, notes = gathered.named, gathered.notes
    if named.dropped:  # what serves is what Policies name no more
        Versions(root).clear()
        _forget_others(root / "sources", ())
    keep(root, named.named)
    reason = "neither OS2KB_PRODUCTS nor a Policy names a source"
    remember(root, Refresh(at=at, seconds=0, outcome="unchanged", reason=reason, skipped=notes))
    return BuildReport("", 0, 0, 0, 0, 0, 0, True, (), notes, 0)

"""One build, from sources to a version that serves."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic

from index.build.before import NOTHING_BEFORE, Given, reuse, standing, usable, version_of
from index.build.gathering import Progress, gather_all, read_corpus
from index.build.manifest import Content
from index.build.refusals import refusals
from index.build.report import BuildReport, built_anew, nothing_done
from index.embedders import Embedder
from index.passages import Parsed, Source
from index.rollback import VersionHeld, pinned
from index.tuned import read_tuned
from index.versions import Versions

# Passages to other ways in which people ask for them, one text each; empty where there is none.
Enrich = Callable[[Sequence[Parsed]], Sequence[str]]


def build(
    sources: Sequence[Source],
    root: Path,
    *,
    embedder: Embedder | None = None,
    enrich: Enrich | None = None,
    progress: Progress | None = None,
    keep_pin: bool = False,
    now: datetime,
) -> BuildReport:
    """Bring the index below `root` up to date with its sources, and let the result serve.

    Args:
        sources: all there are; what another source gave to an earlier version is left out.
        root: see `index.versions`.
        embedder: None for lsa, which is fitted on the passages themselves.
        enrich: its texts are indexed with the passages as `asked`. It is called with all of them
            at every build, so it keeps what it wrote; what it could not write may come later.
        progress: called often, from this thread.
        keep_pin: build nothing while a rollback is held.
        now: written down as the time of the build.

    Raises:
        BuildBusy: another build is running.
        BuildRefused: see its subclasses; what served before still serves.
    """
    started = monotonic()
    versions = Versions(root)
    tell = progress or (lambda _stage, _done, _all: None)
    with refusals(root), versions.building() as folder:
        # Looked at within the lock: nobody can go back while a build runs.
        if keep_pin and pinned(root):
            raise VersionHeld(f"a rollback is held in {root}; `os2kb index build` lets go of it")
        tuned = read_tuned(root)
        gathered = gather_all(sources, root / "sources", tell, now)
        given = Given.of(gathered, tuned, embedder)
        place, manifest = standing(versions)
        serving = manifest if place == versions.folder() else None
        if serving and enrich is None and serving["input"] == given.digest:
            return nothing_done(serving, gathered, monotonic() - started)
        before = reuse(place, manifest, gathered) if place and manifest else NOTHING_BEFORE
        corpus = read_corpus(gathered, before, tell)
        enriched = tuple(enrich(corpus.passages)) if enrich else ()
        version = version_of(given, enriched)
        if serving and serving["version"] == version:
            return nothing_done(serving, gathered, monotonic() - started)
        embedded = 0
        if usable(versions.place(version)):
            versions.point_at(version)
        else:
            from index.build.writing import write  # late: it says why

            content = Content(version, given, gathered, corpus, enriched)
            embedded = write(folder, root, content, embedder, before, tell, now)
        seconds = monotonic() - started
    return built_anew(version, corpus, gathered, before, embedded=embedded, seconds=seconds)

"""One build, from sources to a version that serves."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic

from index import store
from index.build.before import Given, manifest_before, reuse, version_of
from index.build.gathering import Progress, gather_all, read_corpus
from index.build.legs import write_dense, write_lexical
from index.build.manifest import write_manifest
from index.build.report import BuildReport, built_anew, nothing_done
from index.passages import Source
from index.reading.documents import Parsed
from index.tuned import read_tuned
from index.versions import Versions

# Passages to other ways in which people ask for them, one text each; empty where there is none.
Enrich = Callable[[Sequence[Parsed]], Sequence[str]]


def build(
    sources: Sequence[Source],
    root: Path,
    *,
    enrich: Enrich | None = None,
    progress: Progress | None = None,
    now: datetime,
) -> BuildReport:
    """Bring the index below `root` up to date with its sources, and let the result serve.

    Args:
        sources: all there are; what another source gave to an earlier version is left out.
        root: see `index.versions`.
        enrich: its texts are indexed with the passages as `asked`. It is called with all of them
            at every build, so it keeps what it wrote; what it could not write may come later.
        progress: called often, from this thread.
        now: written down as the time of the build.

    Raises:
        BuildBusy: another build is running.
        NothingToIndex: no source holds a readable document.
        index.tuned.BadTuning: `tuned.json` cannot be used.
    """
    started = monotonic()
    versions = Versions(root)
    tell = progress or (lambda _stage, _done, _all: None)
    with versions.building() as folder:
        tuned = read_tuned(root)
        gathered = gather_all(sources, root / "sources", tell, now)
        given = Given.of(gathered, tuned)
        manifest = manifest_before(versions)
        if enrich is None and manifest and manifest["input"] == given.digest:
            return nothing_done(manifest, gathered, monotonic() - started)
        before = reuse(versions.folder(), manifest, gathered)
        corpus = read_corpus(gathered, before, tell)
        enriched = tuple(enrich(corpus.passages)) if enrich else ()
        version = version_of(given, enriched)
        if manifest and manifest["version"] == version:
            return nothing_done(manifest, gathered, monotonic() - started)
        asked = store.with_asked(corpus.passages, enriched) if enriched else corpus.passages
        write_lexical(folder, asked, tell)
        dense = write_dense(folder, asked, before, tell)
        store.write_passages(folder / store.PASSAGES, corpus.passages)
        store.write_enriched(folder, enriched)
        write_manifest(folder, version, given, gathered, corpus, dense, now)
        versions.swap_in(folder, version)
        seconds = monotonic() - started
    return built_anew(version, corpus, gathered, before, embedded=dense.embedded, seconds=seconds)

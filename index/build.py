"""Building a version of the index: only what changed is parsed and embedded again."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from index import store
from index.embedders import Vectors
from index.embedders.lsa import Lsa
from index.passages import Source
from index.reading.documents import Parsed, Unreadable, decode, passages
from index.reading.sources import File, Gathered, gather
from index.retrieval.analysis import (
    WordCounts,
    count_words,
    expand,
    gram_terms,
    learn_compounds,
    stem_terms,
    weighted_words,
)
from index.retrieval.confidence import DEFAULT_FLOOR
from index.retrieval.lexical import Postings
from index.retrieval.vectors import VectorIndex
from index.reuse import (
    Before,
    FileKey,
    embedded_text,
    layout,
    manifest_before,
    reuse,
    settings_of,
    version_of,
)
from index.versions import BuildBusy, BuildRefused, SourceStatus, Versions

# Stage, how many are done, how many there are.
Progress = Callable[[str, int, int], None]

_REFIT_SHARE = 0.1  # of the corpus changed since the embedder was fitted

__all__ = ["BuildBusy", "BuildRefused", "BuildReport", "NothingToIndex", "Progress", "build"]


class NothingToIndex(BuildRefused):
    """No source holds a readable document. The message says why."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        new: documents that were not in the version before; `changed` and `removed` likewise.
        embedded: passages that were embedded anew.
        unchanged: True where the version before still stands and nothing was written.
    """

    version: str
    documents: int
    passages: int
    new: int
    changed: int
    removed: int
    embedded: int
    unchanged: bool
    skipped: tuple[tuple[str, str], ...]
    seconds: float


def build(
    sources: Sequence[Source], root: Path, *, progress: Progress | None = None, now: datetime
) -> BuildReport:
    """Bring the index below `root` up to date with its sources, and let the result serve.

    Args:
        sources: all there are; what another source gave to an earlier version is left out.
        root: see `index.versions`.
        progress: called often, from this thread.
        now: written down as the time of the build.

    Raises:
        BuildBusy: another build is running.
        NothingToIndex: no source holds a readable document.
    """
    started = monotonic()
    versions = Versions(root)
    tell = progress or (lambda _stage, _done, _all: None)
    with versions.building() as folder:
        gathered = _gather(sources, root / "sources", tell, now)
        sources = [one.source for one in gathered]
        files = [file for one in gathered for file in one.files]
        version = version_of(sources, files)
        before = manifest_before(versions)
        if before and before["version"] == version:
            return _unchanged(before, gathered, monotonic() - started)
        reused = reuse(versions.folder(), before, sources)
        report = _Builder(folder, version, gathered, reused, tell).run(now)
        versions.swap_in(folder, version)
    return BuildReport(**report, unchanged=False, seconds=monotonic() - started)


def _gather(
    sources: Sequence[Source], clones: Path, tell: Progress, now: datetime
) -> list[Gathered]:
    gathered = []
    for number, source in enumerate(sources):
        tell("sources", number, len(sources))
        gathered.append(gather(source, clones, now))
    tell("sources", len(sources), len(sources))
    if not any(one.files for one in gathered):
        reasons = "; ".join(f"{path}: {why}" for one in gathered for path, why in one.skipped[:5])
        where = ", ".join(source.address for source in sources) or "no source"
        raise NothingToIndex(
            f"no Markdown, reStructuredText or text file in {where}. {reasons}".strip()
        )
    return gathered


def _unchanged(
    manifest: Mapping[str, Any], gathered: Sequence[Gathered], seconds: float
) -> BuildReport:
    skipped = [*_skips(gathered), *(tuple(pair) for pair in manifest["unreadable"])]
    return BuildReport(
        version=manifest["version"],
        documents=manifest["documents"],
        passages=manifest["passages"],
        new=0,
        changed=0,
        removed=0,
        embedded=0,
        unchanged=True,
        skipped=tuple(dict.fromkeys(skipped)),
        seconds=seconds,
    )


def _skips(gathered: Sequence[Gathered]) -> list[tuple[str, str]]:
    return [pair for one in gathered for pair in one.skipped]


class _Builder:
    """One build, step by step."""

    def __init__(
        self,
        folder: Path,
        version: str,
        gathered: Sequence[Gathered],
        before: Before,
        tell: Progress,
    ) -> None:
        self._folder, self._version = folder, version
        self._gathered, self._before, self._tell = gathered, before, tell
        self._unreadable: dict[FileKey, str] = {}

    def run(self, now: datetime) -> dict[str, Any]:
        """Write the version's files; what the report says about it."""
        files = [file for one in self._gathered for file in one.files]
        corpus = self._parse(files)
        if not corpus:
            raise NothingToIndex("the documents that were found hold no text")
        self._tell("words", 0, 1)
        counts = count_words((p.passage.lang, weighted_words(p)) for p in corpus)
        self._lexical(counts)
        self._tell("words", 1, 1)
        embedder, vectors, embedded, drift = self._embed(corpus)
        embedder.save(self._folder / store.LSA)
        np.save(self._folder / store.VECTORS, vectors)
        VectorIndex.build(vectors).save(self._folder / store.FAISS)
        store.write_passages(self._folder / store.PASSAGES, corpus)
        manifest = self._manifest(corpus, files, embedder.id, drift, now)
        written = json.dumps(manifest, ensure_ascii=False, indent=1)
        (self._folder / store.MANIFEST).write_text(written, "utf-8")
        return self._report(corpus, files, embedded)

    def _parse(self, files: Sequence[File]) -> list[Parsed]:
        corpus: list[Parsed] = []
        for number, file in enumerate(files):
            if number % 20 == 0:
                self._tell("documents", number, len(files))
            corpus.extend(self._parsed(file))
        self._tell("documents", len(files), len(files))
        return corpus

    def _parsed(self, file: File) -> Sequence[Parsed]:
        key = (file.source.name, file.path)
        if self._before.hashes.get(key) == file.sha:
            if key in self._before.parsed:
                return self._before.parsed[key]
            if key in self._before.skipped:
                self._unreadable[key] = self._before.skipped[key]
                return ()
        try:
            return passages(decode(file.raw), file.path, file.source)
        except Unreadable as error:
            self._unreadable[key] = str(error)
        except Exception as error:  # noqa: BLE001 - one document must not cost all the others
            self._unreadable[key] = f"could not be parsed: {type(error).__name__}: {error}"
        return ()

    def _lexical(self, counts: WordCounts) -> None:
        compounds = learn_compounds(counts)
        stems = Postings.build(*expand(counts, lambda w, lang: stem_terms(w, lang, compounds)))
        store.write_postings(self._folder, "stem", stems)
        store.write_postings(self._folder, "gram", Postings.build(*expand(counts, gram_terms)))
        store.write_compounds(self._folder, compounds)

    def _embed(self, corpus: Sequence[Parsed]) -> tuple[Lsa, Vectors, int, int]:
        """The embedder, every passage's vector, how many are new, and the drift since the fit."""
        texts = [embedded_text(parsed) for parsed in corpus]
        known = self._before.vectors
        new = [number for number, text in enumerate(texts) if text not in known]
        gone = len(known.keys() - set(texts))
        drift = self._before.drift + max(len(new), gone)
        self._tell("vectors", 0, len(texts))
        embedder = self._before.embedder
        if embedder is None or drift > _REFIT_SHARE * len(texts):
            embedder = Lsa.fit(texts)
            vectors, new, drift = embedder.passages(texts), list(range(len(texts))), 0
        else:
            vectors = np.zeros((len(texts), embedder.dimensions), np.float32)
            fresh = embedder.passages([texts[number] for number in new])
            for number, text in enumerate(texts):
                if text in known:
                    vectors[number] = known[text]
            vectors[new] = fresh
        self._tell("vectors", len(texts), len(texts))
        return embedder, vectors, len(new), drift

    def _manifest(
        self,
        corpus: Sequence[Parsed],
        files: Sequence[File],
        embedder: str,
        drift: int,
        now: datetime,
    ) -> dict[str, Any]:
        unreadable = [(source, path, why) for (source, path), why in self._unreadable.items()]
        return {
            "format": layout(),
            "version": self._version,
            "built_at": now.isoformat(),
            "documents": len(files) - len(unreadable),
            "passages": len(corpus),
            "embedder": embedder,
            "floor": DEFAULT_FLOOR,
            "drift": drift,
            "sources": [asdict(status) for status in self._statuses(corpus)],
            "settings": {one.source.name: settings_of(one.source) for one in self._gathered},
            "files": [(file.source.name, file.path, file.sha) for file in files],
            "unreadable_files": unreadable,
            "unreadable": [(path, why) for _, path, why in unreadable],
            "skipped": [*_skips(self._gathered), *((path, why) for _, path, why in unreadable)],
            "checksums": store.checksums(self._folder),
        }

    def _statuses(self, corpus: Sequence[Parsed]) -> Iterable[SourceStatus]:
        held = Counter(parsed.passage.source for parsed in corpus)
        for one in self._gathered:
            yield SourceStatus(
                name=one.source.name,
                location=one.source.address,
                folder=str(one.folder),
                product=one.source.product,
                visibility=one.source.visibility,
                commit=one.commit,
                fetched_at=one.fetched_at,
                bytes=sum(file.size for file in one.files),
                documents=len(one.files),
                passages=held[one.source.name],
            )

    def _report(
        self, corpus: Sequence[Parsed], files: Sequence[File], embedded: int
    ) -> dict[str, Any]:
        now = {(file.source.name, file.path): file.sha for file in files}
        then = self._before.hashes
        return {
            "version": self._version,
            "documents": len(files) - len(self._unreadable),
            "passages": len(corpus),
            "new": len(now.keys() - then.keys()),
            "changed": sum(now[key] != then[key] for key in now.keys() & then.keys()),
            "removed": len(then.keys() - now.keys()),
            "embedded": embedded,
            "skipped": (
                *_skips(self._gathered),
                *((path, why) for (_, path), why in self._unreadable.items()),
            ),
        }

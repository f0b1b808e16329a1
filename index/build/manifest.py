"""The manifest of a version: what it holds, what it was made from, and the checksums."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index import store
from index.build.before import Given, layout, settings_of
from index.build.gathering import Corpus, skips
from index.reading.sources import Gathered
from index.versions import SourceStatus

if TYPE_CHECKING:
    from index.build.dense import Dense


@dataclass(frozen=True, slots=True)
class Content:
    """What a version is made of.

    Attributes:
        enriched: what an enricher wrote for each passage; empty where there is none.
    """

    version: str
    given: Given
    gathered: tuple[Gathered, ...]
    corpus: Corpus
    enriched: tuple[str, ...]


def write_manifest(folder: Path, content: Content, dense: "Dense", now: datetime) -> None:
    """The last file of a version: with it, the version is complete."""
    given, gathered, corpus = content.given, content.gathered, content.corpus
    unreadable = [(source, path, why) for (source, path), why in corpus.unreadable.items()]
    manifest = {
        "format": layout(),
        "version": content.version,
        "input": given.digest,
        "built_at": now.isoformat(),
        "documents": corpus.documents,
        "passages": len(corpus.passages),
        "embedding": given.embedding,
        "embedder": dense.embedder,
        "dimensions": dense.dimensions,
        "weights": given.tuned.weights,
        "floor": given.tuned.floor,
        "tuned": given.tuned.origin,
        "sources": [asdict(status) for status in _statuses(gathered, corpus)],
        "settings": {one.source.name: settings_of(one.source) for one in gathered},
        "files": [(file.source.name, file.path, file.sha) for file in corpus.files],
        "unreadable": unreadable,
        "skipped": [*skips(gathered), *((path, why) for _, path, why in unreadable)],
        "checksums": store.checksums(folder),
    }
    written = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / store.MANIFEST).write_text(written, "utf-8")


def _statuses(gathered: Iterable[Gathered], corpus: Corpus) -> Iterable[SourceStatus]:
    held = Counter(parsed.passage.source for parsed in corpus.passages)
    for one in gathered:
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

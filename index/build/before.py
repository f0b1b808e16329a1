"""What of the version before a build can use again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from index import store
from index.embedders import Vectors
from index.embedders.lsa import Lsa
from index.passages import Source
from index.reading.documents import Parsed
from index.reading.sources import Gathered
from index.tuned import Tuned
from index.versions import Versions

_LIBRARIES = ("docutils", "markdown-it-py", "snowballstemmer")

FileKey = tuple[str, str]  # source name and path


@dataclass(frozen=True, slots=True)
class Before:
    """What can be used again of the version that serves."""

    hashes: Mapping[FileKey, str]
    unreadable: Mapping[FileKey, str]
    parsed: Mapping[FileKey, tuple[Parsed, ...]]
    embedder: Lsa | None
    vectors: Mapping[str, Vectors]
    drift: int


NOTHING_BEFORE = Before({}, {}, {}, None, {}, 0)


@cache
def layout() -> str:
    """Changes when the same documents may be indexed otherwise: nothing of before is used then.

    It is a digest of this package's own source and of the versions of the libraries that read
    text, so that it cannot be forgotten. Taking in a few modules that only search costs a build
    after an upgrade, never a stale index. About 5 ms, once.
    """
    digest = sha256()
    for module in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(module.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Given:
    """All that decides what a version holds, but for what an enricher adds."""

    digest: str
    tuned: Tuned

    @classmethod
    def of(cls, gathered: Sequence[Gathered], tuned: Tuned) -> "Given":
        """Equal input has an equal digest."""
        settings = [settings_of(one.source) for one in gathered]
        files = [(one.source.name, file.path, file.sha) for one in gathered for file in one.files]
        return cls._of(layout(), settings, files, tuned)

    @classmethod
    def again(cls, manifest: Mapping[str, Any], tuned: Tuned) -> "Given":
        """What a version was made from, tuned otherwise."""
        files = [(source, path, sha) for source, path, sha in manifest["files"]]
        return cls._of(manifest["format"], list(manifest["settings"].values()), files, tuned)

    @classmethod
    def _of(
        cls,
        form: str,
        settings: Sequence[str],
        files: Sequence[tuple[str, str, str]],
        tuned: Tuned,
    ) -> "Given":
        said = json.dumps([form, asdict(tuned), settings, files], sort_keys=True)
        return cls(sha256(said.encode()).hexdigest()[:16], tuned)


def version_of(given: Given, enriched: Sequence[str]) -> str:
    """Named after all that decides what the version holds, so that equal input is recognised."""
    if not any(enriched):
        return given.digest
    return sha256(json.dumps([given.digest, *enriched]).encode()).hexdigest()[:16]


def manifest_before(versions: Versions) -> dict[str, Any] | None:
    """The manifest of the serving version; None where it is damaged or of another format."""
    folder = versions.folder()
    if folder is None:
        return None
    try:
        manifest = store.read_manifest(folder)
    except store.Corrupt:
        return None
    return manifest if manifest.get("format") == layout() else None


def settings_of(source: Source) -> str:
    """What of a source its passages depend on."""
    about = {key: value for key, value in asdict(source).items() if key != "location"}
    return json.dumps(about, sort_keys=True)


def reuse(
    folder: Path | None, manifest: Mapping[str, Any] | None, gathered: Iterable[Gathered]
) -> Before:
    """What of the version before can be used again, as far as it still holds."""
    if folder is None or manifest is None:
        return NOTHING_BEFORE
    settings = manifest["settings"]
    same = {
        one.source.name
        for one in gathered
        if settings.get(one.source.name) == settings_of(one.source)
    }
    corpus = store.read_passages(folder / store.PASSAGES)
    vectors = np.load(folder / store.VECTORS)
    grouped: dict[FileKey, list[Parsed]] = {}
    for parsed in corpus:
        if parsed.passage.source in same:
            grouped.setdefault((parsed.passage.source, parsed.passage.path), []).append(parsed)
    return Before(
        hashes={(source, path): sha for source, path, sha in manifest["files"]},
        unreadable={(s, p): why for s, p, why in manifest["unreadable"] if s in same},
        parsed={key: tuple(parsed) for key, parsed in grouped.items()},
        embedder=Lsa.load(folder / store.LSA),
        vectors={embedded_text(p): row for p, row in zip(corpus, vectors, strict=True)},
        drift=manifest["drift"],
    )


def embedded_text(parsed: Parsed) -> str:
    """What the dense leg knows of a passage."""
    passage = parsed.passage
    return "\n".join((*passage.heading[-1:], parsed.plain))

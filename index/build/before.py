"""What of the version before a build can use again."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import store
from index.embedders import Embedder
from index.passages import Parsed, Source
from index.reading.sources import Gathered
from index.tuned import Tuned
from index.versions import Versions

if TYPE_CHECKING:
    from index.build.vector_cache import Key
    from index.embedders.lsa import Lsa

_log = logging.getLogger(__name__)
_LIBRARIES = ("docutils", "lxml", "markdown-it-py", "markitdown", "PyStemmer")

FileKey = tuple[str, str]  # source name and path


@dataclass(frozen=True, slots=True)
class Before:
    """What can be used again of a version on disk.

    Attributes:
        lsa: its model, where it was embedded with one that is fitted.
        fitted_on: the texts that model was fitted on.
    """

    hashes: Mapping[FileKey, str]
    unreadable: Mapping[FileKey, str]
    parsed: Mapping[FileKey, tuple[Parsed, ...]]
    lsa: "Lsa | None" = None
    fitted_on: "frozenset[Key]" = frozenset()


NOTHING_BEFORE = Before({}, {}, {})


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
        digest.update(f"{library} {_version(library)}\n".encode())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # an extra: what it reads is skipped until it is there
        return ""


@dataclass(frozen=True, slots=True)
class Given:
    """All that decides what a version holds, but for what an enricher adds.

    Attributes:
        embedding: with which embedder, and what that may be given.
    """

    digest: str
    tuned: Tuned
    embedding: str

    @classmethod
    def of(cls, gathered: Sequence[Gathered], tuned: Tuned, embedder: Embedder | None) -> "Given":
        """Equal input has an equal digest."""
        settings = [settings_of(one.source) for one in gathered]
        files = [(one.source.name, file.path, file.sha) for one in gathered for file in one.files]
        return cls._of(layout(), settings, files, tuned, _embedding(embedder))

    @classmethod
    def again(cls, manifest: Mapping[str, Any], tuned: Tuned) -> "Given":
        """What a version was made from, tuned otherwise."""
        files = [(source, path, sha) for source, path, sha in manifest["files"]]
        settings = list(manifest["settings"].values())
        return cls._of(manifest["format"], settings, files, tuned, manifest["embedding"])

    @classmethod
    def _of(
        cls,
        form: str,
        settings: Sequence[str],
        files: Sequence[tuple[str, str, str]],
        tuned: Tuned,
        embedding: str,
    ) -> "Given":
        said = json.dumps([form, asdict(tuned), settings, files, embedding], sort_keys=True)
        return cls(sha256(said.encode()).hexdigest()[:16], tuned, embedding)


def _embedding(embedder: Embedder | None) -> str:
    """What of an embedder a version depends on; lsa is made of the rest."""
    return " ".join((embedder.id, *sorted(embedder.takes))) if embedder else "lsa"


def version_of(given: Given, enriched: Sequence[str]) -> str:
    """Named after all that decides what the version holds, so that equal input is recognised."""
    if not any(enriched):
        return given.digest
    return sha256(json.dumps([given.digest, *enriched]).encode()).hexdigest()[:16]


def standing(versions: Versions) -> tuple[Path, dict[str, Any]] | tuple[None, None]:
    """The version to go on from: whole and of this layout, the one that serves or the newest."""
    for folder in versions.folders():
        manifest = usable(folder)
        if manifest:
            return folder, manifest
    return None, None


def usable(folder: Path) -> dict[str, Any] | None:
    """The manifest of a version that is whole and of this layout; None of any other."""
    try:
        manifest = store.read_manifest(folder)
    except store.Corrupt as error:
        if folder.exists():
            _log.warning("%s", error)
        return None
    return manifest if manifest.get("format") == layout() else None


def settings_of(source: Source) -> str:
    """What of a source its passages depend on."""
    about = {key: value for key, value in asdict(source).items() if key != "location"}
    return json.dumps(about, sort_keys=True)


def reuse(folder: Path, manifest: Mapping[str, Any], gathered: Iterable[Gathered]) -> Before:
    """What of a version can be used again, as far as it still holds."""
    from index.embedders.lsa import Lsa  # late: nothing new, no numpy

    settings = manifest["settings"]
    same = {
        one.source.name
        for one in gathered
        if settings.get(one.source.name) == settings_of(one.source)
    }
    fitted = (folder / store.LSA).is_dir()
    corpus = store.read_passages(folder / store.PASSAGES)
    grouped: dict[FileKey, list[Parsed]] = {}
    for parsed in corpus:
        if parsed.passage.source in same:
            grouped.setdefault((parsed.passage.source, parsed.passage.path), []).append(parsed)
    return Before(
        hashes={(source, path): sha for source, path, sha in manifest["files"]},
        unreadable={(s, p): why for s, p, why in manifest["unreadable"] if s in same},
        parsed={key: tuple(parsed) for key, parsed in grouped.items()},
        lsa=Lsa.load(folder / store.LSA) if fitted else None,
        fitted_on=frozenset(store.read_keys(folder / store.FITTED_ON)) if fitted else frozenset(),
    )

"""What a build tells whoever started it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.build.before import Before
from index.build.gathering import Corpus, Skips, skips
from index.reading.sources import Gathered


@dataclass(frozen=True, slots=True)
class SourceRead:
    """How reading a source went, also where nothing in it had changed.

    Attributes:
        commit: of a git repository.
        fetched_at: of a git repository, when its copy was last brought up to date (ISO 8601).
        problem: why it could not be read now; what was read before may be used.
    """

    name: str
    commit: str
    fetched_at: str
    problem: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        new: documents that were not in the version before; `changed` and `removed` likewise.
        embedded: passages that were embedded anew.
        unchanged: True where the version before still stands and nothing was written.
        remarks: where (`path:line`) and what the front matter of a document that was read anew
            says that nobody can use.
    """

    version: str
    documents: int
    passages: int
    new: int
    changed: int
    removed: int
    embedded: int
    unchanged: bool
    sources: tuple[SourceRead, ...]
    skipped: Skips
    seconds: float
    remarks: Skips = ()


def nothing_done(
    manifest: Mapping[str, Any], gathered: Iterable[Gathered], seconds: float
) -> BuildReport:
    """Of a build that found the version before to stand."""
    skipped = [*skips(gathered), *((path, why) for _, path, why in manifest["unreadable"])]
    return BuildReport(
        version=manifest["version"],
        documents=manifest["documents"],
        passages=manifest["passages"],
        new=0,
        changed=0,
        removed=0,
        embedded=0,
        unchanged=True,
        sources=_reads(gathered),
        skipped=tuple(dict.fromkeys(skipped)),
        seconds=seconds,
    )


def built_anew(
    version: str,
    corpus: Corpus,
    gathered: Iterable[Gathered],
    before: Before,
    *,
    embedded: int,
    seconds: float,
) -> BuildReport:
    """Of a build that wrote a version."""
    now = {(file.source.name, file.path): file.sha for file in corpus.files}
    then = before.hashes
    unreadable = tuple((path, why) for (_, path), why in corpus.unreadable.items())
    return BuildReport(
        version=version,
        documents=corpus.documents,
        passages=len(corpus.passages),
        new=len(now.keys() - then.keys()),
        changed=sum(now[key] != then[key] for key in now.keys() & then.keys()),
        removed=len(then.keys() - now.keys()),
        embedded=embedded,
        unchanged=False,
        sources=_reads(gathered),
        skipped=(*skips(gathered), *unreadable),
        seconds=seconds,
        remarks=corpus.remarks,
    )


def _reads(gathered: Iterable[Gathered]) -> tuple[SourceRead, ...]:
    return tuple(
        SourceRead(one.source.name, one.commit, one.fetched_at, one.problem) for one in gathered
    )

"""What a build tells whoever started it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.build.before import Before
from index.build.gathering import Corpus, Skips, skips
from index.reading.sources import Gathered


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
    skipped: Skips
    seconds: float


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
        skipped=(*skips(gathered), *unreadable),
        seconds=seconds,
    )

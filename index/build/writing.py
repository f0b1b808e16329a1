"""The files of a version, written in turn.

Apart from the rest of the build, and imported late: a build that finds nothing new does without
numpy, SciPy and FAISS, which take longer to import than it takes.
"""

from datetime import datetime
from pathlib import Path

from index import store
from index.build.before import Before
from index.build.checking import check
from index.build.dense import write_dense
from index.build.gathering import Progress
from index.build.lexical import write_lexical
from index.build.manifest import Content, write_manifest
from index.build.vector_cache import keep_only
from index.embedders import Embedder
from index.versions import Versions


def write(
    folder: Path,
    root: Path,
    content: Content,
    embedder: Embedder | None,
    before: Before,
    tell: Progress,
    now: datetime,
) -> int:
    """Write a version into an empty folder, check it, and let it serve.

    Returns:
        How many passages were embedded anew.

    Raises:
        EmbedderUnavailable, BadVersion: it does not serve.
    """
    corpus, versions = content.corpus.passages, Versions(root)
    asked = store.with_asked(corpus, content.enriched)
    write_lexical(folder, asked, corpus, tell)
    dense = write_dense(folder, root, asked, embedder, before, tell)
    store.write_passages(folder / store.PASSAGES, corpus)
    store.write_enriched(folder, content.enriched)
    write_manifest(folder, content, dense, now)
    check(folder, corpus, embedder)
    versions.swap_in(folder, content.version)
    keep_only(root, versions.embedded())
    return dense.embedded

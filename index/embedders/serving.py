"""The embedder a version is searched with: only ever the one it was built with.

Without it, or while it does not answer, a search goes on with the lexical legs: the question's
vector is all zeros, which is near to nothing.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from index import store
from index.embedders import Embedder, EmbedderUnavailable
from index.embedders.lsa import Lsa
from index.embedders.vectors import Vectors

_log = logging.getLogger(__name__)


class ServedEmbedder:
    """Vectors of questions, or zeros where there are none to be had. Thread-safe.

    Attributes:
        missing: why the last question had no vector, with the cure; empty where it had one.

    Args:
        embedder: None where the version's own is not at hand.
        dimensions: of the version's vectors.
        missing: why there is no embedder.
    """

    def __init__(self, embedder: Embedder | None, dimensions: int, missing: str = "") -> None:
        self.missing = missing
        self._embedder = embedder
        self._nothing = np.zeros(dimensions, np.float32)
        self._telling = Lock()
        if missing:
            _log.warning("searching by words alone: %s", missing)

    def question(self, text: str) -> Vectors:
        """The vector of a question; all zeros where there is none."""
        if self._embedder is None or not text.strip():
            return self._nothing
        try:
            vector = self._embedder.question(text)
        except EmbedderUnavailable as error:
            self._tell(str(error))
            return self._nothing
        if len(vector) != len(self._nothing):
            self._tell(
                f"{self._embedder.id} now gives {len(vector)} dimensions, and the index has "
                f"{len(self._nothing)}: another model stands behind the name; build the index again"
            )
            return self._nothing
        self._tell("")
        return vector

    def _tell(self, missing: str) -> None:
        """Log it when it changes, not with every search."""
        if missing == self.missing:
            return
        with self._telling:
            if missing != self.missing:
                self.missing = missing
                _log.warning("searching by words alone: %s", missing or "no longer")


def serve(folder: Path, manifest: Mapping[str, Any], embedder: Embedder | None) -> ServedEmbedder:
    """The embedder of a version.

    Args:
        folder: of the version.
        manifest: of the version.
        embedder: the installation's; None for lsa.
    """
    dimensions = manifest["dimensions"]
    if (folder / store.LSA).is_dir():
        return ServedEmbedder(Lsa.load(folder / store.LSA), dimensions)
    built_with = manifest["embedder"]
    try:
        here = embedder.id if embedder else "lsa"
        if embedder is None or here != built_with:
            raise EmbedderUnavailable(
                f"the index was built with {built_with} and this installation has {here}; "
                "build the index again, or set the embedder it was built with"
            )
        embedder.ready()
    except EmbedderUnavailable as error:
        return ServedEmbedder(None, dimensions, str(error))
    return ServedEmbedder(embedder, dimensions)

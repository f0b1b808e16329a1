"""Embedders: from text to vectors, behind one small protocol."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length one. Thread-safe once made.

    Attributes:
        id: names the model exactly: vectors of another id are never compared or reused.
        dimensions: of every vector.
    """

    id: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text; a text without known words is all zeros."""

    def question(self, text: str) -> Vectors:
        """The vector of a question."""

    def save(self, folder: Path) -> None:
        """Write the model into a folder of its own."""

"""The dense leg: a FAISS index of the passages' vectors."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedders import Vectors

# Several searches run at once, a thread each; FAISS' own threads would only fight over the cores.
faiss.omp_set_num_threads(1)

_EXACT_UP_TO = 30_000  # above this, 8 bits a dimension: a quarter of the memory and time


class VectorIndex:
    """Nearest passages by inner product, over vectors of length one."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "VectorIndex":
        """Exact for up to 30,000 vectors, scalar-quantised above."""
        dimensions = vectors.shape[1]
        if len(vectors) <= _EXACT_UP_TO:
            index: faiss.Index = faiss.IndexFlatIP(dimensions)
        else:
            index = faiss.IndexScalarQuantizer(
                dimensions, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
            )
            index.train(vectors)
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        """Read an index that `save` wrote."""
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], Vectors]:
        """The nearest passages' positions and cosines, best first.

        Args:
            vector: of the question; all zeros finds nothing.
            count: at most so many.
            allowed: which passages may be found; None for all.
        """
        nothing = np.zeros(0, np.int64), np.zeros(0, np.float32)
        if not len(self) or not vector.any():
            return nothing
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            # The Python layer of FAISS takes an array and a keyword here, which its stubs lack.
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        cosines, positions = self._index.search(
            vector[None, :], min(count, len(self)), params=parameters
        )
        found = positions[0] >= 0
        return positions[0][found], cosines[0][found]

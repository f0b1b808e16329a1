"""The dense leg: a FAISS index of the passages' vectors.

Up to 30,000 they are compared exactly: 1.2 ms there, .25 ms at 10,000. Above, every vector is still
looked at, but as 4-bit codes of pairs of its dimensions, and the best of those again with 8 bits a
dimension (André, Kermarrec & Le Scouarnec, Quicker ADC, 2019). One search among 99,582 passages of
192 dimensions, and the share of the exact 200 nearest that it finds:

    exact                                   5.0 ms   1.00
    8 bits a dimension                      1.9 ms    .99
    64 of 512 cells, 8 bits                  .3 ms    .85
    4-bit codes, the best again in 8 bits    .4 ms    .99 (and all of the ten nearest)
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedders.vectors import Vectors

# Several searches run at once, a thread each; FAISS' own threads would only fight over the cores.
faiss.omp_set_num_threads(1)

_EXACT_UP_TO = 30_000
_REFINED = 4  # times as many as are asked for are compared again with 8 bits


class VectorIndex:
    """Nearest passages by inner product, over vectors of length one."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "VectorIndex":
        """Exact for up to 30,000 vectors, coded above."""
        index = faiss.index_factory(
            vectors.shape[1], _kind(*vectors.shape), faiss.METRIC_INNER_PRODUCT
        )
        index.train(vectors)
        index.add(vectors)
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
        cosines, positions = self._index.search(
            vector[None, :], min(count, len(self)), params=self._parameters(allowed)
        )
        found = positions[0] >= 0
        return positions[0][found], cosines[0][found]

    def _parameters(self, allowed: NDArray[np.bool_] | None) -> faiss.SearchParameters:
        # The Python layer of FAISS takes an array and keywords here, which its stubs lack.
        selected: dict[str, Any] = {}
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            selected["sel"] = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
        if not isinstance(self._index, faiss.IndexRefine):
            return faiss.SearchParameters(**selected)
        return faiss.IndexRefineSearchParameters(  # type: ignore[call-arg]
            k_factor=_REFINED, base_index_params=faiss.SearchParametersIVF(**selected)
        )


def _kind(count: int, dimensions: int) -> str:
    """The FAISS factory's name of what fits so many vectors."""
    if count <= _EXACT_UP_TO:
        return "Flat"
    if dimensions % 2:
        return "SQ8"
    # One cell: all are looked at. Only the codes in cells can be filtered.
    return f"IVF1,PQ{dimensions // 2}x4fs,Refine(SQ8)"

"""BM25 with the impact of each posting worked out when the index is built.

Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009). A search
then only adds up the postings of its terms.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix
from scipy.sparse._sparsetools import csc_matvec

# Tried on the 4-grams, fused with the other legs: K1 from .6 to 2 and B from .3 to .9 gain at most
# .0003 of nDCG@10 on Danish XQuAD. 5-grams lose .003 instead of them and .0002 or more beside them;
# 4-grams at the edges of words that count for more or for less than the others lose .0008 or more.
K1 = 1.2
B = 0.6


@dataclass(frozen=True, slots=True)
class Postings:
    """One lexical leg.

    Attributes:
        terms: term to its row.
        impacts: terms × passages, each entry what the term adds to the passage's score.
        idf: per term.
        unseen_idf: of a term the corpus does not have.
    """

    terms: Mapping[str, int]
    impacts: csr_matrix
    idf: NDArray[np.float32]
    unseen_idf: float

    @classmethod
    def build(cls, counts: csr_matrix, terms: Sequence[str], b: float = B) -> "Postings":
        """From passages × terms with (weighted) counts."""
        columns = csc_matrix(counts)
        columns.sort_indices()
        passages = columns.shape[0]
        held = np.diff(columns.indptr)
        idf = np.log1p((passages - held + 0.5) / (held + 0.5)).astype(np.float32)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        average = float(lengths.mean()) if passages else 1.0
        norm = (K1 * (1 - b + b * lengths / max(average, 1e-9))).astype(np.float32)
        tf = columns.data
        impact = np.repeat(idf, held) * tf * (K1 + 1) / (tf + norm[columns.indices])
        impacts = csr_matrix(
            (impact.astype(np.float32), columns.indices.astype(np.int32), columns.indptr),
            shape=(len(terms), passages),
        )
        unseen = float(np.log1p((passages + 0.5) / 0.5))
        return cls({term: row for row, term in enumerate(terms)}, impacts, idf, unseen)

    def save(self, folder: Path, name: str) -> None:
        """Write the four arrays and the terms of this leg."""
        np.save(folder / f"{name}-data.npy", self.impacts.data)
        np.save(folder / f"{name}-indices.npy", self.impacts.indices)
        np.save(folder / f"{name}-indptr.npy", self.impacts.indptr)
        np.save(folder / f"{name}-idf.npy", self.idf)
        about = {"terms": list(self.terms), "passages": self.impacts.shape[1]}
        about["unseen_idf"] = self.unseen_idf
        (folder / f"{name}-terms.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> "Postings":
        """What `save` wrote; the arrays stay on disk until they are touched."""
        about = json.loads((folder / f"{name}-terms.json").read_text("utf-8"))
        data, indices, indptr, idf = (
            # A view of the mapped file: to index a `memmap` itself makes another at each look-up.
            np.asarray(np.load(folder / f"{name}-{part}.npy", mmap_mode="r"))
            for part in ("data", "indices", "indptr", "idf")
        )
        terms = about["terms"]
        shape = (len(terms), about["passages"])
        impacts = csr_matrix((data, indices, indptr), shape=shape, copy=False)
        rows = {term: row for row, term in enumerate(terms)}
        return cls(rows, impacts, idf, about["unseen_idf"])

    def within(self, passages: NDArray[np.bool_]) -> "Postings":
        """The same leg with only those terms that one of these passages holds."""
        before = np.concatenate([[0], np.cumsum(passages[self.impacts.indices])])
        held = before[self.impacts.indptr[1:]] > before[self.impacts.indptr[:-1]]
        return replace(self, terms={term: row for term, row in self.terms.items() if held[row]})

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every passage for weighted terms; unknown terms add nothing."""
        postings, found = self.impacts, np.zeros(self.impacts.shape[1], np.float32)
        size, data, indices, indptr = len(found), postings.data, postings.indices, postings.indptr
        as_array = {weight: np.array([weight], np.float32) for weight in {*weights.values()}}
        for term, weight in weights.items():
            row = self.terms.get(term)
            if row is not None:
                # What `csc_matrix @ vector` calls, for one column of the matrix where it lies. To
                # cut the rows out first costs a copy of them: up to five times as long.
                csc_matvec(
                    *(size, 1, indptr[row : row + 2], indices, data, as_array[weight], found)
                )
        return found

    def idf_of(self, term: str) -> float:
        """How much a term tells."""
        row = self.terms.get(term)
        return self.unseen_idf if row is None else float(self.idf[row])

    def has(self, term: str) -> bool:
        """Whether any passage holds a term."""
        return term in self.terms

    def holds(self, term: str, at: int) -> bool:
        """Whether the passage at a position holds a term."""
        return self._place(term, at) is not None

    def impact(self, term: str, at: int, *, counted: float, instead: float) -> float:
        """What a term would add to a passage's score, were it there less often than it is.

        Args:
            term: any; one that the passage does not hold adds nothing.
            at: the passage's position.
            counted: how often it is there, weighted.
            instead: how often it would be.
        """
        place = self._place(term, at)
        if place is None:
            return 0.0
        most = self.idf_of(term) * (K1 + 1)
        norm = counted * (most / float(self.impacts.data[place]) - 1)
        return most * instead / (instead + norm)

    def _place(self, term: str, at: int) -> int | None:
        """Where the posting of a term for a passage lies."""
        row = self.terms.get(term)
        if row is None:
            return None
        first, end = self.impacts.indptr[row], self.impacts.indptr[row + 1]
        place = first + np.searchsorted(self.impacts.indices[first:end], at)
        return int(place) if place < end and self.impacts.indices[place] == at else None

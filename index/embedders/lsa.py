"""The default embedder: latent semantic analysis of character 4-grams, fitted on the corpus itself.

TF-IDF over 4-grams, reduced by a truncated SVD (Deerwester et al., Indexing by Latent Semantic
Analysis, 1990). Nothing is downloaded and a question takes well under a millisecond.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from math import sqrt
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from index.danish import words
from index.embedders import EVERYONE
from index.embedders.vectors import Vectors
from index.retrieval.words.analysis import WordCounts, count_words, expand, gram_terms

# From 64 to 192 rank alike, with the other legs: nDCG@10 is .974 to .975 on Danish XQuAD, .861 to
# .864 on OS2's documents, .876 to .879 on the sample handbook. More cost time in every search.
DIMENSIONS = 64
_FEATURES = 50_000  # the commonest 4-grams; more cost time and change nothing that was measured
_SAMPLE = 20_000  # texts to fit on: a larger corpus is sampled evenly
_FILES = ("components.npy", "idf.npy", "grams.txt")


class Lsa:
    """A fitted model. Made by `Lsa.fit` or `Lsa.load`, and never changed.

    Attributes:
        id: named after its content.

    Args:
        grams: the 4-grams it knows, a row of `components` each.
        idf: per 4-gram.
        components: 4-grams × dimensions.
    """

    def __init__(self, grams: Sequence[str], idf: Vectors, components: Vectors) -> None:
        self._rows = {gram: row for row, gram in enumerate(grams)}
        self._idf = idf
        self._components = components
        self._dimensions = int(components.shape[1])
        digest = sha256("\n".join(grams).encode())
        digest.update(np.ascontiguousarray(idf).tobytes())
        digest.update(np.ascontiguousarray(components).tobytes())
        self.id = f"lsa-{digest.hexdigest()[:16]}"

    @classmethod
    def fit(cls, texts: Sequence[str], dimensions: int = DIMENSIONS) -> "Lsa":
        """Learn from texts. The same texts in the same order give the same model."""
        from sklearn.decomposition import TruncatedSVD  # costs a second; only a fit needs it

        counts, grams = expand(_counted(sample(texts)), gram_terms)
        held = np.diff(counts.tocsc().indptr)
        kept = np.flatnonzero(held >= 2)
        kept = np.sort(kept[np.argsort(-held[kept], kind="stable")[:_FEATURES]])
        rank = min(dimensions, len(kept) - 1, counts.shape[0] - 1)
        if rank < 1:
            return cls((), np.zeros(0, np.float32), np.zeros((0, 1), np.float32))
        idf = np.log((1 + counts.shape[0]) / (1 + held[kept])) + 1
        weighted = _weighted(counts[:, kept], idf.astype(np.float32))
        with np.errstate(invalid="ignore", divide="ignore"):  # of equal texts no variance is left
            svd = TruncatedSVD(rank, n_iter=3, random_state=0).fit(weighted)
        components = np.ascontiguousarray(svd.components_.T, dtype=np.float32)
        return cls([grams[column] for column in kept], idf.astype(np.float32), components)

    @classmethod
    def load(cls, folder: Path) -> "Lsa":
        """Read a model that `save` wrote."""
        components, idf, grams = (folder / name for name in _FILES)
        written = grams.read_text("utf-8")
        return cls(written.split("\n") if written else (), np.load(idf), np.load(components))

    def save(self, folder: Path) -> None:
        """Write the model into a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        components, idf, grams = (folder / name for name in _FILES)
        np.save(components, self._components)
        np.save(idf, self._idf)
        grams.write_text("\n".join(self._rows), "utf-8")

    takes = EVERYONE

    def ready(self) -> None:
        """It is read whole when it is loaded."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
        if not texts:
            return np.zeros((0, self._dimensions), np.float32)
        counts, grams = expand(_counted(texts), gram_terms)
        known = [(column, self._rows[g]) for column, g in enumerate(grams) if g in self._rows]
        picked = np.array([column for column, _ in known], np.int64)
        rows = np.array([row for _, row in known], np.int64)
        weighted = _weighted(counts[:, picked], self._idf[rows])
        return _unit(np.asarray(weighted @ self._components[rows], np.float32))

    def question(self, text: str) -> Vectors:
        """The vector of a question; all zeros where it shares no 4-gram with the corpus."""
        found: dict[int, float] = {}
        for word in words(text):
            for gram, count in gram_terms(word, "da").items():
                row = self._rows.get(gram)
                if row is not None:
                    found[row] = found.get(row, 0.0) + count
        if not found:
            return np.zeros(self._dimensions, np.float32)
        rows = np.fromiter(found, np.int64, len(found))
        tf = 1 + np.log(np.fromiter(found.values(), np.float32, len(found)))
        vector: Vectors = (tf * self._idf[rows]) @ self._components[rows]
        return vector / np.float32(max(sqrt(vector @ vector), 1e-9))


def sample(texts: Sequence[str]) -> Sequence[str]:
    """The texts a model is fitted on: all of them, or of many an even choice."""
    return texts[:: max(1, -(-len(texts) // _SAMPLE))]


def _counted(texts: Iterable[str]) -> WordCounts:
    return count_words(("da", [(1.0, words(text))]) for text in texts)


def _weighted(counts: csr_matrix, idf: Vectors) -> csr_matrix:
    """TF-IDF with damped counts, each row of length one."""
    weighted = counts.astype(np.float32).tocsr()
    weighted.data = (1 + np.log(weighted.data)) * idf[weighted.indices]
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(weighted.indptr))
    return weighted


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit

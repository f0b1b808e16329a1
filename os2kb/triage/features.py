"""From tokens to numbers: hashed, counted, weighed by how rare they are.

A learned space keeps hashes and no words, so a stored model holds nobody's text.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from index.embedders import Embedder
from os2kb.triage.tokens import BLOCKS, Block, Tokens, prose

Text = tuple[str, str]  # title, body
Floats = NDArray[np.float32]

_HASHES = 1 << 22
_MEANT = 900  # characters of a body that an embedder is shown
# What an embedder's vectors of the title and of the body count beside BLOCKS.
_VECTORS = (0.5, 2.0)
_BIAS = 0.1


@dataclass(frozen=True, slots=True)
class Known:
    """The tokens of one block that were learned: their hashes, ascending, and their weights."""

    hashes: NDArray[np.uint32]
    rarity: Floats


class Space:
    """Numbers the features of any text as those of the texts it was fitted on.

    Args:
        known: by the names of BLOCKS.
        embedder: whose vectors stand beside the tokens; None for tokens alone.
    """

    def __init__(self, known: Mapping[str, Known], embedder: Embedder | None) -> None:
        self.known = known
        self.embedder = embedder

    @classmethod
    def fit(cls, texts: Sequence[Text], embedder: Embedder | None = None) -> "Space":
        """Learn which tokens there are."""
        known = {
            name: _learned(_counts(texts, block), block, len(texts))
            for name, block in BLOCKS.items()
        }
        return cls(known, embedder)

    def features(self, texts: Sequence[Text]) -> csr_matrix:
        """Texts × features, the last one constant; a row's squares sum to about one.

        Raises:
            EmbedderUnavailable: the embedder did not answer.
        """
        clean = [_encodable(text) for text in texts]
        parts = [
            _weighed(_counts(clean, block), self.known[name], block) * sqrt(block.weight)
            for name, block in BLOCKS.items()
        ]
        total = sum(block.weight for block in BLOCKS.values()) + _BIAS
        if self.embedder:
            titles = self.embedder.passages([title for title, _ in clean])
            bodies = self.embedder.passages([prose(body, _MEANT) for _, body in clean])
            parts += [
                csr_matrix(vectors * sqrt(weight))
                for vectors, weight in zip((titles, bodies), _VECTORS, strict=True)
            ]
            total += sum(_VECTORS)
        parts.append(csr_matrix(np.full((len(clean), 1), sqrt(_BIAS), np.float32)))
        stacked: csr_matrix = hstack(parts, format="csr", dtype=np.float32)
        return stacked / np.float32(sqrt(total))


def _counts(texts: Sequence[Text], block: Block) -> csr_matrix:
    """Texts × hashes."""
    from sklearn.feature_extraction import FeatureHasher  # costs a second

    hasher = FeatureHasher(_HASHES, input_type="dict", alternate_sign=False, dtype=np.float32)
    tokens: list[Tokens] = [block.tokens(title, body) for title, body in map(_encodable, texts)]
    counts: csr_matrix = hasher.transform(map(Counter, tokens))
    return counts


def _learned(counts: csr_matrix, block: Block, texts: int) -> Known:
    hashes, held = np.unique(counts.indices, return_counts=True)
    kept = held >= block.least
    rarity = np.log((1 + texts) / (1 + held[kept])) + 1
    return Known(hashes[kept].astype(np.uint32), rarity.astype(np.float32))


def _weighed(counts: csr_matrix, known: Known, block: Block) -> csr_matrix:
    """Texts × known tokens, each row of length one."""
    columns = np.searchsorted(known.hashes, counts.indices)
    columns[columns == len(known.hashes)] = 0
    there = np.zeros(len(columns), bool)
    if len(known.hashes):
        there = known.hashes[columns] == counts.indices
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))[there]
    columns = columns[there]
    values = np.ones(len(columns), np.float32)
    if block.damped:
        values = (1 + np.log(counts.data[there])) * known.rarity[columns]
    lengths = np.sqrt(np.bincount(rows, values**2, counts.shape[0]))
    values = (values / lengths[rows]).astype(np.float32)
    return csr_matrix((values, (rows, columns)), (counts.shape[0], len(known.hashes)))


def _encodable(text: Text) -> Text:
    """Without lone surrogates, which can be neither hashed nor embedded."""
    title, body = (part.encode("utf-8", "replace").decode("utf-8") for part in text)
    return title, body

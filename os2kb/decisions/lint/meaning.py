"""Entries that say the same in other words, as an embedder that understands meaning tells."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.embedders.vectors import Vectors

_FEWEST = 12  # texts; among fewer nobody can tell what is near from what is usual
_NEIGHBOURS = 5  # whose nearness is the usual one of a text
# Of twelve pairs in English in other words, a small English model finds five at this, and names
# one pair that is none; in Danish, which it does not know, and of OS2's own logs it names no pair.
ENOUGH = 2.5
"""Deviations; `python -m benchmarks.same_decisions` fits it on one half and judges the other."""
_SMALLEST = 1e-6


def by_meaning(
    texts: Sequence[str],
    vectors: "Callable[[Sequence[str]], Vectors]",
    enough: float = ENOUGH,
) -> Iterator[tuple[int, int, float]]:
    """Pairs that are much nearer to one another than to the texts around them.

    What is near differs from model to model, and in a language that a model does not know all is
    near to all. So a cosine counts by how far it is above the mean of both texts' nearest ones, in
    deviations of all cosines (https://arxiv.org/abs/1710.04087, 2.2.3).

    Args:
        texts: of one log; takes memory by their square, 32 MB for 2,000.
        vectors: gives a row of length one for each.
        enough: deviations above the usual.
    """
    if len(texts) < _FEWEST:
        return
    import numpy as np  # late: spared whoever has no such embedder

    rows = vectors(texts)
    cosines = rows @ rows.T
    apart = np.triu_indices(len(texts), 1)
    deviation = max(float(cosines[apart].std()), _SMALLEST)
    np.fill_diagonal(cosines, -1)
    # Without the nearest of all, which may say the same.
    places = (-_NEIGHBOURS - 1, -1)
    usual = np.partition(cosines, places, axis=1)[:, slice(*places)].mean(axis=1)
    above = (cosines - (usual[:, None] + usual[None, :]) / 2) / deviation
    for one, other in zip(*np.nonzero(np.triu(above >= enough, 1)), strict=True):
        yield int(one), int(other), float(cosines[one, other])

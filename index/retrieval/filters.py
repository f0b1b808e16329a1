"""Which passages a search may find, and how many of each sort it found."""

from collections.abc import Hashable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.passages import Kind, Language, Passage, Visibility

PUBLIC: frozenset[Visibility] = frozenset({"public"})


class _Column:
    """One attribute of every passage, as small numbers."""

    def __init__(self, values: Sequence[Hashable]) -> None:
        self.numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        self.codes = np.array([self.numbers[value] for value in values], np.int32)

    def among(self, wanted: frozenset[Hashable]) -> NDArray[np.bool_]:
        numbers = [number for value, number in self.numbers.items() if value in wanted]
        return np.isin(self.codes, numbers)

    def counts(self, matched: NDArray[np.int64]) -> dict[str, int]:
        found = np.bincount(self.codes[matched], minlength=len(self.numbers))
        counted = {
            str(v): int(found[n]) for v, n in self.numbers.items() if v is not None and found[n]
        }
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


class Filters:
    """The filters of one version of the index."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._product = _Column([passage.product for passage in passages])
        self._kind = _Column([passage.kind for passage in passages])
        self._lang = _Column([passage.lang for passage in passages])
        self._visibility = _Column([passage.visibility for passage in passages])
        self.allowed = lru_cache(maxsize=128)(self._allowed)

    def _allowed(
        self,
        product: str | None,
        lang: Language | None,
        kind: Kind | None,
        visibility: frozenset[Visibility],
    ) -> NDArray[np.bool_] | None:
        """Which passages may be found; None where that is all of them."""
        allowed = self._visibility.among(visibility)
        if product is not None:
            allowed &= self._product.among(frozenset({product, None}))
        if lang is not None:
            allowed &= self._lang.among(frozenset({lang}))
        if kind is not None:
            allowed &= self._kind.among(frozenset({kind}))
        return None if allowed.all() else allowed

    def facets(self, matched: NDArray[np.bool_]) -> dict[str, dict[str, int]]:
        """How many of the matches are of each product, kind and language, most first."""
        columns = {"product": self._product, "kind": self._kind, "lang": self._lang}
        positions = np.flatnonzero(matched)
        return {name: column.counts(positions) for name, column in columns.items()}

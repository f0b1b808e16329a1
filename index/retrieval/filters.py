"""Which passages a search may find, and how many of each sort it found."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.passages import Kind, Language, Passage, Visibility

PUBLIC: frozenset[Visibility] = frozenset({"public"})


class Held(NamedTuple):
    """How much whoever asks can search."""

    documents: int
    passages: int


class _Column:
    """One attribute of every passage, as small numbers."""

    def __init__(self, values: Sequence[Hashable]) -> None:
        self.numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        self.codes = np.array([self.numbers[value] for value in values], np.int32)

    def among(self, wanted: frozenset[Hashable]) -> NDArray[np.bool_]:
        numbers = [number for value, number in self.numbers.items() if value in wanted]
        return np.isin(self.codes, numbers)


class Filters:
    """The filters of one version of the index."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._product = _Column([passage.product for passage in passages])
        self._kind = _Column([passage.kind for passage in passages])
        self._lang = _Column([passage.lang for passage in passages])
        self._visibility = _Column([passage.visibility for passage in passages])
        self._facets = _Facets({"product": self._product, "kind": self._kind, "lang": self._lang})
        self.facets = self._facets.counts
        self.allowed = lru_cache(maxsize=128)(self._allowed)
        self.held = lru_cache(maxsize=128)(self._held)
        self._passages = passages

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

    def _held(self, product: str | None, visibility: frozenset[Visibility]) -> Held:
        """What of the index may be found; counted once for each product and visibility."""
        allowed = self.allowed(product, None, None, visibility)
        codes = self._document.codes if allowed is None else self._document.codes[allowed]
        return Held(len(np.unique(codes)), len(codes))

    @cached_property
    def _document(self) -> _Column:
        return _Column([(passage.source, passage.path) for passage in self._passages])


class _Facets:
    """Counts of several columns at once: each combination of their values that occurs is a number.

    There are few, so the matches are gone through once, whatever the number of columns.
    """

    def __init__(self, columns: Mapping[str, _Column]) -> None:
        combined = np.stack([column.codes for column in columns.values()])
        combinations, self._codes = np.unique(combined, axis=1, return_inverse=True)
        self._values: dict[str, list[Hashable]] = {}
        for (name, column), codes in zip(columns.items(), combinations, strict=True):
            values = list(column.numbers)
            self._values[name] = [values[code] for code in codes]

    def counts(self, matched: NDArray[np.bool_]) -> dict[str, dict[str, int]]:
        """How many of the matches are of each product, kind and language, most first."""
        found = np.bincount(self._codes.take(np.flatnonzero(matched))).tolist()
        return {name: _counted(values, found) for name, values in self._values.items()}


def _counted(values: Sequence[Hashable], found: Sequence[int]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for value, count in zip(values, found, strict=False):  # the last ones may have no match
        if value is not None and count:
            counts[str(value)] += count
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

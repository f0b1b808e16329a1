"""Passages that say the same: copied files, and documents that stand in two repositories.

Each passage is cut into runs of five words; passages that share nine in ten of theirs are twins.
Candidates are found by MinHash (Broder, On the Resemblance and Containment of Documents, 1997) and
then compared run for run, so that none are twins by chance. Less alike are no twins: two decisions
may differ in nothing but a sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.retrieval.words.word_order import Ints, WordOrder

_RUN = 5  # words
_ALIKE = 0.9  # shared of all the runs of two passages
_HASHES = 12
_BAND = 2  # hashes that must agree for two passages to be compared
_SEED = 1  # any; the same passages give the same twins


def twin_groups(order: WordOrder) -> Ints:
    """The number of each passage's group, -1 for a passage that has no twin."""
    owners, runs = _runs(order)
    count = len(order.starts) - 1
    groups = np.full(count, -1, np.int32)
    if not len(runs):
        return groups
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    ends = np.append(firsts[1:], len(runs))
    held = {int(owners[a]): (a, b) for a, b in zip(firsts, ends, strict=True)}
    for at, other in _candidates(runs, owners[firsts], firsts):
        if groups[other] < 0 and _alike(runs, held[at], held[other]):
            groups[at] = groups[other] = at if groups[at] < 0 else groups[at]
    return groups


class Twins:
    """Which passages of an index are twins.

    Args:
        groups: as `twin_groups` gives them.
    """

    def __init__(self, groups: Ints) -> None:
        found: dict[int, list[int]] = defaultdict(list)
        for at in map(int, np.flatnonzero(groups >= 0)):
            found[int(groups[at])].append(at)
        self._members = {at: tuple(held) for held in found.values() for at in held}

    def of(self, at: int) -> Iterator[int]:
        """The positions of a passage's twins."""
        return (other for other in self._members.get(at, ()) if other != at)

    def folded(self, order: Iterable[int]) -> Iterator[int]:
        """Positions in order, without those whose twin has gone before."""
        seen: set[int] = set()
        for at in order:
            if at not in seen:
                seen.update(self._members.get(at, ()))
                yield at


NO_TWINS = Twins(np.zeros(0, np.int32))


def _runs(order: WordOrder) -> tuple[NDArray[Any], NDArray[np.uint64]]:
    """Every run of words as a number, and the passage it stands in, in order."""
    words = order.blocks.ravel()
    rows = np.diff(order.starts) * order.blocks.shape[1]
    passages = np.repeat(np.arange(len(rows)), rows)
    spoken = words > 0
    words, passages = words[spoken], passages[spoken]
    if len(words) < _RUN:
        return passages[:0], np.zeros(0, np.uint64)
    random = np.random.default_rng(_SEED)
    numbers = random.integers(0, 2**63, len(order.gram_starts), np.uint64)
    length = len(words) - _RUN + 1
    runs = np.zeros(length, np.uint64)
    for place in range(_RUN):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + numbers[words[place : place + length]]
    whole = passages[:length] == passages[_RUN - 1 :]
    return passages[:length][whole], runs[whole]


def _candidates(
    runs: NDArray[np.uint64], passages: NDArray[Any], firsts: NDArray[Any]
) -> Iterable[tuple[int, int]]:
    """Pairs that may be twins; each passage is paired with the first of those like it."""
    random = np.random.default_rng(_SEED)
    for _ in range(_HASHES // _BAND):
        band = np.zeros(len(firsts), np.uint64)
        for factor in random.integers(0, 2**63, _BAND, np.uint64):
            least = np.minimum.reduceat(runs * (factor | np.uint64(1)), firsts)
            band = band * np.uint64(0x9E3779B97F4A7C15) + least
        _, leader, which = np.unique(band, return_index=True, return_inverse=True)
        for at, first in zip(passages, passages[leader[which]], strict=True):
            if at != first:
                yield int(first), int(at)


def _alike(runs: NDArray[np.uint64], one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    a, b = set(runs[slice(*one)].tolist()), set(runs[slice(*other)].tolist())
    return len(a & b) >= _ALIKE * len(a | b)

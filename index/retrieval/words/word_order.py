"""The words of every passage, in order: which they are, and where in its text each stands."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise, repeat
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.danish import INVISIBLE, LONGEST_WORD, fold, grams, words

BLOCK = 4  # words to a row
_ENDS = 2  # empty rows after each passage, so that no stretch goes on into the next
_WORD = re.compile(rf"[^\W_]+(?:[{INVISIBLE}]+[^\W_]+)*")

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WordOrder:
    """The words of every passage, in order.

    Attributes:
        blocks: words by number, four to a row; 0 where a passage has ended.
        places: where each of them starts and ends in its passage's text.
        starts: the first row of each passage, and the end.
        grams: rows of 4-grams, word after word.
        gram_starts: the first of each word, and the end; word 0 has none.
    """

    blocks: Ints
    places: Ints
    starts: NDArray[np.int64]
    grams: Ints
    gram_starts: NDArray[np.int64]

    def save(self, folder: Path) -> None:
        """Write the arrays into a version's folder."""
        for name in self.__slots__:
            np.save(folder / f"order-{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote; the arrays stay on disk until they are touched."""
        files = {name: folder / f"order-{name}.npy" for name in _ARRAYS}
        # As plain arrays: to index a `memmap` makes another, which costs more than a look-up.
        return cls(**{name: np.asarray(np.load(f, mmap_mode="r")) for name, f in files.items()})

    def rows(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of some passages, one passage after another, and where each of them begins."""
        counts = self.starts[at + 1] - self.starts[at]
        firsts = np.cumsum(counts) - counts
        return np.repeat(self.starts[at] - firsts, counts) + np.arange(counts.sum()), firsts

    def spans(self, at: Sequence[int], meant: Mask) -> Iterator[list[Span]]:
        """Where some words stand in the text of each of some passages.

        Args:
            at: the passages' positions.
            meant: the words, by number; not 0.
        """
        rows, firsts = self.rows(np.array(at, np.int64))
        found = np.flatnonzero(meant.take(self.blocks.take(rows, axis=0)))
        places = rows[found // BLOCK] * BLOCK + found % BLOCK
        spans = list(map(tuple, self.places.reshape(-1, 2).take(places, axis=0).tolist()))
        cuts = np.searchsorted(found, firsts * BLOCK).tolist()
        return (spans[first:end] for first, end in pairwise([*cuts, len(spans)]))


_ARRAYS = WordOrder.__slots__


class Spoken:
    """Notes the words of passages, in order, as they are cut for something else."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = defaultdict(count(1).__next__)
        self._written = array("i")
        self._places = array("i")
        self._starts = [0]

    def words(self, text: str) -> list[str]:
        """The words of the next passage's text (NFC)."""
        found, written = words(text), self._written
        written.extend(map(self._numbers.__getitem__, found))
        self._places.extend(chain.from_iterable(word_places(text, len(found))))
        empty = _ENDS * BLOCK + -len(written) % BLOCK  # to the end of a row, and the empty ones
        written.extend(repeat(0, empty))
        self._places.extend(repeat(0, 2 * empty))
        self._starts.append(len(written) // BLOCK)
        return found

    @property
    def vocabulary(self) -> Sequence[str]:
        """The words that were noted, each once: the first has number 1."""
        return tuple(self._numbers)

    def order(self, rows: Mapping[str, int]) -> WordOrder:
        """The words of all that was noted; `rows` are of the 4-grams that the index knows."""
        found, gram_starts = array("i"), [0, 0]
        # In their own order: that of a set is another in each process.
        for word in self._numbers:
            found.extend(rows[gram] for gram in dict.fromkeys(grams(word)) if gram in rows)
            gram_starts.append(len(found))
        return WordOrder(
            blocks=np.array(self._written, np.int32).reshape(-1, BLOCK),
            places=np.array(self._places, np.int32).reshape(-1, BLOCK, 2),
            starts=np.array(self._starts, np.int64),
            grams=np.array(found, np.int32),
            gram_starts=np.array(gram_starts, np.int64),
        )


def word_places(text: str, count: int) -> list[Span]:
    """Where each word of a text starts and ends in it, as it is written.

    Args:
        text: composed (NFC).
        count: of the words that `words` finds. It cuts the folded text, which a few letters of
            other scripts (`ǰ` in capitals) cut otherwise: of such a text no place is known, and
            each word stands at its start with no length.
    """
    found = [match.span() for match in _WORD.finditer(text)]
    if len(found) != count:
        found = [(a, b) for a, b in found if len(fold(text[a:b])) <= LONGEST_WORD]
    return found if len(found) == count else [(0, 0)] * count

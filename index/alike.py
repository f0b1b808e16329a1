"""Which short texts say much the same: TF-IDF over the 4-grams of title and body.

Of a text only hashes of its 4-grams are kept, so that no word can be read in what is stored.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from index.danish import fold, grams, words
from index.language import STOP_WORDS

Hashes = NDArray[np.uint32]
Floats = NDArray[np.float32]

_HASHES = 1 << 18
_TITLE = 3.0  # how much a word of the title counts beside one of the body
_READ = 1_500  # characters of the body
_PREFIX = re.compile(r"\s*(?:\[[^\]]{1,40}\]|[\w ]{2,25}:)\s*")  # `[Bug] …`, `Fejl: …`
_BACKGROUND = 20  # texts beside those that are known, so that rarity means something among three
_LITTLE = 0.1  # the share of texts that say too little to be like another by chance
_SHARED = 0.02  # a line in a larger share of texts is a template's
_SHARED_BY = 2  # but not one that only so few hold
_FEW_HOLD = 30  # texts; a 4-gram that more hold makes no pair by itself
_SHARED_GRAMS = 3  # of those, that two must share
_STOPS = STOP_WORDS["da"] | STOP_WORDS["en"]


@dataclass(frozen=True, slots=True)
class Alikeness:
    """What a text is compared by: hashes of its 4-grams, ascending, and how often each counts."""

    hashes: Hashes
    counts: Floats

    def packed(self) -> bytes:
        """As bytes, for storing."""
        return self.hashes.tobytes() + self.counts.tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> "Alikeness":
        """What `packed` gave."""
        half = len(data) // 2
        return cls(np.frombuffer(data[:half], np.uint32), np.frombuffer(data[half:], np.float32))


def line_hashes(lines: Sequence[str]) -> Hashes:
    """A hash of each line, ascending, so that lines that many texts share can be told."""
    return np.unique(np.array([_line(line) for line in lines], np.uint32))


def shared_lines(texts: Sequence[Hashes]) -> set[int]:
    """Hashes of the lines that so many of the texts hold that they are a template's."""
    counted = Counter(int(line) for lines in texts for line in lines)
    few = max(_SHARED_BY, _SHARED * len(texts))
    return {line for line, count in counted.items() if count > few}


def alikeness(title: str, lines: Sequence[str], shared: Collection[int] = ()) -> Alikeness:
    """What a text is compared by, without the lines it shares with many: those are a template's."""
    body = " ".join(line for line in lines if _line(line) not in shared)[:_READ]
    counted: dict[int, float] = defaultdict(float)
    for weight, text in ((_TITLE, _PREFIX.sub("", title, count=1)), (1.0, body)):
        for word in words(text):
            if word not in _STOPS:
                for gram in _hashes(word):
                    counted[gram] += weight
    order = sorted(counted)
    counts = np.array([counted[one] for one in order], np.float32)
    return Alikeness(np.array(order, np.uint32), 1 + np.log(counts))


class Alike:
    """Texts to compare others with. Never changed once made."""

    def __init__(self, texts: Sequence[Alikeness]) -> None:
        none = Alikeness(np.zeros(0, np.uint32), np.zeros(0, np.float32))
        hashes = np.concatenate([one.hashes for one in (none, *texts)]).astype(np.int32)
        counts = np.concatenate([one.counts for one in (none, *texts)])
        ends = np.cumsum([0, *(len(one.hashes) for one in texts)])
        held = np.bincount(hashes, minlength=_HASHES)
        rarity = np.log((1 + _BACKGROUND + len(texts)) / (1 + held))
        self._rarity: Floats = rarity.astype(np.float32)
        values = counts * self._rarity[hashes]
        self._texts = csr_matrix((values, hashes, ends), (len(texts), _HASHES))
        lengths = np.sqrt(np.asarray(self._texts.multiply(self._texts).sum(axis=1)).ravel())
        self._least = max(1e-9, float(np.quantile(lengths, _LITTLE)) if texts else 0.0)
        self._lengths = np.maximum(lengths, self._least)

    @property
    def normal(self) -> csr_matrix:
        """A row for each text, of length 1; a cosine is the product of two."""
        return diags(1 / self._lengths) @ self._texts if len(self._lengths) else self._texts

    def scores(self, text: Alikeness) -> Floats:
        """How alike a text is to each, 0 to 1."""
        asked = np.zeros(_HASHES, np.float32)
        asked[text.hashes] = text.counts * self._rarity[text.hashes]
        length = max(float(np.linalg.norm(asked)), self._least)
        found: Floats = ((self._texts @ asked) / (self._lengths * length)).astype(np.float32)
        return found


def pairs(texts: Sequence[Alikeness], least: float) -> Iterator[tuple[int, int, float]]:
    """Every two that are at least so much alike, by their places, the earlier first.

    Only such as share 4-grams that few hold are compared: all by all would grow with the square.
    """
    known = Alike(texts)
    rows = known.normal
    held = np.asarray((rows > 0).sum(axis=0)).ravel()
    rare = (rows[:, held <= _FEW_HOLD] > 0).astype(np.int32)
    shared = (rare @ rare.T).tocoo()
    near = (shared.row < shared.col) & (shared.data >= _SHARED_GRAMS)
    first, second = shared.row[near], shared.col[near]
    scores = np.asarray(rows[first].multiply(rows[second]).sum(axis=1)).ravel()
    for at in np.flatnonzero(scores >= least):
        yield int(first[at]), int(second[at]), float(scores[at])


@lru_cache(maxsize=1 << 14)  # texts of one product say the same words: half the time of all
def _hashes(word: str) -> tuple[int, ...]:
    return tuple(crc32(gram.encode("utf-8", "replace")) % _HASHES for gram in grams(word))


def _line(line: str) -> int:
    return crc32(" ".join(fold(line).split()).encode("utf-8", "replace"))

"""Danish compounds, taken apart with the words of the corpus itself.

`leverandørsamarbejde` is found by `leverandør samarbejde` and the other way round, because both
are indexed and asked for with the same parts. Nothing but the corpus' own vocabulary is needed.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from index.language import STOP_WORDS

_FILE = "compounds.json"
_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_LINKS = ("", "s", "e", "er")  # what may stand between two parts: arbejd-s-gruppe, vejl-e-dning
_RAREST_PART = 2  # a part seen once is as likely a misspelling
# Prefixes and short words that stand in front of half the language without being a part of it.
_NO_PARTS = (
    STOP_WORDS["da"] | STOP_WORDS["en"] | {"sam", "mis", "gen", "ing", "ens", "ende", "ning"}
)


class Compounds:
    """A splitter learned from a vocabulary.

    Args:
        frequency: folded word to the number of times the corpus holds it.
    """

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self._frequency = {
            word: count
            for word, count in frequency.items()
            if count >= _RAREST_PART
            and len(word) >= _SHORTEST_PART
            and not word.isdigit()
            and word not in _NO_PARTS
        }
        self.parts = lru_cache(maxsize=100_000)(self._parts)

    def save(self, folder: Path) -> None:
        """Write the words that may be parts, with their frequency."""
        written = json.dumps(self._frequency, ensure_ascii=False)
        (folder / _FILE).write_text(written, "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Compounds":
        """What `save` wrote."""
        return cls(json.loads((folder / _FILE).read_text("utf-8")))

    def _parts(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word, two or more; empty where it is no compound.

        The split whose rarest part is commonest wins; the head (the last part) may itself be a
        compound, and so may the first.
        """
        if len(word) < _SHORTEST_COMPOUND:
            return ()
        best: tuple[int, str, str] | None = None
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            tail = self._frequency.get(word[at:], 0)
            if not tail:
                continue
            head, count = self._head(word[:at])
            if count and (best is None or min(count, tail) > best[0]):
                best = (min(count, tail), head, word[at:])
        if best is None:
            return ()
        _, head, last = best
        return (*(self._parts(head) or (head,)), *(self._parts(last) or (last,)))

    def _head(self, start: str) -> tuple[str, int]:
        """The first part without its linking letters, and how often it is seen alone."""
        candidates = [start[: len(start) - len(link)] for link in _LINKS if start.endswith(link)]
        counted = [
            # A head that is a compound itself counts least: what is seen alone is surer.
            (head, self._frequency.get(head, 0) or bool(self.parts(head)))
            for head in candidates
            if len(head) >= _SHORTEST_PART
        ]
        return max(counted, key=lambda pair: pair[1], default=("", 0))

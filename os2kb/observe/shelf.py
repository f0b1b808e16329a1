"""What stands in a repository at a commit, kept: it never changes, so it is read once."""

import threading
from collections.abc import Iterable, Mapping

from cachetools import LRUCache

from os2kb.forges.scene import At, File, Text, Unreadable

KEPT_CHARACTERS = 16_000_000
Held = Text | tuple[File, ...] | Mapping[str, str]
"""A file, the files of a folder, or templates by name."""


class Shelf:
    """Texts by repository, commit and path; those not asked for longest give way. Thread-safe."""

    def __init__(self, size: int = KEPT_CHARACTERS) -> None:
        self._held: LRUCache[At, Held] = LRUCache(size, getsizeof=_characters)
        self._lock = threading.Lock()

    def lacks(self, places: Iterable[At]) -> tuple[At, ...]:
        """Those of the places whose texts have to be read."""
        with self._lock:
            return tuple(at for at in dict.fromkeys(places) if at not in self._held)

    def put(self, found: Mapping[At, Held]) -> None:
        """Keep what was read; None, too, where nothing stands."""
        with self._lock:
            for at, held in found.items():
                if _characters(held) <= self._held.maxsize:
                    self._held[at] = held

    def get(self, at: At) -> Held:
        """What is kept of a place; None also for what is not."""
        with self._lock:
            return self._held.get(at)


def _characters(held: Held) -> int:
    match held:
        case None | Unreadable():
            return 1
        case File():
            return 1 + len(held.text)
        case tuple():
            return 1 + sum(len(file.text) for file in held)
    return 1 + sum(map(len, held.values()))

"""What was read of repositories, kept.

What stands at a commit never changes, so it is read once. Where another repository's default branch
is does change: that is read again after some minutes, or once we hear of a change.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from cachetools import LRUCache

from os2kb.forges.scene import At, File, Folder, Text, Tip, Unreadable

KEPT_CHARACTERS = 16_000_000
TIP_KEPT = timedelta(minutes=5)
"""For so long a repository may have moved on, or been made private, without our seeing it."""
_MOST_TIPS = 1_000
Held = Text | Folder | tuple[File, ...] | Mapping[str, str]
"""A file, a folder, its files, or templates by name."""


class Shelf:
    """Texts by repository, commit and path; those not asked for longest give way. Thread-safe."""

    def __init__(self, now: Callable[[], datetime], size: int = KEPT_CHARACTERS) -> None:
        self._now = now
        self._held: LRUCache[At, Held] = LRUCache(size, getsizeof=_characters)
        self._tips: LRUCache[str, tuple[datetime, Tip]] = LRUCache(_MOST_TIPS)
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

    def tip(self, full_name: str) -> Tip | None:
        """Where a repository's default branch was minutes ago; None where that is not known."""
        with self._lock:
            read_at, tip = self._tips.get(full_name.casefold(), (None, None))
        return tip if read_at and self._now() - read_at < TIP_KEPT else None

    def put_tips(self, tips: Mapping[str, Tip]) -> None:
        """Keep where default branches are now, by the name that they were asked for."""
        with self._lock:
            for full_name, tip in tips.items():
                self._tips[full_name.casefold()] = (self._now(), tip)

    def forget(self, full_name: str) -> None:
        """Something changed in a repository: look again where its default branch is."""
        name = full_name.casefold()
        with self._lock:
            for asked, (_, tip) in list(self._tips.items()):
                if name in (asked, tip.full_name.casefold()):
                    del self._tips[asked]


def _characters(held: Held) -> int:
    match held:
        case None | Unreadable():
            return 1
        case File():
            return 1 + len(held.text)
        case Folder():
            return 1 + sum(map(len, held.names))
        case tuple():
            return 1 + sum(len(file.text) for file in held)
    return 1 + sum(map(len, held.values()))

"""How much previews may read: whoever proposes a Policy, from a fork too, makes us read for it."""

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from os2kb.forges.port import RateLimited

MOST_AN_HOUR = 400
"""Subjects of a repository: four previews with nothing kept; a forge gives an hour 5,000 reads."""
_HOUR = timedelta(hours=1)


class ReadBudget:
    """Subjects that may be read within an hour, for each repository. Thread-safe."""

    def __init__(self, most: int, now: Callable[[], datetime]) -> None:
        self._most, self._now = most, now
        self._lock = Lock()
        self._read: dict[int, deque[datetime]] = defaultdict(deque)

    def spend(self, repository: int) -> None:
        """Count a subject that is read.

        Raises:
            RateLimited: so many were; until the first of them is an hour ago.
        """
        now = self._now()
        with self._lock:
            read = self._read[repository]
            while read and now - read[0] >= _HOUR:
                read.popleft()
            if len(read) >= self._most:
                until = read[0] + _HOUR
                raise RateLimited(
                    f"{self._most} sager er læst inden for en time",
                    f"{self._most} subjects were read within an hour",
                    until,
                )
            read.append(now)

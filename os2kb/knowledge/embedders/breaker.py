"""A circuit breaker: what failed several times in a row is left alone for a while."""

from collections.abc import Callable
from threading import Lock


class Breaker:
    """Counts failures in a row. Thread-safe.

    Args:
        failures: so many open it.
        pause: seconds until one call may try again; it closes when that succeeds.
        clock: monotonic seconds.
    """

    def __init__(self, failures: int, pause: float, clock: Callable[[], float]) -> None:
        self._failures, self._pause, self._clock = failures, pause, clock
        self._in_a_row = 0
        self._again_at = 0.0
        self._counting = Lock()

    def allows(self) -> bool:
        """Whether to call. While it is open, one caller a pause is let through to try."""
        with self._counting:
            if self._in_a_row < self._failures:
                return True
            if self._clock() < self._again_at:
                return False
            self._again_at = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        """A call was answered."""
        with self._counting:
            self._in_a_row = 0

    def failed(self) -> None:
        """A call was not answered."""
        with self._counting:
            self._in_a_row += 1
            self._again_at = self._clock() + self._pause

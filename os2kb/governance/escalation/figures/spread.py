"""How lengths of time are spread: the middle one, and the one that nine of ten stay below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles

_HOUR = timedelta(hours=1)
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Lengths in hours, shortest first."""

    hours: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.hours)

    @property
    def median(self) -> float | None:
        """Half are no longer; None for none."""
        return median(self.hours) if self.hours else None

    @property
    def ninth_tenth(self) -> float | None:
        """Nine of ten are no longer; None for none."""
        if self.count < 2:
            return self.median
        return quantiles(self.hours, n=_TENTHS, method="inclusive")[-1]

    @property
    def longest(self) -> float | None:
        """The longest; None for none."""
        return self.hours[-1] if self.hours else None


def spread(lengths: Iterable[timedelta | None]) -> Spread:
    """How the lengths that there are are spread."""
    return Spread(tuple(sorted(one / _HOUR for one in lengths if one is not None)))


def in_hours(length: timedelta | None) -> float | None:
    """A length in hours; None for none."""
    return None if length is None else length / _HOUR

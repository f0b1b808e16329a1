"""Charts as figures in a drawing; a template draws them as SVG, with a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, ROW = 480, 170, 30
_ROOM = WIDTH - LEFT - 60  # for the longest bar, and the number behind it


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, lying: what it counts, how many, and where it stands, in pixels."""

    name: str
    count: int
    top: int
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    left: int = LEFT

    @property
    def height(self) -> int:
        """Of the drawing."""
        return ROW * len(self.bars) + 8


def bars(counts: Sequence[tuple[str, int]]) -> Bars:
    """A bar for each count, as long as it is part of the greatest."""
    most = max((count for _, count in counts), default=0) or 1
    return Bars(
        tuple(
            Bar(name, count, 4 + ROW * place, round(count / most * _ROOM, 1))
            for place, (name, count) in enumerate(counts)
        )
    )

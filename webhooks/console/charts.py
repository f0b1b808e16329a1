"""Charts as figures in a drawing; a template draws them as SVG, with a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, ROW = 480, 170, 30
_HIGH, _TOP, _SIDE = 200, 12, 40  # of a chart of shares: what is drawn in, above it, beside it
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


@dataclass(frozen=True, slots=True)
class Line:
    """A line through shares: its points in pixels, and how its strokes are broken, as SVG says."""

    name: str
    points: tuple[tuple[float, float], ...]
    dashes: str

    @property
    def path(self) -> str:
        """As SVG wants it."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Lines:
    """A chart of shares, 0 to 1, run by run.

    Attributes:
        marks: the shares that lines of the grid stand for, and where.
    """

    lines: tuple[Line, ...]
    marks: tuple[tuple[int, float], ...]
    width: int = WIDTH
    left: int = _SIDE
    height: int = _HIGH + 2 * _TOP


_DASHES = ("", "7 4", "2 4")  # told apart without colours


def lines(series: Sequence[tuple[str, Sequence[float | None]]]) -> Lines:
    """A line for each series of shares, as far as there are any; at most three."""
    return Lines(
        tuple(
            Line(name, _points(shares), dashes)
            for (name, shares), dashes in zip(series, _DASHES, strict=False)
        ),
        tuple((percent, _height(percent / 100)) for percent in (0, 50, 100)),
    )


def _points(shares: Sequence[float | None]) -> tuple[tuple[float, float], ...]:
    step = (WIDTH - 2 * _SIDE) / max(len(shares) - 1, 1)
    placed = ((_SIDE + place * step, share) for place, share in enumerate(shares))
    return tuple((round(x, 1), _height(share)) for x, share in placed if share is not None)


def _height(share: float) -> float:
    return round(_TOP + (1 - share) * _HIGH, 1)

"""Charts as figures in a drawing of fixed size; the template of the report draws them as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

WIDTH, HEIGHT = 480, 300
LEFT, RIGHT, TOP, BOTTOM = 48, 464, 16, 256  # of the area that is drawn in
_COLUMNS = 10  # columns of a histogram


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where (in pixels), and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point that is marked and named."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over two axes from 0 to 1.

    Attributes:
        path: of the line, as SVG wants it.
        band: around it, as SVG wants it; empty for none.
    """

    path: str
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]
    points: tuple[Point, ...] = ()
    band: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, lying: its length, and the whisker of its 95 % interval, in pixels."""

    name: str
    top: float
    length: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A bar, standing."""

    x: float
    y: float
    width: float
    height: float
    text: str


def share_y(share: float) -> float:
    """Where a share from 0 to 1 lies, downwards."""
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def share_x(share: float) -> float:
    """Where a share from 0 to 1 lies, to the right."""
    return round(LEFT + share * (RIGHT - LEFT), 1)


_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
Y_SHARES = tuple(Tick(share_y(share), f"{share:.0%}") for share in _SHARES)
X_SHARES = tuple(Tick(share_x(share), f"{share:.0%}") for share in _SHARES)


def recall_curve(rows: Sequence[tuple[int, float, float, float]]) -> Curve:
    """Recall at k with its band.

    Args:
        rows: k, the share, and the ends of its interval.
    """
    deepest = len(rows)
    xs = [share_x((k - 1) / (deepest - 1)) for k, *_ in rows]
    lows = zip(xs, (share_y(low) for _, _, low, _ in rows), strict=True)
    highs = zip(xs, (share_y(high) for _, _, _, high in rows), strict=True)
    return Curve(
        path=_path(zip(xs, (share_y(share) for _, share, _, _ in rows), strict=True)),
        band=_path([*lows, *reversed(list(highs))]) + "Z",
        x=tuple(Tick(x, str(k)) for x, (k, *_) in zip(xs, rows, strict=True)),
        y=Y_SHARES,
        points=tuple(
            Point(x, share_y(share), f"{share:.0%}")
            for x, (k, share, _, _) in zip(xs, rows, strict=True)
            if k in (1, 5, 10)
        ),
    )


def abstention_curve(steps: Sequence[tuple[float, float]], marks: Mapping[str, Any]) -> Curve:
    """The answerable answered (up) against the unanswerable answered (right), as the floor falls.

    Args:
        steps: both shares, falsely answered first, as the floor falls from above every question.
        marks: a name to the shares of a point that is worth naming.
    """
    corners: list[tuple[float, float]] = []
    for falsely, rightly in steps:
        if corners:
            corners.append((share_x(falsely), corners[-1][1]))
        corners.append((share_x(falsely), share_y(rightly)))
    return Curve(
        path=_path(corners),
        x=X_SHARES,
        y=Y_SHARES,
        points=tuple(
            Point(share_x(falsely), share_y(rightly), name)
            for name, (falsely, rightly) in marks.items()
        ),
    )


def bars(rows: Sequence[tuple[str, int, float, float, float]], left: float) -> tuple[Bar, ...]:
    """A bar for each group of questions.

    Args:
        rows: name, number of questions, share, and the ends of its interval.
        left: where bars begin, in pixels; names stand before it.
    """
    length = RIGHT - left
    return tuple(
        Bar(
            name=f"{name} ({count})",
            top=TOP + 26 * number,
            length=round(share * length, 1),
            low=round(left + low * length, 1),
            high=round(left + high * length, 1),
            text=f"{share:.0%}",
        )
        for number, (name, count, share, low, high) in enumerate(rows)
    )


def histogram(values: Sequence[float]) -> tuple[tuple[Column, ...], tuple[Tick, ...]]:
    """How many values lie in each of ten equal steps, and the ticks below them."""
    high = _round_up(max(values))
    counts = [0] * _COLUMNS
    for value in values:
        counts[min(int(value / high * _COLUMNS), _COLUMNS - 1)] += 1
    width = (RIGHT - LEFT) / _COLUMNS
    columns = tuple(
        Column(
            x=round(LEFT + number * width + 2, 1),
            y=share_y(count / max(counts)),
            width=round(width - 4, 1),
            height=round(BOTTOM - share_y(count / max(counts)), 1),
            text=str(count) if count else "",
        )
        for number, count in enumerate(counts)
    )
    ticks = tuple(
        Tick(share_x(step / _COLUMNS), f"{high * step / _COLUMNS:g}")
        for step in range(0, _COLUMNS + 1, _COLUMNS // 2)
    )
    return columns, ticks


def _round_up(value: float) -> float:
    """The next of 1, 2, 4 and 10, times a power of ten: its half is as short to write."""
    power = 10.0 ** floor(log10(value)) if value > 0 else 1.0
    return float(next(step * power for step in (1, 2, 4, 10) if step * power >= value))


def _path(points: Any) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)

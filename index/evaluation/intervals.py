"""How far a figure measured on few questions can be trusted."""

from math import sqrt


def interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (https://doi.org/10.2307/2276774)."""
    z = 1.96
    if count == 0:
        return 0.0, 1.0
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)

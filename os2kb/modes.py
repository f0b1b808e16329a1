"""How far the bot may go: `off`, `observe` (write nothing) or `act`."""

from typing import Literal

Mode = Literal["off", "observe", "act"]
_STRENGTH: dict[Mode, int] = {"off": 0, "observe": 1, "act": 2}


def weaker(one: Mode, other: Mode) -> Mode:
    """The mode of the two that may write less."""
    return min(one, other, key=_STRENGTH.__getitem__)

"""How long to wait before work that came to nothing is tried again: twice as long each time."""

from datetime import timedelta

from os2kb.chats.port import Unreachable
from os2kb.forges.port import ForgeError
from os2kb.trackers.port import TrackerError, TrackerUnavailable

FAILED_PAUSE = timedelta(hours=1)
_LONGEST_PAUSE = timedelta(days=1)
MOST_TRIES = 25
"""With those pauses they take three weeks: of what was reached before, nobody is told any more."""
CHAT_PAUSE = timedelta(minutes=5)
_LONGEST_CHAT_PAUSE = timedelta(hours=1)


def backed_off(tries: int, first: timedelta, longest: timedelta) -> timedelta:
    """The pause after so many tries in a row, from one on."""
    pause = first
    for _ in range(tries - 1):
        pause = min(2 * pause, longest)
    return pause


def pause_after(error: ForgeError | TrackerError | Unreachable, tries: int) -> timedelta:
    """The pause after something went wrong: where nobody answers shorter than for a permission."""
    if isinstance(error, Unreachable | TrackerUnavailable):
        return max(error.pause, backed_off(tries, CHAT_PAUSE, _LONGEST_CHAT_PAUSE))
    return backed_off(tries, FAILED_PAUSE, _LONGEST_PAUSE)

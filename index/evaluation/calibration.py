"""The floor of the confidence for a stated rate of false answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from index.evaluation.intervals import Interval, interval

_LEAST_RATE = 1e-300  # below it, what would tell it is no finite number of questions
_LOWEST = 1e-6  # 0 stands for what is answered at no floor


class Uncalibrated(ValueError):
    """No floor can be told from these questions. The message names the cure."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A floor, and what it does to the questions it was chosen by.

    Attributes:
        falsely: of the unanswerable, how many are still answered; with the interval of the share.
        rightly: of the answerable, how many are answered; with the interval of the share.
        enough: unanswerable questions it would take to tell the rate that was asked for.
    """

    floor: float
    false_rate: float
    unanswerable: int
    falsely: int
    falsely_interval: Interval
    answerable: int
    rightly: int
    rightly_interval: Interval
    enough: int

    @property
    def is_told(self) -> bool:
        """Whether there are enough unanswerable questions to tell the rate at all."""
        return self.unanswerable >= self.enough


def calibrate(yes: Sequence[float], no: Sequence[float], false_rate: float) -> Calibration:
    """The lowest floor at which at most a share of the unanswerable questions is answered.

    With n of them, no rate below 1/n can be told from none at all: then the floor lies above them
    all, which is the cautious side. It is put midway to the next question above it, so that it
    rests on no single one.

    Args:
        yes: the highest floor at which each answerable question is answered, 0 to 1; 0 if never.
        no: the same of the unanswerable ones.
        false_rate: 0 to 1.

    Raises:
        Uncalibrated: there is no question of one sort, or nothing would be answered any more.
    """
    if not yes or not no:
        missing = "unanswerable" if yes else "answerable"
        raise Uncalibrated(
            f"the file holds no {missing} question; a floor is told from both sorts, so add some"
        )
    allowed = int(len(no) * false_rate)
    worst_first = sorted(no, reverse=True)
    if allowed >= len(no):
        floor = _LOWEST
    else:
        rejected = worst_first[allowed]
        above = [highest for highest in (*yes, *no) if highest > rejected]
        if not any(highest > rejected for highest in yes):
            raise Uncalibrated(
                f"no floor answers anything and leaves {1 - false_rate:.0%} of the unanswerable "
                "questions unanswered: look at those that are answered (os2kb index eval --html), "
                "or allow a higher --false-rate"
            )
        middle = (rejected + min(above)) / 2
        floor = middle if middle > rejected else min(above)  # two numbers may have none between
    floor = max(floor, _LOWEST)
    falsely = sum(highest >= floor for highest in no)
    rightly = sum(highest >= floor for highest in yes)
    return Calibration(
        floor=floor,
        false_rate=false_rate,
        unanswerable=len(no),
        falsely=falsely,
        falsely_interval=interval(falsely / len(no), len(no)),
        answerable=len(yes),
        rightly=rightly,
        rightly_interval=interval(rightly / len(yes), len(yes)),
        enough=ceil(1 / false_rate) if false_rate > _LEAST_RATE else len(no) + 1,
    )

"""Seconds to tell how faults stand: a year of 2,000 of them, and the worst history.

python -m benchmarks.escalation
"""

from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

from os2kb.governance.escalation.happenings import Happening, Kind, Side
from os2kb.governance.escalation.standing import standing
from tests.unit.governance.escalation.faults import POLICY

SUBJECTS = 2_000
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
END = YEAR + timedelta(days=400)
WHO: tuple[tuple[str, Side], ...] = (("ida", "reporter"), ("bo", "us"), ("os2kb[bot]", "bot"))
WHAT: tuple[tuple[Kind, str], ...] = (
    ("commented", ""),
    ("commented", ""),
    ("labeled", "afventer svar"),
    ("unlabeled", "afventer svar"),
    ("labeled", "fejl: kritisk"),
    ("pause", ""),
    ("resume", ""),
    ("milestoned", "2.1"),
)


def fault(dice: Random) -> list[Happening]:
    """One that is opened some time in the year, talked about for a month, and mostly closed."""
    opened = YEAR + dice.random() * timedelta(days=365)
    severity = dice.choice(("kritisk", "alvorlig", "mindre", ""))
    found = [Happening(opened, "opened", "ida", "reporter", severity)]
    for _ in range(dice.randrange(20)):
        at = opened + dice.random() * timedelta(days=30)
        found.append(Happening(at, *_doing(dice)))
    if dice.random() < 0.9:
        found.append(Happening(opened + dice.random() * timedelta(days=60), "closed", "bo", "us"))
    return found


def _doing(dice: Random) -> tuple[Kind, str, Side, str]:
    (by, side), (kind, what) = dice.choice(WHO), dice.choice(WHAT)
    return kind, by, side, what


def woken(happened: list[Happening]) -> int:
    """How often a fault is looked at: when something happens, and each time it wakes."""
    looks = 0
    moments = sorted({one.at for one in happened})
    for at, following in zip(moments, (*moments[1:], END), strict=True):
        moment: datetime | None = at
        while moment is not None and moment < following:
            looks += 1
            moment = standing(happened, POLICY, moment).wake_at
    return looks


def toggled(times: int) -> list[Happening]:
    """One that its reporter closes and opens again and again."""
    kinds: tuple[Kind, Kind] = ("closed", "reopened")
    opened = Happening(YEAR, "opened", "ida", "reporter", "kritisk")
    return [
        opened,
        *(
            Happening(YEAR + n * timedelta(minutes=30), kinds[n % 2], "ida", "reporter")
            for n in range(1, times)
        ),
    ]


def main() -> None:
    """Print one line a task."""
    faults = [fault(Random(n)) for n in range(SUBJECTS)]
    standing(faults[0], POLICY, END)  # the holidays of a year, once
    began = perf_counter()
    for one in faults:
        standing(one, POLICY, END)
    print(f"{'2,000 faults, as they stand after a year':48}{perf_counter() - began:>8.2f} s")
    began = perf_counter()
    looks = sum(map(woken, faults))
    spent = perf_counter() - began
    print(f"{f'2,000 faults, looked at {looks:,} times':48}{spent:>8.2f} s")
    for times in (100, 1_000, 10_000):
        began = perf_counter()
        standing(toggled(times), POLICY, END)
        spent = perf_counter() - began
        print(f"{f'closed or reopened {times:,} times':48}{spent:>8.2f} s")


if __name__ == "__main__":
    main()

"""Seconds to tell how faults stand: a year of 2,000 of them, simulated too; the worst history.

python -m benchmarks.escalation
"""

from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

from os2kb.governance.escalation.figures.follow_up import Followed, follow_up
from os2kb.governance.escalation.figures.outcome import outcome_of
from os2kb.governance.escalation.figures.simulation import simulation
from os2kb.governance.escalation.happenings import Happening, Kind, Side
from os2kb.governance.escalation.standing import standing
from os2kb.governance.facts import Account, Comment, Facts, LabelEvent, TurnEvent
from tests.unit.governance.cases import issue
from tests.unit.governance.escalation.faults import POLICY

SUBJECTS = 2_000
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
END = YEAR + timedelta(days=400)
WHO: tuple[tuple[str, Side], ...] = (("ida", "reporter"), ("bo", "us"), ("os2kb[bot]", "bot"))
TEXT = "Siden er hvid, når jeg logger ind, og der står en fejlkode nederst. " * 8
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


def told(happened: list[Happening], number: int) -> Facts:
    """The same as a forge tells it: what commands did is left out."""
    opened, *after = happened
    turns = ("milestoned", "closed")
    closed = any(one.kind == "closed" for one in after)
    return issue(
        body=f"### Severity\n\n{opened.what}\n\n### Hvad skete der?\n\n{TEXT}",
        open=not closed,
        author=Account("ida"),
        created_at=opened.at,
        updated_at=END,
        comments=tuple(
            Comment(number * 100 + at, _account(one), TEXT, one.at, one.at, "")
            for at, one in enumerate(after)
            if one.kind == "commented"
        ),
        history=tuple(
            LabelEvent(one.what, one.kind == "labeled", _account(one), one.at)
            for one in sorted(after, key=lambda one: one.at)
            if one.kind in ("labeled", "unlabeled")
        ),
        turns=tuple(
            TurnEvent(one.kind, _account(one), one.at)  # type: ignore[arg-type]
            for one in sorted(after, key=lambda one: one.at)
            if one.kind in turns
        ),
    )


def _account(one: Happening) -> Account:
    return Account(one.by, one.side == "bot", association="MEMBER" if one.side == "us" else "")


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
    past = [told(one, number) for number, one in enumerate(faults)]
    assert POLICY.escalation is not None
    began = perf_counter()
    for _ in range(2):
        simulation((outcome_of(one, POLICY, END) for one in past), POLICY.escalation)
    spent = perf_counter() - began
    print(f"{'2,000 issues, simulated against two models':48}{spent:>8.2f} s")
    began = perf_counter()
    followed = [Followed(outcome_of(one, POLICY, END), POLICY.escalation) for one in past]
    follow_up(followed, YEAR, END)
    spent = perf_counter() - began
    print(f"{'2,000 issues, the figures of a report':48}{spent:>8.2f} s")
    for times in (100, 1_000, 10_000):
        began = perf_counter()
        standing(toggled(times), POLICY, END)
        spent = perf_counter() - began
        print(f"{f'closed or reopened {times:,} times':48}{spent:>8.2f} s")


if __name__ == "__main__":
    main()

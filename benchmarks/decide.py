"""Milliseconds to decide: usual subjects, and the worst that strangers can write.

python -m benchmarks.decide
"""

from collections.abc import Callable
from time import perf_counter

from os2kb.governance.facts import Facts
from os2kb.governance.plan import Plan
from tests.unit.governance.cases import comment, issue, plan, pull

ROUNDS = 3
TALK = "Kalenderen viser den forkerte dato i listen, når man åbner *siden* igen.\n\n- Se `log`.\n"


def talk(count: int, size: int, text: str = TALK) -> Facts:
    """An issue with that many comments of about that many characters."""
    body = text * (size // len(text))
    return issue(comments=tuple(comment(f"{n}. {body}", 100 + n) for n in range(count)))


def subjects() -> dict[str, Facts]:
    """What is decided, by name."""
    hostile = {
        f"65 KB of {piece!r}": issue(body=(piece * 65_536)[:65_536])
        for piece in ("[", "> - ", "**a", "<b>", "a * b _c_ `d` [x](y)\n")
    }
    return {
        "an issue": issue("Fejl: Kalenderen opdateres ikke", TALK * 5),
        "a pull request": pull(),
        "100 comments of 2 KB": talk(100, 2_000),
        "1,500 comments of 2 KB": talk(1_500, 2_000),
        "1,500 comments that speak of security": talk(1_500, 2_000, f"Sikkerhed. {TALK}"),
        **hostile,
    }


def milliseconds(run: Callable[[], Plan]) -> float:
    """How long one run takes."""
    began = perf_counter()
    run()
    return (perf_counter() - began) * 1000


def main() -> None:
    """Print one line a subject: the first time, and once it has been seen."""
    print(f"{'subject':44}{'first ms':>12}{'again ms':>12}")
    for name, facts in subjects().items():
        first = milliseconds(lambda facts=facts: plan(facts))
        again = min(milliseconds(lambda facts=facts: plan(facts)) for _ in range(ROUNDS))
        print(f"{name:44}{first:>12.1f}{again:>12.1f}")


if __name__ == "__main__":
    main()

"""Which entries say much the same."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault

Alike = Callable[[Sequence[str]], Iterable[tuple[int, int, float]]]
"""Texts to the pairs of them that say much the same, each with how much, 0 to 1."""

_READ = 600  # characters of the decision that are compared, after its title
# Of eight decisions made up as two of each, the same in other words came to 0.64 and 0.69, others
# about the same to 0.35; of OS2's own twenty, the two nearest to 0.37.
_ENOUGH = 0.45
_NUMBER = re.compile(r"\d+")


def likely_duplicates(log: Log, alike: Alike) -> Iterator[Finding]:
    """`duplicate`: no two entries say much the same, unless one replaces the other."""
    entries = log.entries
    texts = [f"{one.decision.title}\n{one.decision.decision[:_READ]}" for one in entries]
    for one, other in sorted({(one, other) for one, other, _ in alike(texts)}):
        first, second = entries[one], entries[other]
        linked = {*second.decision.supersedes, *second.decision.superseded_by}
        linked |= {*first.decision.supersedes, *first.decision.superseded_by}
        if _numbered_otherwise(first, second):
            continue
        if linked & {first.decision.id, second.decision.id, first.path.rpartition("/")[2],
                     second.path.rpartition("/")[2]} - {""}:  # fmt: skip
            continue
        yield fault(
            second,
            "duplicate",
            second.line("title"),
            (
                f"Beslutningen ligner “{first.decision.title}” ({first.name}).",
                f"The decision is much like “{first.decision.title}” ({first.name}).",
            ),
            (
                "Fjern den ene, eller skriv, at den ene erstatter den anden.",
                "Take one of them out, or write that one replaces the other.",
            ),
            level="warning",
        )


def _numbered_otherwise(one: Entry, other: Entry) -> bool:
    """Whether their titles tell them apart by numbers: of years, versions or agreements."""
    first, second = (set(_NUMBER.findall(each.decision.title)) for each in (one, other))
    return bool(first and second) and first.isdisjoint(second)


def by_grams(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Pairs that share most of what their 4-grams weigh, however words are bent and put together.

    The first line of a text is its title, which weighs more.
    """
    from index.alike import alikeness, pairs  # late: .3 s of SciPy, spared whoever compares none

    parted = (text.partition("\n") for text in texts)
    yield from pairs([alikeness(title, [said]) for title, _, said in parted], _ENOUGH)

"""Which entries say much the same."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log as ln

from index.danish import words
from os2kb.decisions.lint.finding import Finding, Log, fault

Alike = Callable[[Sequence[str]], Iterable[tuple[int, int, float]]]
"""Texts to the pairs of them that say much the same, each with how much, 0 to 1."""

_READ = 600  # characters of the decision that are compared, after its title
_RARE = 30  # texts that hold a word, above which it makes no pair by itself
_ENOUGH = 0.8  # share of what the two weigh that they have in common


def likely_duplicates(log: Log, alike: Alike) -> Iterator[Finding]:
    """`duplicate`: no two entries say much the same, unless one replaces the other."""
    entries = log.entries
    texts = [f"{one.decision.title}\n{one.decision.decision[:_READ]}" for one in entries]
    for one, other, _ in sorted(alike(texts)):
        first, second = entries[one], entries[other]
        linked = {*second.decision.supersedes, *second.decision.superseded_by}
        linked |= {*first.decision.supersedes, *first.decision.superseded_by}
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


def by_words(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Pairs that share most of what their words weigh; a word weighs more where few hold it."""
    bags = [frozenset(words(text)) for text in texts]
    held = Counter(word for bag in bags for word in bag)
    weight = {word: ln((1 + len(bags)) / count) for word, count in held.items()}
    total = [sum(weight[word] for word in bag) for bag in bags]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, bag in enumerate(bags):
        near = {other for word in bag if held[word] <= _RARE for other in holders[word]}
        for other in near:
            common = sum(weight[word] for word in bag & bags[other])
            either = total[at] + total[other] - common
            if either and common / either >= _ENOUGH:
                yield other, at, common / either
        for word in bag:
            if held[word] <= _RARE:
                holders[word].append(at)

"""Whether decisions that replace one another say so in both, and to an end."""

from collections.abc import Iterator, Mapping

from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault


def holes(log: Log) -> Iterator[Finding]:
    """`chain`: what replaces and what is replaced are there, and know of each other."""
    named = log.named()
    replaced = {id(named[name]) for one in log.entries for name in one.decision.supersedes
                if name in named}  # fmt: skip
    for entry in log.entries:
        decision = entry.decision
        for part, names in (
            ("superseded_by", decision.superseded_by),
            ("supersedes", decision.supersedes),
        ):
            for name in names:
                if name not in named:
                    yield _lost(entry, part, name)
        marked = decision.status in ("superseded", "deprecated")
        if (decision.superseded_by or id(entry) in replaced) and not marked:
            yield _not_marked(entry, log, named)
        elif decision.status == "superseded" and not (
            decision.superseded_by or id(entry) in replaced
        ):
            yield _by_what(entry)


def _lost(entry: Entry, part: str, name: str) -> Finding:
    place = entry.line(part) if part in entry.places else entry.line("status")
    return fault(
        entry,
        "chain",
        place,
        (f"Beslutningen {name} findes ikke i loggen.", f"There is no decision {name} in the log."),
        ("Ret henvisningen.", "Mend the reference."),
    )


def _not_marked(entry: Entry, log: Log, named: Mapping[str, Entry]) -> Finding:
    by = next(iter(entry.decision.superseded_by), None) or next(
        one.name
        for one in log.entries
        if any(named.get(name) is entry for name in one.decision.supersedes)
    )
    return fault(
        entry,
        "chain",
        entry.line("status"),
        (
            f"Beslutningen er erstattet af {by}, men status siger det ikke.",
            f"The decision is superseded by {by}, but its status does not say so.",
        ),
        (f"Skriv: Erstattet af {by}.", f"Write: Erstattet af {by}."),
        suggestion=log.replaced(entry, "status", f"Erstattet af {by}"),
    )


def _by_what(entry: Entry) -> Finding:
    return fault(
        entry,
        "chain",
        entry.line("status"),
        (
            "Beslutningen er erstattet, men der står ikke af hvad.",
            "The decision is superseded, but it does not say by what.",
        ),
        (
            "Skriv nummeret eller filen under Erstattet af.",
            "Write the number or the file under Erstattet af.",
        ),
    )


def cycles(log: Log) -> Iterator[Finding]:
    """`cycle`: no decision is replaced by itself, however many lie between."""
    named = log.named()
    after: dict[int, list[Entry]] = {id(one): [] for one in log.entries}
    for entry in log.entries:
        for name in entry.decision.superseded_by:
            if name in named:
                after[id(entry)].append(named[name])
        for name in entry.decision.supersedes:
            if name in named:
                after[id(named[name])].append(entry)
    for entry in _in_a_ring(log.entries, after):
        yield fault(
            entry,
            "cycle",
            entry.line("superseded_by"),
            (
                "Beslutningen erstatter sig selv gennem andre.",
                "The decision replaces itself by way of others.",
            ),
            (
                "Fjern den henvisning, der peger tilbage i tiden.",
                "Take out the reference that points back in time.",
            ),
        )


def _in_a_ring(entries: tuple[Entry, ...], after: Mapping[int, list[Entry]]) -> list[Entry]:
    """What is left when all that leads nowhere, again and again, is taken away.

    What leads into a ring without being of it stays at first; the same the other way round, from
    what nothing leads to, takes that away.
    """
    left = {id(one) for one in entries}
    forward = {one: [id(other) for other in others] for one, others in after.items()}
    back: dict[int, list[int]] = {one: [] for one in left}
    for one, others in forward.items():
        for other in others:
            back[other].append(one)
    _take_away(left, forward, back)
    _take_away(left, back, forward)
    return [one for one in entries if id(one) in left]


def _take_away(left: set[int], to: Mapping[int, list[int]], come: Mapping[int, list[int]]) -> None:
    """Take away what leads to nothing that is left, until all of it leads somewhere."""
    count = {one: sum(other in left for other in to[one]) for one in left}
    free = [one for one, many in count.items() if not many]
    while free:
        one = free.pop()
        left.discard(one)
        for before in come[one]:
            if before in left:
                count[before] -= 1
                if not count[before]:
                    free.append(before)

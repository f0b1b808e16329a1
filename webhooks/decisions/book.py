"""The public decisions as one book: each with an address of its own, and what replaced it. Pure.

Only what is public is ever put in, so that nothing here can be told from a log that is not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from index.danish import words
from index.language import detect
from index.passages import Language
from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.decisions.words import HEADINGS, TYPES, Status
from os2kb.decisions.writing.names import slug
from os2kb.store.decisions import SOURCE, Logged

NO_PRODUCT = "-"
"""Stands for no product in an address."""
_TOLD_BY = 2_000  # characters that a language is told by
_UNFIT = re.compile(r"[^\w.-]+")
# What has begun to hold, even if it holds no more: only that can have replaced anything.
_HELD: frozenset[Status] = frozenset({"accepted", "superseded", "deprecated"})


class Place(NamedTuple):
    """Where a decision is found: `/decisions/PRODUCT/NAME`."""

    product: str
    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision, and where it stands among the others.

    Attributes:
        url: where its file is read; empty for nowhere.
        status: what holds, which may be less than its own file says: another may have replaced it.
        replaces: other decisions of the product that it names, or that name it.
        replaced_by: likewise.
        lang: the language that it is written in.
        text: all of its words, folded, with a space around each.
    """

    place: Place
    entry: Entry
    url: str
    status: Status
    replaces: tuple[Place, ...]
    replaced_by: tuple[Place, ...]
    lang: Language
    text: str

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.entry.decision


@dataclass(frozen=True)
class Book:
    """All of them, the newest first.

    Attributes:
        aliases: every name that a decision goes by, and whose it is.
    """

    decisions: tuple[Shown, ...]
    aliases: Mapping[Place, tuple[Place, ...]]

    @cached_property
    def at(self) -> Mapping[Place, Shown]:
        """The decisions by their places."""
        return {one.place: one for one in self.decisions}

    def in_force(self, shown: Shown) -> Shown | None:
        """What holds instead of a decision now, by as many steps as it takes; None for nothing."""
        seen, last = {shown.place}, shown
        while following := [place for place in last.replaced_by if place not in seen]:
            if len(last.replaced_by) > 1:
                return None
            last = self.at[following[0]]
            seen.add(last.place)
        return last if last is not shown and last.status == "accepted" else None


def book_of(logged: Iterable[Logged]) -> Book:
    """The book of these decisions."""
    by_product: dict[str, list[Logged]] = defaultdict(list)
    for one in logged:
        by_product[_product(one)].append(one)
    shown: list[Shown] = []
    aliases: dict[Place, tuple[Place, ...]] = {}
    for product, group in by_product.items():
        several = _without_doubles(group)
        known = _names(several)
        places = [Place(product, name) for name in _addresses(known)]
        for place, names in zip(places, known, strict=True):
            for name in filter(None, names):
                alias = Place(product, name)
                aliases[alias] = (*aliases.get(alias, ()), place)
        shown += _shown(several, places)
    shown.sort(key=lambda one: (one.place.product, one.place.name))
    shown.sort(key=lambda one: str(one.decision.date or ""), reverse=True)
    return Book(tuple(shown), {alias: tuple(set(found)) for alias, found in aliases.items()})


def _product(one: Logged) -> str:
    """Whose it is: the log's; in a log of all products, the one that the entry names."""
    return one.log.product or slug(one.entry.decision.product) or NO_PRODUCT


def _without_doubles(group: Sequence[Logged]) -> list[Logged]:
    """Leave out what a source repeats of a log that is read from its repository."""
    in_step = {
        (name, one.entry.decision.title)
        for one in group
        if not one.log.key.startswith(SOURCE)
        for name in (*_endings(one.entry.path), one.entry.decision.issue)
    }
    return [
        one
        for one in group
        if not one.log.key.startswith(SOURCE)
        or not {
            (one.entry.path, one.entry.decision.title),
            (one.entry.decision.issue or one.entry.path, one.entry.decision.title),
        }
        & in_step
    ]


def _endings(path: str) -> Iterator[str]:
    """A path as it is seen from each folder above it."""
    parts = PurePosixPath(path).parts
    return ("/".join(parts[at:]) for at in range(len(parts)))


def _names(group: Sequence[Logged]) -> list[tuple[str, ...]]:
    """What each goes by, the best first: its number, its file, its title, title and day."""
    in_file = Counter((one.log.key, one.entry.path) for one in group)
    return [
        (
            one.entry.decision.id,
            _fit(PurePosixPath(one.entry.path).stem)
            if in_file[one.log.key, one.entry.path] == 1
            else "",
            slug(one.entry.decision.title),
            slug(f"{one.entry.decision.date or ''} {one.entry.decision.title}"),
        )
        for one in group
    ]


def _fit(name: str) -> str:
    return _UNFIT.sub("-", name).strip("-.")[:200]


def _addresses(known: Sequence[tuple[str, ...]]) -> list[str]:
    """One name each: the best that no other goes by. The rest are counted, in the log's order."""
    found = [""] * len(known)
    for names in zip(*known, strict=True):
        count = Counter(names)
        taken = set(found)
        for number, name in enumerate(names):
            if not found[number] and name and count[name] == 1 and name not in taken:
                found[number] = name
    for number, names in enumerate(known):
        if not found[number]:
            base, count_up = names[-1] or "beslutning", 2
            while f"{base}-{count_up}" in found:
                count_up += 1
            found[number] = f"{base}-{count_up}"
    return found


def _shown(group: Sequence[Logged], places: Sequence[Place]) -> Iterator[Shown]:
    named = _References(group, places)
    replaces: dict[Place, list[Place]] = defaultdict(list)
    replaced_by: dict[Place, list[Place]] = defaultdict(list)
    for one, place in zip(group, places, strict=True):
        for other in named.by(one, one.entry.decision.superseded_by):
            replaced_by[place].append(other)
            replaces[other].append(place)
        if one.entry.decision.status in _HELD:
            for other in named.by(one, one.entry.decision.supersedes):
                replaces[place].append(other)
                replaced_by[other].append(place)
    status = {place: one.entry.decision.status for one, place in zip(group, places, strict=True)}
    for one, place in zip(group, places, strict=True):
        decision = one.entry.decision
        by = tuple(dict.fromkeys(other for other in replaced_by[place] if other != place))
        gone = any(status[other] in _HELD for other in by)
        yield Shown(
            place,
            one.entry,
            one.url,
            "superseded" if gone and decision.status == "accepted" else decision.status,
            tuple(dict.fromkeys(other for other in replaces[place] if other != place)),
            by,
            detect(f"{decision.title}\n{decision.decision or decision.context}"[:_TOLD_BY]),
            _text(decision),
        )


class _References:
    """Whom the entries of a product mean by a number or the name of a file."""

    def __init__(self, group: Sequence[Logged], places: Sequence[Place]) -> None:
        self._of_log: dict[tuple[str, str], set[Place]] = defaultdict(set)
        self._of_all: dict[str, set[Place]] = defaultdict(set)
        for one, place in zip(group, places, strict=True):
            path = PurePosixPath(one.entry.path)
            for name in filter(None, (one.entry.decision.id, path.name, path.stem)):
                self._of_log[one.log.key, name].add(place)
                self._of_all[name].add(place)

    def by(self, one: Logged, names: Iterable[str]) -> Iterator[Place]:
        """Those that are meant; a name that several go by means nobody."""
        for name in names:
            found = self._of_log.get((one.log.key, name)) or self._of_all.get(name, set())
            if len(found) == 1:
                yield from found


def _text(decision: Decision) -> str:
    kind = TYPES[decision.type]
    said = (
        decision.title,
        decision.id,
        decision.type,
        kind.da,
        kind.en,
        decision.status_text,
        decision.product,
        decision.issue,
        decision.ticket,
        *decision.deciders,
        *(getattr(decision, text) for text in HEADINGS),
        *(f"{one.heading} {one.text}" for one in decision.extra),
    )
    return f" {' '.join(words(' '.join(said)))} "

"""Search-as-you-type over titles, headings and questions."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from index.danish import fold, stem, words
from index.passages import Passage, Visibility
from index.plain import untagged

_SHORTEST_LOOKED_INTO = 4  # letters
_LETTERS = 3
_MOST_WORDS = 12
_FEW_WORDS = 3
_FEW_BEGUN = 4
_LEAST_SHARED = 1 / 3  # of a misspelt word's letters in threes

SuggestionKind = Literal["title", "heading", "question"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing the person may be about to ask for."""

    text: str
    kind: SuggestionKind
    url: str


@dataclass(frozen=True, slots=True)
class _Entry:
    suggestion: Suggestion
    product: str | None
    folded: str


class Suggestions:
    """Finds titles, headings and questions that hold every typed word, the last one begun.

    Letters are folded, so `soe` finds *Søg*. A word that begins few is looked for inside words
    too, which finds `samarbejde` in *Leverandørsamarbejde*; one that is in none is taken for
    misspelt, and the words most like it are taken instead. Other forms of a word are found by its
    stem. Where nothing holds all of three words or more, what holds all but one is taken.
    How often that finds what was meant: benchmarks/suggestions.py.

    Among 20,000 headings this takes .02 to .2 ms (median). SQLite's FTS5, measured beside it, is as
    fast by prefix (.01 to .07) but finds neither parts nor misspelt words so; by trigrams it finds
    both, in .6 to 6 ms.
    """

    def __init__(self, passages: Iterable[Passage]) -> None:
        held: dict[Visibility, list[Passage]] = {}
        for passage in passages:
            held.setdefault(passage.visibility, []).append(passage)
        # Apart, since a word that nobody may see would else keep others from being found, and so
        # be found out letter by letter.
        self._shelves = {visibility: _Shelf(found) for visibility, found in held.items()}

    def find(
        self, query: str, product: str | None, visibility: frozenset[Visibility], limit: int
    ) -> tuple[Suggestion, ...]:
        """The best suggestions: titles and questions before headings, then the shortest."""
        picked = [
            entry
            for seen, shelf in self._shelves.items()
            if seen in visibility
            for entry in shelf.find(query)
            if product is None or entry.product in (None, product)
        ]
        begun = fold(query).strip()
        picked.sort(key=lambda entry: _order(entry, begun))
        shown: dict[str, Suggestion] = {}
        for entry in picked:
            # “[ODR] To godkendelser” is what the document calls “To godkendelser”.
            shown.setdefault(untagged(entry.folded), entry.suggestion)
        return tuple(shown.values())[: max(0, limit)]


class _Shelf:
    """What passages of one visibility have to suggest."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        entries: dict[tuple[object, ...], _Entry] = {}
        for passage in passages:
            for suggestion in _suggestions(passage):
                key = (suggestion.text.lower(), suggestion.url, passage.product)
                entries.setdefault(key, _Entry(suggestion, passage.product, fold(suggestion.text)))
        self._entries: Sequence[_Entry] = tuple(entries.values())
        pairs = {(word, n) for n, entry in enumerate(self._entries) for word in words(entry.folded)}
        holders: dict[str, list[int]] = {}
        for word, number in sorted(pairs):
            holders.setdefault(word, []).append(number)
        self._holders = holders
        self._words = sorted(holders)
        by_stem: dict[str, list[str]] = {}
        for word in self._words:
            by_stem.setdefault(stem(word, "da"), []).append(word)
        self._by_stem = by_stem
        by_letters: dict[str, list[str]] = {}
        for word in self._words:
            for three in _threes(word):
                by_letters.setdefault(three, []).append(word)
        self._by_letters = by_letters

    def find(self, query: str) -> Iterable[_Entry]:
        """The entries that hold every typed word."""
        typed = words(query[:200])[:_MOST_WORDS]
        complete = query[-1:].isspace()
        held = [
            self._holding(word, whole=complete or position < len(typed) - 1)
            for position, word in enumerate(typed)
        ]
        found = set.intersection(*held) if held else set()
        return (self._entries[number] for number in found or _all_but_one(held))

    def _holding(self, word: str, *, whole: bool) -> set[int]:
        alike = self._by_stem.get(stem(word, "da"), ())
        if whole and alike:
            return {number for w in alike for number in self._holders[w]}
        start = bisect_left(self._words, word)
        begun = list(takewhile(lambda w: w.startswith(word), self._words[start:]))
        if len(begun) < _FEW_BEGUN and len(word) >= _SHORTEST_LOOKED_INTO:
            begun = [*begun, *self._with(word)] or self._alike(word)
        return {number for w in (*begun, *alike) for number in self._holders[w]}

    def _with(self, part: str) -> list[str]:
        """The words that have a part in them, as a compound has its last."""
        return [word for word in self._by_letters.get(part[:_LETTERS], ()) if part in word]

    def _alike(self, typed: str) -> list[str]:
        """The words most like one that is misspelt: they share most of its letters in threes."""
        threes = _threes(typed)
        shared = Counter(word for three in threes for word in self._by_letters.get(three, ()))
        most = max(shared.values(), default=0)
        if most < max(2, _LEAST_SHARED * len(threes)):
            return []
        return [word for word, count in shared.items() if count == most]


def _all_but_one(held: Sequence[set[int]]) -> Iterable[int]:
    """Where nothing holds every word: what holds all but one, of three or more."""
    if len(held) < _FEW_WORDS:
        return ()
    counts = Counter(number for holding in held for number in holding)
    return (number for number, count in counts.items() if count == len(held) - 1)


def _threes(word: str) -> set[str]:
    padded = f" {word}"
    return {padded[at : at + _LETTERS] for at in range(len(padded) - _LETTERS + 1)}


def _suggestions(passage: Passage) -> Iterable[Suggestion]:
    yield Suggestion(passage.title, "title", passage.url.partition("#")[0])
    if passage.heading:
        text = passage.heading[-1]
        yield Suggestion(text, "question" if text.endswith("?") else "heading", passage.url)


def _order(entry: _Entry, begun: str) -> tuple[bool, bool, int, str]:
    return (
        not entry.folded.startswith(begun),
        entry.suggestion.kind == "heading",
        len(entry.folded),
        entry.folded,
    )

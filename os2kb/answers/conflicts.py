"""Sources that disagree: sentences that say the same, but for a number or a “not”.

Found with care rather than completely, since a false alarm costs trust: both sources must apply
today, stand in different documents and be in one language, and one sentence must hold all the
other's words but for the number, or nearly all where a “not” turns it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from index.danish import stem, words
from index.language import STOP_WORDS
from index.passages import Language
from index.plain import plain
from index.sentences import units
from os2kb.answers.draft import Claim
from os2kb.answers.quotes import Quote

NEARLY_THE_SAME = 0.8  # of both sentences' words, for a “not” to turn one against the other
FEWEST_SHARED = 2  # words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMERALS = {
    word: str(value)
    for value, both in {
        0: "nul zero",
        1: "en et een one",
        2: "to two",
        3: "tre three",
        4: "fire four",
        5: "fem five",
        6: "seks six",
        7: "syv seven",
        8: "otte eight",
        9: "ni nine",
        10: "ti ten",
        12: "tolv twelve",
    }.items()
    for word in both.split()
}
_ONE = re.compile(r"\b[éÉ][nt]\b")  # “en” and “et” are articles
_NEGATIONS = frozenset(
    ("ikke", "ingen", "intet", "aldrig", "hverken", "not", "no", "never", "none", "cannot")
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence: its numbers by the stem of what they count, its words, and any “not”."""

    counts: dict[str, frozenset[str]]
    others: frozenset[str]
    negated: bool


def disagreements(claims: Sequence[Claim]) -> tuple[tuple[Quote, Quote], ...]:
    """The pairs of quotes that disagree, in the order of the claims."""
    quotes = dict.fromkeys(quote for claim in claims for quote in claim.quotes)
    return tuple(pair for pair in combinations(quotes, 2) if _disagree(*pair))


def _disagree(one: Quote, other: Quote) -> bool:
    a, b = one.passage, other.passage
    if a.status != "current" or b.status != "current" or a.lang != b.lang:
        return False
    if (a.source, a.path) == (b.source, b.path):
        return False
    return any(
        _contradict(left, right)
        for left, right in product(_sentences(one.text, a.lang), _sentences(other.text, b.lang))
    )


def _sentences(quote: str, language: Language) -> list[_Said]:
    pieces = [quote[unit.start : unit.end] for unit in units(quote)]
    return [_said(piece, language) for piece in pieces or [quote]]


def _contradict(left: _Said, right: _Said) -> bool:
    shared = left.others & right.others
    if len(shared) < FEWEST_SHARED:
        return False
    same_counted = left.counts.keys() & right.counts.keys()
    # A word of its own in each is another subject: one group meets four times, another twelve.
    if shared in (left.others, right.others) and any(
        left.counts[what].isdisjoint(right.counts[what]) for what in same_counted
    ):
        return True
    is_nearly_the_same = len(shared) >= NEARLY_THE_SAME * max(len(left.others), len(right.others))
    return is_nearly_the_same and left.negated != right.negated


def _said(text: str, language: Language) -> _Said:
    shown = plain(text)
    tokens = _tokens(shown, language)
    counts: dict[str, set[str]] = {}
    others: set[str] = set()
    number = ""
    for token in tokens:
        if token[0].isdigit():
            number = token
            continue
        if token in _NEGATIONS or token in STOP_WORDS[language]:
            continue
        root = stem(token, language)
        if number:
            counts.setdefault(root, set()).add(number)
            number = ""
        others.add(root)
    negated = not _NEGATIONS.isdisjoint(words(shown))
    return _Said({what: frozenset(n) for what, n in counts.items()}, frozenset(others), negated)


def _tokens(shown: str, language: Language) -> list[str]:
    """Words in order, numbers as digits whole: “20.000”, “én” as 1."""
    found: list[str] = []
    for piece in _ONE.sub("1", shown).split():
        if match := _NUMBER.search(piece):
            found.append(match[0])
            found.extend(words(piece[match.end() :]))
            continue
        for word in words(piece):
            is_article = word in ("en", "et", "een") or (word == "to" and language == "en")
            found.append(word if is_article else _NUMERALS.get(word, word))
    return found

"""How far a misspelt word lies from another: by the slips of a hand or an ear.

Damerau's four slips (a letter too many, too few, another one, two swapped), but dearer the rarer
they are. A letter is only exchanged with one that lies beside it on the keyboard or sounds like it:
any other makes one good word of another (`spillet`, `stillet`) more often than it mends one.
"""

from collections.abc import Iterator
from itertools import combinations, product

_SWAPPED = _DOUBLED = _UNMARKED = 1.0
_MISSING = 1.1
_EXTRA = 1.3
_EXCHANGED = 1.4
_SHORT = 5  # letters, up to which only the commonest slips are believed

_KEYS = ("qwertyuiopå", "asdfghjklæø", "zxcvbnm")
_MARKED = frozenset({("a", "æ"), ("a", "å"), ("o", "ø")})  # as typed without the Danish letters
_ALIKE = ("eæ", "ea", "oå", "oø", "yø", "iy", "ck", "cs", "sz", "gk", "dt", "vw", "uv")


def one_letter_each(word: str) -> str:
    """A folded word with æ, ø and å as the one letter that they are, or were meant as."""
    return word.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")


def begin_alike(written: str, meant: str) -> bool:
    """Whether two words have their first letter in common, or swapped with the next.

    People seldom mistake it, and to ask for it leaves a tenth of the words to be compared.
    """
    return (
        written[0] == meant[0] or (written[0], meant[0]) in _MARKED or meant[:2] == written[1::-1]
    )


def cost(written: str, meant: str, slips: int) -> float | None:
    """What it costs to write one word where another was meant.

    Args:
        written: as `one_letter_each` gives it.
        meant: likewise.
        slips: how many are believed.

    Returns:
        About 1 for each slip, 0 for the same word; None where more or other slips are needed.
    """
    short = len(written) <= _SHORT
    return min(_costs(written, meant, 0, slips, short=short), default=None)


def _costs(written: str, meant: str, at: int, slips: int, *, short: bool) -> Iterator[float]:
    """The costs of every way; the words are the same up to a place."""
    while at < len(written) and at < len(meant) and written[at] == meant[at]:
        at += 1
    if written[at:] == meant[at:]:
        yield 0.0
    elif slips:
        for slip, mended in _mended(written, meant, at):
            if slip < _EXTRA or not short:
                for more in _costs(mended, meant, at, slips - 1, short=short):
                    yield slip + more


def _mended(written: str, meant: str, at: int) -> Iterator[tuple[float, str]]:
    """Each slip that may have been made where two words begin to differ, and the word without."""
    before, rest = written[:at], written[at:]
    here, due = rest[:1], meant[at : at + 1]
    if here:
        yield (_DOUBLED if here == before[-1:] else _EXTRA), before + rest[1:]
    if due:
        yield (_DOUBLED if due == before[-1:] else _MISSING), before + due + rest
    if here and due:
        if len(rest) > 1 and meant[at : at + 2] == rest[1] + here:
            yield _SWAPPED, before + rest[1] + here + rest[2:]
        if (here, due) in _MARKED:
            yield _UNMARKED, before + due + rest[1:]
        elif (here, due) in _NEAR:
            yield _EXCHANGED, before + due + rest[1:]


def _near() -> Iterator[tuple[str, str]]:
    """Pairs of letters that lie beside each other on a Danish keyboard, or sound alike."""
    where = {letter: (row, at) for row, keys in enumerate(_KEYS) for at, letter in enumerate(keys)}
    for one, other in product(where, repeat=2):
        (row, at), (below, beside) = where[one], where[other]
        # Each row stands a little to the right of the one above it.
        if (below == row and abs(at - beside) == 1) or (below == row + 1 and at - beside in (0, 1)):
            yield from ((one, other), (other, one))
    for pair in _ALIKE:
        for one, other in combinations(pair, 2):
            yield from ((one, other), (other, one))


_NEAR = frozenset(_near())

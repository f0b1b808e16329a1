"""Two versions of a text side by side: which words of each the other has not. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_MOST = 3_000  # words that are compared; of longer texts nothing is marked


class Piece(NamedTuple):
    """Some of a version's words, and whether only this version has them there."""

    text: str
    own: bool


def side_by_side(before: str, now: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both versions in pieces; put together they are the versions, white space folded."""
    old, new = before.split(), now.split()
    if len(old) + len(new) > _MOST:
        return (Piece(" ".join(old), own=False),), (Piece(" ".join(new), own=False),)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        own = kind != "equal"
        _add(left, old[a:b], own=own)
        _add(right, new[c:d], own=own)
    return tuple(left), tuple(right)


def _add(pieces: list[Piece], words: Sequence[str], *, own: bool) -> None:
    if words:
        pieces.append(Piece(" ".join(words), own))

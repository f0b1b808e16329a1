"""Keys as whoever wrote the file would say them. Pure."""

from collections.abc import Sequence
from typing import Any

from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.document import Keys

_MOST_CHARS = 120


def as_written(keys: Keys, data: Any) -> Phrase:
    """`name` in `escalation.ladder` no. 3: the keys, and how far down its list an item stands.

    Args:
        keys: where in the data; an item of a list counts from 0.
        data: what was written. A single value that the model takes for a list of one has no number.

    Returns:
        The innermost first, each within backticks; nothing for the whole file.
    """
    if keys[:2] == ("guidelines", "rules") and keys[-1:] == ("level",):
        keys = keys[:-1]  # `title: off` is the level alone, and most write it so
    steps: list[tuple[list[str], int | None]] = [([], None)]
    for key in keys:
        listed = isinstance(data, Sequence) and not isinstance(data, str)
        if not isinstance(key, int):
            if steps[-1][1] is not None:
                steps.append(([], None))
            steps[-1][0].append(key)
        elif listed:
            steps[-1] = (steps[-1][0], key + 1)
        data = _within(data, key)
    said = [(_cut(".".join(names)), number) for names, number in reversed(steps) if names]
    if not said:
        return NOTHING
    return Phrase(
        " i ".join(f"`{name}`{f' nr. {number}' if number else ''}" for name, number in said),
        " in ".join(f"`{name}`{f' no. {number}' if number else ''}" for name, number in said),
    )


def _within(data: Any, key: str | int) -> Any:
    try:
        return data[key]
    except (KeyError, IndexError, TypeError):
        return data if isinstance(key, int) else None


def _cut(name: str) -> str:
    """Where someone wrote a key as long as a page."""
    return name if len(name) <= _MOST_CHARS else name[: _MOST_CHARS - 1] + "…"

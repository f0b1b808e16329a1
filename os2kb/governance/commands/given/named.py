"""The name that a command's text begins with; what follows it is a reason, and is not repeated."""

from collections.abc import Iterable

_QUOTES = str.maketrans("", "", "`'\"“”„«»")


def named_first(text: str, names: Iterable[str], ends: str = " .,:;") -> str | None:
    """The longest of the names that a text begins with, in any case and with or without quotes.

    Args:
        text: as it was written.
        names: those there are.
        ends: the characters of which one ends a name that more follows.
    """
    written = _plain(text)
    for name in sorted(names, key=len, reverse=True):
        wanted = _plain(name)
        if wanted and written.startswith(wanted):
            rest = written.removeprefix(wanted)
            if not rest or rest[0] in ends:
                return name
    return None


def first_word(text: str) -> str:
    """What may have been meant for a name; empty where there is nothing to read."""
    return next(iter(text.split()), "")


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).casefold()

"""Globs of a Policy: as in a shell, but `*` also crosses folders."""

from collections.abc import Iterable
from fnmatch import fnmatchcase


def matches(text: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs fits the whole text, and none that begins with `!` does.

    Upper and lower case differ.
    """
    wanted = False
    for glob in globs:
        if glob.startswith("!"):
            if fnmatchcase(text, glob[1:]):
                return False
        else:
            wanted = wanted or fnmatchcase(text, glob)
    return wanted

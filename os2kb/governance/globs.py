"""Globs of a Policy: as in a shell, but `*` also crosses folders."""

from collections.abc import Iterable
from fnmatch import fnmatchcase


def matches(text: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs fits the whole text; upper and lower case differ."""
    return any(fnmatchcase(text, glob) for glob in globs)

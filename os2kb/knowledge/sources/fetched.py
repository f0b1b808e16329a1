"""What a remote source gives: its documents, what is left out, and why there is nothing."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """A document that a remote source holds now.

    Attributes:
        path: relative, with forward slashes.
        tag: another one when the document changes.
        content: None where the tag is the known one, and nothing was fetched.
    """

    path: str
    tag: str
    content: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Left:
    """What a remote source holds and the index shall not, and why."""

    path: str
    reason: str
    tag: str = ""


class Unreachable(Exception):
    """A remote source cannot be read now, and its mirror stays. The message names the cure."""


class Withdrawn(Unreachable):
    """A remote source must not be shown any more, and its mirror is emptied."""

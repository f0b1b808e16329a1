"""Subjects: the names of what is governed."""

import re
from dataclasses import dataclass, field

from os2kb.phrases import SaidInBoth

_REFERENCE = re.compile(
    r"(?:github:)?(?P<repository>[\w.-]+/[\w.-]+)#(?P<number>[1-9]\d{0,9})\Z", re.ASCII
)


_KEY = re.compile(r"(?P<forge>[a-z]+):(?P<repository>[1-9]\d{0,18})#(?P<number>[1-9]\d{0,9})\Z")


class BadSubject(SaidInBoth, ValueError):
    """A reference that names no subject."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One issue or pull request on a forge.

    The repository's numeric id is the identity; its name is for display, so that a rename
    loses nothing.
    """

    repository_id: int
    number: int
    repository: str = field(compare=False)
    forge: str = "github"

    @property
    def key(self) -> str:
        """What work is ordered by until a link group says otherwise: `github:1296269#42`."""
        return f"{self.forge}:{self.repository_id}#{self.number}"

    def __str__(self) -> str:
        """As people write it: `github:os2display/display-api-service#42`."""
        return f"{self.forge}:{self.repository}#{self.number}"


def parse_reference(text: str) -> tuple[str, int]:
    """Read `owner/repo#42` or `github:owner/repo#42` into a repository name and a number.

    Raises:
        BadSubject: the text is neither.
    """
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        raise BadSubject(
            f"“{text}” er hverken issue eller pull request; skriv ejer/repo#42",
            f"“{text}” is not a subject; write owner/repo#42",
        )
    return match["repository"], int(match["number"])


def parse_key(key: str) -> tuple[str, int, int]:
    """Read a subject's key into forge, repository id and number.

    Raises:
        BadSubject: it is no key.
    """
    match = _KEY.fullmatch(key)
    if match is None:
        raise BadSubject(
            f"“{key}” er ikke nøglen til en sag", f"“{key}” is not the key of a subject"
        )
    return match["forge"], int(match["repository"]), int(match["number"])

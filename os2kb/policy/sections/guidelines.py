"""`guidelines`: the product's contribution guidelines, and which rules hold here."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from os2kb.policy.problem import Unacceptable
from os2kb.policy.rules import Rules
from os2kb.policy.section import Name, Section

_ELSEWHERE = re.compile(r"(?P<repository>[\w.-]+/[\w.-]+):(?P<path>.+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class GuidelineSource:
    """A document that findings cite, or a folder of them, on the default branch.

    Attributes:
        repository: `owner/repo`; empty for the repository that the Policy holds in.
        path: from its root, without a slash at either end.
    """

    repository: str
    path: str

    def __str__(self) -> str:
        return f"{self.repository}:{self.path}" if self.repository else self.path


def read_source(written: str) -> GuidelineSource | None:
    """What a source stands for, `docs/CONTRIBUTING.md` or `owner/repo:path`; None for neither."""
    named = _ELSEWHERE.fullmatch(written)
    repository, path = (named["repository"], named["path"]) if named else ("", written)
    path = path.removeprefix("./").removesuffix("/")
    if ":" in path or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        return None
    return GuidelineSource(repository, path)


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _readable(written: str) -> str:
    if read_source(written) is None:
        raise Unacceptable(
            "Skriv en sti her i repositoriet, for eksempel docs/CONTRIBUTING.md, eller "
            "ejer/navn:sti for et andet af produktets repositories.",
            "Write a path in this repository, for example docs/CONTRIBUTING.md, or "
            "owner/repo:path for another of the product's repositories.",
        )
    return written


_SCHEMA = {"type": "string", "minLength": 1, "maxLength": 200}
Sources = Annotated[
    tuple[Annotated[Name, AfterValidator(_readable)], ...],
    Field(max_length=10),
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [_SCHEMA, {"type": "array", "items": _SCHEMA, "maxItems": 10}]}),
]
"""One source, or several in order."""


class Guidelines(Section):
    """The guidelines, and the rules made of them.

    Attributes:
        source: what findings cite: a document or a folder here, or `owner/repo:path` in another of
            the product's repositories; of several the first that has a paragraph on the matter
    """

    source: Sources = ()
    rules: Rules = Rules()

    @property
    def sources(self) -> tuple[GuidelineSource, ...]:
        """Where the guidelines stand, in the order in which they are looked through."""
        return tuple(found for written in self.source if (found := read_source(written)))

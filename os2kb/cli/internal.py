"""Internal knowledge on the command line: whoever operates an installation may see all of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from index.passages import Language, Visibility
from os2kb.phrases import Phrase

if TYPE_CHECKING:
    from index.search import Index

Internal = Annotated[
    bool, typer.Option("--internal", help="Also what is marked internal, for your eyes only.")
]

_PUBLIC: frozenset[Visibility] = frozenset({"public"})
_INTERNAL: frozenset[Visibility] = frozenset({"internal"})
_LEFT_OUT = Phrase(
    "Interne dokumenter er ikke taget med: {documents}. Med --internal kommer de med.",
    "Internal documents are left out: {documents}. With --internal they take part.",
)


def seen(*, internal: bool) -> frozenset[Visibility]:
    """What a command may show."""
    return _PUBLIC | _INTERNAL if internal else _PUBLIC


def left_out(index: "Index", language: Language, *, internal: bool) -> str:
    """A sentence on the internal documents that take no part; empty where there are none."""
    documents = 0 if internal else index.held(visibility=_INTERNAL).documents
    return _LEFT_OUT.in_language(language).format(documents=documents) if documents else ""

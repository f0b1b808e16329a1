"""Embedders: from text to vectors, behind one small protocol."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, get_args

from index.passages import Visibility

if TYPE_CHECKING:
    from index.embedders.vectors import Vectors

EVERYONE: frozenset[Visibility] = frozenset(get_args(Visibility))


class EmbedderUnavailable(Exception):
    """The model cannot be had, or did not answer in time. The message names the cure."""


class Embedder(Protocol):
    """Turns texts into vectors of length one. Thread-safe once made."""

    @property
    def id(self) -> str:
        """Names the model exactly: vectors of another id are never compared or reused."""

    @property
    def takes(self) -> frozenset[Visibility]:
        """The visibility of the passages it may be given; the others have no dense leg.

        An embedder may be somebody else's service.
        """

    def ready(self) -> None:
        """Read what the first question would have to wait for.

        Raises:
            EmbedderUnavailable: it cannot be read.
        """

    def passages(self, texts: Sequence[str]) -> "Vectors":
        """One row per text; a text without known words is all zeros.

        Raises:
            EmbedderUnavailable: it did not answer.
        """

    def question(self, text: str) -> "Vectors":
        """The vector of a question.

        Raises:
            EmbedderUnavailable: it did not answer in time.
        """

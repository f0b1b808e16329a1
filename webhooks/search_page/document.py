"""A document as the index holds it, line by line. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.passages import Passage


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document.

    Attributes:
        number: 1-based; 0 where nobody knows it.
        gap: whether lines before it are not held, such as those without words.
    """

    number: int
    text: str
    gap: bool


def lines_of(passages: Sequence[Passage]) -> Iterator[Line]:
    """The lines that the passages of one document hold, each once, in order.

    A passage that lost some of its lines to the reading, as embedded images are, has a number at
    its first line alone.
    """
    after = 0
    for passage in passages:
        first, last = passage.lines
        texts = passage.text.rstrip("\n").split("\n")
        exact = len(texts) == last - first + 1
        if last <= after:
            continue  # what overlaps has been shown
        skipped = max(0, after + 1 - first) if exact else 0
        for at, text in enumerate(texts[skipped:], start=first + skipped):
            is_first = at == first + skipped
            number = at if exact or is_first else 0
            yield Line(number, text, is_first and at > after + 1 > 1)
        after = last

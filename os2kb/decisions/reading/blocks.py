"""The blocks of a document, and where each stands."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Only the blocks are wanted, and only the outermost of them.
_PARSER = MarkdownIt("commonmark")
_PARSER.core.ruler.enableOnly(["normalize", "block"])


def parsed(lines: Sequence[str]) -> list[Token]:
    """The blocks of a document, as markdown-it sees them."""
    return _PARSER.parse("\n".join(lines))


class Blocks:
    """The outermost blocks, and the items of the outermost lists, by the line they begin on."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._blocks = [one for one in tokens if one.map and one.level == 0]
        self._starts = [one.map[0] for one in self._blocks if one.map]
        self._items = [
            (one.map[0], one.map[1])
            for one in tokens
            if one.map and one.level == 1 and one.type == "list_item_open"
        ]

    def between(self, first: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Each block's type, first line and the line after it."""
        at = bisect_left(self._starts, first)
        for one in self._blocks[at : bisect_left(self._starts, end)]:
            if one.map:
                yield one.type, one.map[0], one.map[1]

    def items(self, first: int, end: int) -> list[tuple[int, int]]:
        """The items of the list that stands there."""
        at = bisect_left(self._items, (first, 0))
        return self._items[at : bisect_left(self._items, (end, 0))]

"""Blocks: the smallest pieces of a document that are never cut in two without need."""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or code block.

    Attributes:
        first: 0-based number of its first line in the file.
        end: number of the line after its last.
        level: of a heading, 1 the outermost; 0 otherwise.
        title: of a heading, without markup. A heading without title and lines ends what stood
            under the last one of its level: what follows belongs to the heading above.
        anchor: of a heading.
        joined: belongs with the block before it (the first item with its lead-in, the first row
            with its header): no passage starts here if it can be helped.
        context: words that belong to it but stand elsewhere (a row's header cells, an item's
            lead-in): used in analysis where the passage does not hold them itself.
        context_line: the line `context` stands on.
    """

    kind: BlockKind
    first: int
    end: int
    level: int = 0
    title: str = ""
    anchor: str = ""
    joined: bool = False
    context: str = ""
    context_line: int = -1

"""The tree: what GitHub's Markdown and Jira's wiki text have in common, and nothing else.

Text is flat: a line is a row of runs, each with its marks, as in Atlassian's own document format,
so that the same look has one form however the marks were nested.
"""

from dataclasses import dataclass, field
from typing import Literal

from os2kb.backlog.markup.losses import Loss

Mark = Literal["strong", "emphasis", "deleted", "inserted", "superscript", "subscript"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters that look alike.

    Attributes:
        link: the web address that they lead to; empty for none.
        code: they are code.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str = ""
    code: bool = False


Line = tuple[Run, ...]
Text = tuple[Line, ...]
"""Lines with a break between each and the next, as both sites show a line feed."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some lines."""

    text: Text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the highest of six levels."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code; the language is empty where there is none."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list; `done` is None where it is no task."""

    blocks: "tuple[Block, ...]"
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class List:
    """Points, with a bullet or a number each."""

    items: tuple[Item, ...]
    ordered: bool = False


Row = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; `header` is empty where there is none."""

    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block = Paragraph | Heading | Code | Quote | List | Table | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """A text. Two are equal that look alike, whatever was lost on the way.

    Attributes:
        losses: what the text had that the tree does not hold.
    """

    blocks: tuple[Block, ...]
    losses: frozenset[Loss] = field(default=frozenset(), compare=False)

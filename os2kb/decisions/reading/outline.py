"""A document as headings with what stands under them, and the keys that come before it all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from index.reading.front_matter import front_matter
from os2kb.decisions.guard import MARK, is_heading_of_the_log
from os2kb.decisions.reading.blocks import Blocks, parsed
from os2kb.decisions.reading.pairs import Pair, replaced_in, take_pairs
from os2kb.decisions.reading.texts import text_of
from os2kb.decisions.words import name_of

_LOOKED_UNDER = 8  # headings under which the metadata may stand where it does not come first


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the text under it, down to the next; `line` is the heading's, 1-based."""

    heading: str
    line: int
    text: str

    @property
    def name(self) -> str:
        """The heading as it is compared; empty where it is marked as nobody's."""
        return "" if self.heading.endswith(MARK) else name_of(self.heading)


@dataclass(frozen=True, slots=True)
class Outline:
    """A document that tells of one decision.

    Attributes:
        title: its first heading as written, empty for none, and the line of it.
        preamble: what stands before the first section and is no pair.
        pairs: the metadata.
        pairs_under: the heading that the metadata stood under; empty where it came first.
        comments: how many comments of its template were left in it.
        replaces: the first line of a section that says which entries it replaces, with that
            section's heading; it stays in the text.
    """

    front: Mapping[str, object]
    title: str
    title_line: int
    preamble: Part
    pairs: tuple[Pair, ...]
    pairs_under: str
    parts: tuple[Part, ...]
    comments: int
    replaces: tuple[str, Pair] | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    first: int
    end: int


def outline(lines: Sequence[str], offset: int = 0, *, titled: bool = True) -> Outline:
    """The outline of a document, or of a part of one that begins with its own heading.

    Args:
        lines: as `lines_of` gives them.
        offset: of the first among the lines of the file.
        titled: its first heading is its title; that of an issue stands elsewhere.
    """
    front, blanked = front_matter(list(lines)) if not offset else ({}, list(lines))
    tokens = parsed(blanked)
    blocks = Blocks(tokens)
    title, headings = _headings(tokens, titled=titled)
    starts = [one.first for one in headings]
    spans = list(zip(headings, [*starts[1:], len(blanked)], strict=False))
    begins = title.end if title else 0
    first = starts[0] if starts else len(blanked)
    kept = list(blanked)
    pairs = take_pairs(kept, blocks, begins, first, whole=True)
    under = ""
    if not pairs:
        for heading, end in spans[:_LOOKED_UNDER]:
            if pairs := take_pairs(kept, blocks, heading.end, end, whole=False):
                under = heading.text
                break
    preamble, comments = text_of(kept[begins:first])
    parts: list[Part] = []
    replaces: tuple[str, Pair] | None = None
    for heading, end in spans:
        if replaces is None and (told := replaced_in(kept, heading.end, end)):
            replaces = heading.text, replace(told, line=told.line + offset)
        text, dropped = text_of(kept[heading.end : end])
        comments += dropped
        parts.append(Part(heading.text, heading.first + 1 + offset, text))
    return Outline(
        front,
        title.text if title else "",
        (title.first if title else 0) + 1 + offset,
        Part("", begins + 1 + offset, preamble),
        tuple(replace(one, line=one.line + offset) for one in pairs),
        under,
        tuple(parts),
        comments,
        replaces,
    )


def _headings(tokens: Sequence[Token], *, titled: bool) -> tuple[_Heading | None, list[_Heading]]:
    """The title, and the headings that part the document into sections.

    These are the ones a level below the title's, or above; where there are none, the next level.
    One further down counts if it names a part of a decision, unless a text marked it as its own.
    """
    found = [
        _Heading(int(token.tag[1:]), tokens[at + 1].content.strip(), token.map[0], token.map[1])
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    title = found[0] if titled and found and not _is_known(found[0].text) else None
    rest = found[1:] if title else found
    below = (title.level if title else 1) + 1
    depth = below if any(one.level <= below for one in rest) else below + 1
    return title, list(_parting(rest, depth))


def _parting(headings: Sequence[_Heading], depth: int) -> Iterator[_Heading]:
    taken = {name_of(one.text) for one in headings if one.level <= depth}
    beside = depth  # one further down that counts takes those beside it along
    for one in headings:
        if one.level <= depth:
            beside = depth
        elif _is_known(one.text) and name_of(one.text) not in taken:
            beside = max(beside, one.level)
        if one.level <= beside:
            yield one


def _is_known(heading: str) -> bool:
    return not heading.endswith(MARK) and is_heading_of_the_log(heading)

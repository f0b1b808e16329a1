"""A document as headings with what stands under them, and the keys that come before it all."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.reading.front_matter import front_matter
from os2kb.decisions.guard import MARK, REPLACES, fences_in, is_heading_of_the_log, unguarded
from os2kb.decisions.tidy import seen
from os2kb.decisions.words import KEYS_BY_NAME, name_of

# Only the blocks are wanted, and only the outermost of them.
_PARSER = MarkdownIt("commonmark")
_PARSER.core.ruler.enableOnly(["normalize", "block"])
_ITEM = re.compile(r"^ {0,3}[-*+][ ]+")
_PAIRS = (
    re.compile(r"\*\*(?P<key>[^*:]{1,80})\*\*: ?(?P<value>.*)"),
    re.compile(r"(?:\*\*|__)(?P<key>[^*_:]{1,80}?)\s*:?\s*(?:\*\*|__)\s*:?\s*(?P<value>.*)"),
    re.compile(r"(?P<key>[^*:|\[\]()]{1,40}?)\s*:(?!//)\s*(?P<value>.*)"),
)
_ROW = re.compile(r"\s*\|\s*(?P<key>[^|]{1,60}?)\s*\|\s*(?P<value>[^|]*?)\s*\|\s*")
_BOX = re.compile(r"\[(?P<mark>[ xX])\]\s")
_FEWEST_KEYS = 2  # of a list that is taken for the metadata where it does not come first
_LOOKED_UNDER = 8  # headings under which it may stand then


@dataclass(frozen=True, slots=True)
class Pair:
    """`- **Dato**: 2026-05-02`: a key, its value as written, and its 1-based line."""

    key: str
    value: str
    line: int

    @property
    def name(self) -> str:
        """The key as it is compared; empty where it is marked as nobody's."""
        return "" if self.key.endswith(MARK) else name_of(self.key)


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


def lines_of(text: str) -> list[str]:
    """The lines of a text from outside, in which a NUL or a mark of direction is nothing."""
    return seen(text).split("\n")


def parsed(lines: Sequence[str]) -> list[Token]:
    """The blocks of a document, as markdown-it sees them."""
    return _PARSER.parse("\n".join(lines))


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
    pairs = _take_pairs(kept, blocks, begins, first, whole=True)
    under = ""
    if not pairs:
        for heading, end in spans[:_LOOKED_UNDER]:
            if pairs := _take_pairs(kept, blocks, heading.end, end, whole=False):
                under = heading.text
                break
    preamble, comments = text_of(kept[begins:first])
    parts: list[Part] = []
    replaces: tuple[str, Pair] | None = None
    for heading, end in spans:
        if replaces is None and (told := _replaces(kept, heading.end, end)):
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


def _take_pairs(
    lines: list[str], blocks: Blocks, first: int, end: int, *, whole: bool
) -> list[Pair]:
    """The pairs between two lines, which are blanked: a list, a table, or lines of their own."""
    found: list[Pair] = []
    for kind, start, after in blocks.between(first, end):
        if kind == "bullet_list_open":
            taken = list(_items(lines, blocks.items(start, after)))
            known = {one.name for one in taken} & KEYS_BY_NAME.keys()
            if len(known) < _FEWEST_KEYS and not (whole and taken and (known or not found)):
                continue
        elif kind == "paragraph_open":
            taken = list(_lines(lines, start, after))
            if not whole and len({one.name for one in taken}) < _FEWEST_KEYS:
                continue
        else:
            continue
        for one in taken:
            lines[one.line - 1] = ""
        found += taken
        if not whole and found:
            break
    return found


def _items(lines: list[str], items: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Of a list, the items that are pairs on a line; an item of more lines is text."""
    for number, end in items:
        if not _continues(lines, number, end):
            pair = pair_of(_ITEM.sub("", lines[number], count=1), number + 1)
            if pair and not _BOX.match(pair.key):
                yield pair


def _continues(lines: list[str], number: int, end: int) -> bool:
    return any(line.strip() for line in lines[number + 1 : end])


def _lines(lines: list[str], first: int, end: int) -> Iterator[Pair]:
    """Lines with a key that is known: `Date: 2026-05-02`, or a row of a table."""
    for number in range(first, min(end, len(lines))):
        row = _ROW.fullmatch(lines[number])
        pair = (
            Pair(row["key"].strip("* "), value_of(row["value"]), number + 1)
            if row
            else pair_of(lines[number].strip(), number + 1)
        )
        # `| Status | Dato |` is the head of a table.
        if pair and pair.name in KEYS_BY_NAME and not (row and name_of(pair.value) in KEYS_BY_NAME):
            yield pair


def _replaces(lines: Sequence[str], first: int, end: int) -> Pair | None:
    """The first line that says which entries it replaces, outside blocks of code."""
    found = ((n, REPLACES.fullmatch(lines[n])) for n in range(first, end) if ":" in lines[n])
    told = [Pair(match["key"], match["named"], n + 1) for n, match in found if match]
    fences = fences_in(list(lines[first:end]))[0] if told else ()
    coded = {first + n for one in fences for n in range(one.first, one.last + 1)}
    return next((one for one in told if one.line - 1 not in coded), None)


def pair_of(written: str, line: int) -> Pair | None:
    """A line as key and value; None where it is none."""
    for form in _PAIRS:
        if match := form.fullmatch(written):
            return Pair(match["key"].strip(), value_of(match["value"]), line)
    return None


def value_of(written: str) -> str:
    """A value without comments, and without what its writer guarded it by."""
    return unguarded(_without_comments(written)[0]).strip()


def text_of(lines: Sequence[str]) -> tuple[str, int]:
    """A section's text as it was before it was guarded; how many comments were dropped."""
    fences, _ = fences_in(list(lines))
    made: list[str] = []
    at = dropped = 0
    for first, end in [*((one.first, one.last + 1) for one in fences), (len(lines),) * 2]:
        prose, count = _without_comments("\n".join(lines[at:first]))
        made += [prose] if first > at else []
        made += lines[first:end]
        dropped += count
        at = end
    return unguarded("\n".join(made)).strip(), dropped


def _without_comments(text: str) -> tuple[str, int]:
    """Comments that are more than a mark are a template's, and no part of a decision."""
    kept: list[str] = []
    at = dropped = 0
    while (start := text.find("<!--", at)) >= 0:
        if text.startswith(MARK, start):
            kept.append(text[at : start + len(MARK)])
            at = start + len(MARK)
            continue
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[at:start])
        at, dropped = end + 3, dropped + 1
    return "".join(kept) + text[at:], dropped

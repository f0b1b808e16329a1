"""Blocks into passages of a readable length, each under its own heading path."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from index.reading.blocks import Block

SHORT = 80  # words: below this a passage takes in what follows, if it may
LONG = 200  # words: above this a passage ends before the next block
_TOO_LONG = 400  # words: a paragraph above this is cut between words


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage before its document's title, kind and address are known.

    Attributes:
        lines: 1-based, inclusive.
        headings: titles of all headings that stand inside, for analysis.
        context: header cells and lead-ins that stand outside, for analysis.
    """

    lines: tuple[int, int]
    heading: tuple[str, ...]
    anchor: str
    text: str
    headings: tuple[str, ...] = ()
    context: str = ""


@dataclass(slots=True)
class _Draft:
    path: tuple[str, ...]
    anchor: str
    question: bool = False
    blocks: list[Block] = field(default_factory=list)
    words: int = 0
    has_text: bool = False


def outline(blocks: Sequence[Block], title: str = "") -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Line (1-based), heading path and anchor of every heading of a document."""
    stack: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            stack = [*(above for above in stack if above.level < block.level), block]
            path = tuple(above.title for above in stack if above.title and above.title != title)
            yield block.first + 1, path, block.anchor


def chunks(
    blocks: Sequence[Block],
    lines: Sequence[str],
    title: str = "",
    apart: Collection[int] = frozenset(),
) -> list[Chunk]:
    """Cut a document into passages.

    A passage ends at a heading once it has 80 words, and before a block that would take it past
    200. Code and table rows are never cut. A heading that asks a question starts a passage of its
    own, so that a question–answer page gives one passage per question. A top heading that repeats
    the document's title is no part of the heading path.

    Args:
        apart: lines (0-based) of blocks at which a passage begins whatever stands before it.
    """
    made: list[Chunk] = []
    for draft in _drafts(blocks, lines, title, apart):
        if draft.has_text:
            made.extend(_chunk(draft, lines))
    return made


def _drafts(
    blocks: Sequence[Block], lines: Sequence[str], title: str, apart: Collection[int]
) -> Iterator[_Draft]:
    stack: list[Block] = []
    draft = _Draft((), "")
    for block in blocks:
        if block.kind == "heading":
            while stack and stack[-1].level >= block.level:
                stack.pop()
            stack.append(block)
            path = tuple(b.title for b in stack if b.title and b.title != title)
            question = block.title.endswith("?")
            if block.first in apart or _heading_parts(draft, path, question):
                yield draft
                draft = _Draft(path, block.anchor, question)
            if block.end > block.first:
                draft.blocks.append(block)
            continue
        count = sum(len(lines[n].split()) for n in range(block.first, block.end))
        too_long = draft.words + count > LONG and not block.joined
        if draft.has_text and (too_long or block.first in apart):
            yield draft
            draft = _Draft(draft.path, draft.anchor, draft.question)
        draft.blocks.append(block)
        draft.words += count
        draft.has_text = True
    yield draft


def _heading_parts(draft: _Draft, path: tuple[str, ...], question: bool) -> bool:
    """Whether a new heading ends the passage before it."""
    if not draft.has_text:
        # Headings with nothing between them: the deeper one names the passage.
        return True
    inside = path[: len(draft.path)] == draft.path
    if draft.question:
        return not inside or question
    return question or draft.words >= SHORT or not inside


def _chunk(draft: _Draft, lines: Sequence[str]) -> Iterator[Chunk]:
    first, end = draft.blocks[0].first, draft.blocks[-1].end
    held = {number for block in draft.blocks for number in range(block.first, block.end)}
    text = _text(draft.blocks, lines)
    context = {b.context for b in draft.blocks if b.context and b.context_line not in held}
    headings = tuple(b.title for b in draft.blocks if b.kind == "heading" and b.title)
    for piece, piece_lines in _cut(text, (first + 1, end), draft.blocks):
        yield Chunk(
            lines=piece_lines,
            heading=draft.path,
            anchor=draft.anchor,
            text=piece,
            headings=headings,
            context=" ".join(sorted(context)),
        )


def _text(blocks: Sequence[Block], lines: Sequence[str]) -> str:
    """The blocks' lines, blank where noise stood between them, so that each keeps its number."""
    parts: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            parts.append("\n" * (block.first - before.end + 1))
        parts.append("\n".join(line.rstrip() for line in lines[block.first : block.end]))
    return "".join(parts).strip("\n")


def _cut(
    text: str, at: tuple[int, int], blocks: Sequence[Block]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """A passage as it is, or a single over-long paragraph in pieces that end between words."""
    body = [block for block in blocks if block.kind != "heading"]
    cuttable = len(body) == 1 and body[0].kind in ("paragraph", "item")
    if not cuttable or len(text.split()) <= _TOO_LONG:
        yield text, at
        return
    start, first_line = 0, at[0]
    while start < len(text):
        end = _piece_end(text, start)
        piece = text[start:end]
        last_line = min(at[1], first_line + piece.rstrip("\n").count("\n"))
        yield piece.strip(), (first_line, last_line)
        first_line = min(at[1], first_line + piece.count("\n"))
        start = end


def _piece_end(text: str, start: int) -> int:
    """Where a piece of about 200 words ends: after a sentence if one ends in its second half."""
    words = 0
    at = start
    last_stop = -1
    while at < len(text):
        if text[at].isspace() and at > start and not text[at - 1].isspace():
            words += 1
            if words > LONG // 2 and text[at - 1] in ".!?:":
                last_stop = at + 1
            if words >= LONG:
                return last_stop if last_stop > 0 else at + 1
        at += 1
    return at

"""One document: read, masked, parsed and cut into passages."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import attrgetter

from index.danish import words
from index.language import detect, detect_words
from index.masking import mask
from index.passages import Kind, Language, Parsed, Passage, Section, Source, Status
from index.plain import plain
from index.reading.addresses import Addresses, anchor_style
from index.reading.anchors import Anchors, StatedAnchors
from index.reading.asked import Asked, asked_in, wording
from index.reading.blocks import Block
from index.reading.chunking import Chunk, chunks, outline
from index.reading.classify import kind_of
from index.reading.contents import is_converted, suffix_of
from index.reading.decoding import split_lines
from index.reading.formats.markdown import markdown_blocks
from index.reading.formats.noise import without_encoded_runs, without_ids, without_noise
from index.reading.formats.rst import rst_blocks
from index.reading.formats.text import is_plain, text_blocks
from index.reading.front_matter import front_matter
from index.reading.standing.entries import Decided, at, decisions_on
from index.reading.standing.stated import date_of, status_of, successor_of

_LEAST_WORDS_TO_DETECT = 12  # shorter passages take the document's language
# Characters of a title or a heading. Every passage below carries it, so that the work of a document
# would grow with its square; what is beyond still stands in the text.
_LONGEST_HEADING = 300
_LONGEST_CONTEXT = 2_000  # likewise, of a table's head or a list's lead-in
_LINE = attrgetter("line")
_PATH_LANGUAGE = re.compile(r"(?:^|[/_.-])(?P<lang>da|en)(?=[/.])")


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says about itself, with its blocks. `lines` are without noise, one for one.

    Attributes:
        successor: what took its place, as it names it.
        decided: the decisions that it holds, where it holds several.
    """

    path: str
    title: str
    kind: Kind
    lang: Language
    status: Status
    date: str
    successor: str
    decided: tuple[Decided, ...]
    asked: tuple[Asked, ...]
    wording: str
    searchable: bool
    addresses: Addresses
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]


def parse(text: str, path: str, source: Source) -> Document:
    """Read a document's structure. Personal data is masked before anything else is looked at.

    Args:
        text: what `index.reading.contents.text_of` gave.
        path: its suffix tells the format.
    """
    front, lines = front_matter(split_lines(mask(text)))
    cleaned, found = _read(lines, path, source)
    blocks = tuple(
        replace(block, title=block.title[:_LONGEST_HEADING].strip()) if block.title else block
        for block in found
    )
    title = _title(front, blocks, path)[:_LONGEST_HEADING].strip()
    kind = kind_of(path, front, title, source.kind)
    decided = decisions_on(blocks, cleaned) if kind == "decision" else ()
    # What the first of several says of itself holds for no other.
    about = () if decided else cleaned
    return Document(
        path=path,
        title=title,
        kind=kind,
        lang=_language(front, path, source, cleaned),
        status=status_of(path, front, title, about),
        date=date_of(path, front, title, about),
        successor=successor_of(front, about),
        decided=decided,
        asked=asked_in(front),
        wording=wording(front),
        searchable=front.get("search_exclude") is not True,
        addresses=Addresses(source, path, front),
        blocks=blocks,
        lines=tuple(cleaned),
    )


def _read(lines: list[str], path: str, source: Source) -> tuple[list[str], Sequence[Block]]:
    """A document's lines without noise, one for one, and its blocks."""
    if suffix_of(path) == ".rst":
        cleaned = without_encoded_runs(lines)
        return cleaned, rst_blocks(cleaned)
    if suffix_of(path) == ".txt" and is_plain(lines):
        cleaned = without_encoded_runs(lines)
        return cleaned, text_blocks(cleaned)
    if is_converted(path):
        cleaned = without_ids(without_encoded_runs(lines))
        return cleaned, markdown_blocks(cleaned, lines, StatedAnchors())
    cleaned = without_ids(without_noise(lines))
    return cleaned, markdown_blocks(cleaned, lines, Anchors(anchor_style(source)))


def passages(text: str, path: str, source: Source) -> list[Parsed]:
    """The passages of one document, with what analysis needs beside them."""
    return cut(parse(text, path, source), source)


def cut(document: Document, source: Source) -> list[Parsed]:
    """The passages of a document that has been parsed; none where it is not to be searched."""
    if not document.searchable:
        return []
    repeats: Counter[tuple[str, ...]] = Counter()
    sections = _sections(document)
    put = (*(question.text for question in document.asked), document.wording)
    asked = "\n".join(filter(None, put))
    made = []
    apart = frozenset(one.line for one in document.decided)
    for chunk in chunks(document.blocks, document.lines, document.title, apart):
        shown = plain(chunk.text)
        if shown == document.title or not _says_something(shown, chunk):
            continue
        number = repeats[chunk.heading]
        repeats[chunk.heading] += 1
        made.append(
            Parsed(
                passage=_passage(document, chunk, shown, source, number, sections),
                plain=shown,
                headings=" ".join(chunk.headings),
                context=chunk.context[:_LONGEST_CONTEXT],
                asked=asked,
            )
        )
    return made


def _says_something(shown: str, chunk: Chunk) -> bool:
    """Whether there is a word beyond the headings: noise may have been all there was."""
    return len(words(shown)) > sum(len(words(heading)) for heading in chunk.headings)


def _passage(
    document: Document,
    chunk: Chunk,
    shown: str,
    source: Source,
    number: int,
    sections: tuple[Section, ...],
) -> Passage:
    first = bisect_left(sections, chunk.lines[0], key=_LINE)
    after = bisect_right(sections, chunk.lines[1], key=_LINE)
    decided = at(document.decided, chunk.lines[0] - 1)
    status = decided.status or document.status if decided else document.status
    named = decided.successor if decided else document.successor
    identity = "\n".join((source.name, document.path, *chunk.heading, str(number)))
    return Passage(
        id=sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        source=source.name,
        path=document.path,
        lines=chunk.lines,
        title=document.title,
        heading=chunk.heading,
        anchor=chunk.anchor,
        text=chunk.text,
        url=document.addresses.address(chunk.anchor, chunk.lines),
        product=source.product,
        kind=document.kind,
        lang=_passage_language(shown, document.lang),
        status=status,
        visibility=source.visibility,
        date=(decided.date if decided else "") or document.date,
        successor=named if status == "superseded" else "",
        sections=sections[first:after],
    )


def _sections(document: Document) -> tuple[Section, ...]:
    headings = list(outline(document.blocks, document.title))
    ends = [*(line - 1 for line, _, _ in headings[1:]), len(document.lines)]
    return tuple(
        Section(line, heading, anchor, document.addresses.address(anchor, (line, end)))
        for (line, heading, anchor), end in zip(headings, ends, strict=False)
    )


def _passage_language(shown: str, otherwise: Language) -> Language:
    found = words(shown)
    if len(found) < _LEAST_WORDS_TO_DETECT:
        return otherwise
    return detect_words(found, otherwise, danish_letters=any(c in shown for c in "æøåÆØÅ"))


def _title(front: Mapping[str, object], blocks: Sequence[Block], path: str) -> str:
    stated = front.get("title") or front.get("name")
    if isinstance(stated, str | int | float) and plain(str(stated)):
        return plain(str(stated))
    headings = [block for block in blocks if block.kind == "heading" and block.title]
    if headings and headings[0].level == min(block.level for block in headings):
        return headings[0].title
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join(name.replace("_", " ").replace("-", " ").split()) or path


def _language(
    front: Mapping[str, object], path: str, source: Source, lines: Sequence[str]
) -> Language:
    stated = str(front.get("lang") or front.get("language") or "").lower()[:2]
    if stated == "da" or stated == "en":
        return "da" if stated == "da" else "en"
    if source.language is not None:
        return source.language
    from_path: Language = "da"
    if match := _PATH_LANGUAGE.search(path.lower()):
        from_path = "da" if match["lang"] == "da" else "en"
    return detect("\n".join(lines)[:20_000], from_path)

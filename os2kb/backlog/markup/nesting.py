"""A line's marks within each other, as languages with opening and closing signs need them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from os2kb.backlog.markup.document import Line, Mark, Run
from os2kb.backlog.markup.lines import plain

_Key = Mark | Literal["link"]
_ORDER: tuple[Mark, ...] = (
    "strong",
    "emphasis",
    "deleted",
    "inserted",
    "superscript",
    "subscript",
)


@dataclass(frozen=True, slots=True)
class Span:
    """Pieces under one mark, or within one link.

    Attributes:
        link: where they lead; empty where it is a mark.
        before: the character before them; empty at the start of the line.
        after: the one behind; empty at its end.
        outermost: no other span that this one stands in begins or ends where it does.
        first: their own first character.
        last: their own last one.
    """

    inside: "tuple[Piece, ...]"
    mark: Mark | None
    link: str
    before: str
    after: str
    outermost: bool
    first: str
    last: str


Piece = Span | Run


def nested(line: Line) -> tuple[Piece, ...]:
    """The line's runs within spans, the longest span outermost; none has spaces at its ends."""
    apart = tuple(piece for run in line for piece in _spaces_apart(run))
    return tuple(_pieces(apart, plain(line), 0, frozenset()))


def _spaces_apart(run: Run) -> Iterator[Run]:
    """Where one span ends within another, the space between would begin a third."""
    if not (run.marks or run.link) or run.code:
        yield run
        return
    words = run.text.strip()
    before, _, after = run.text.partition(words) if words else (run.text, "", "")
    yield from (replace(run, text=text) for text in (before, words, after) if text)


def _pieces(runs: Line, text: str, start: int, edges: frozenset[int]) -> Iterator[Piece]:
    at = 0
    while at < len(runs):
        if runs[at].text == " ":
            yield Run(" ")
            at, start = at + 1, start + 1
            continue
        key, end = max(
            ((one, _extent(runs, at, one)) for one in _keys(runs[at])),
            key=lambda found: found[1],
            default=(None, at + 1),
        )
        while runs[end - 1].text == " ":
            end -= 1
        inside = runs[at:end]
        stop = start + sum(len(run.text) for run in inside)
        if key is None:
            yield runs[at]
        else:
            bare = tuple(_without(run, key) for run in inside)
            yield Span(
                inside=tuple(_pieces(bare, text, start, edges | {start, stop})),
                mark=None if key == "link" else key,
                link=runs[at].link if key == "link" else "",
                before=text[start - 1 : start],
                after=text[stop : stop + 1],
                outermost=not edges & {start, stop},
                first=text[start : start + 1],
                last=text[stop - 1 : stop],
            )
        at, start = end, stop


def _keys(run: Run) -> Iterator[_Key]:
    if run.link:
        yield "link"
    yield from (mark for mark in _ORDER if mark in run.marks)


def _extent(runs: Line, at: int, key: _Key) -> int:
    end = at + 1
    while end < len(runs) and (
        runs[end].link == runs[at].link if key == "link" else key in runs[end].marks
    ):
        end += 1
    return end


def _without(run: Run, key: _Key) -> Run:
    return replace(run, link="") if key == "link" else replace(run, marks=run.marks - {key})

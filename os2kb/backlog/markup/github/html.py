"""HTML in Markdown: what has a counterpart is read, of the rest only the text."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from os2kb.backlog.markup.document import Line, Mark, Run, Text
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.markup.seen import web_address

MARK_TAGS: Mapping[str, Mark] = {
    "strong": "strong", "b": "strong",
    "em": "emphasis", "i": "emphasis",
    "del": "deleted", "s": "deleted", "strike": "deleted",
    "ins": "inserted", "u": "inserted",
    "sup": "superscript",
    "sub": "subscript",
}  # fmt: skip
_CODE_TAGS = ("code", "kbd", "samp", "tt")
_LINES = (
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "details",
    "ul", "ol", "table", "hr", "blockquote", "pre",
)  # fmt: skip
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>")
_ATTRIBUTE = re.compile(
    r"([A-Za-z-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]{1,2000}))"
)
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<[!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_PIECE = re.compile(r"(<[A-Za-z/][^<>]*>|\n)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that stands for something by itself."""

    name: str
    attributes: Mapping[str, str]


@dataclass(slots=True)
class Tags:
    """The tags that are open."""

    open: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def marks(self) -> frozenset[Mark]:
        """What they say of the text."""
        return frozenset(MARK_TAGS[name] for name in self.open if name in MARK_TAGS)

    @property
    def code(self) -> bool:
        """Whether the text is code."""
        return any(name in _CODE_TAGS for name in self.open)

    @property
    def link(self) -> str:
        """Where the text leads."""
        return next(filter(None, self.links), "")

    def read(self, written: str, losses: set[Loss]) -> Tag | None:
        """Open or close a tag, or give the one that stands by itself."""
        match = _TAG.fullmatch(written)
        if match is None:
            if not written.startswith("<!--"):
                losses.add("html")
            return None
        name = match["name"].lower()
        attributes = _attributes(match["rest"]) if name in ("a", "img") else {}
        if name in ("br", "img"):
            return Tag(name, attributes)
        if name == "a":
            self._anchor(attributes, closes=bool(match["close"]))
        elif name not in MARK_TAGS and name not in _CODE_TAGS:
            losses.add("html")
        elif not match["close"]:
            if len(self.open) < len(MARK_TAGS):  # no more can say anything new
                self.open.append(name)
        elif name in self.open:
            self.open.remove(name)
        return None

    def _anchor(self, attributes: Mapping[str, str], *, closes: bool) -> None:
        if not closes:
            self.links = [web_address(attributes.get("href", ""))]
        else:
            self.links = []


def html_text(written: str, losses: set[Loss]) -> Text:
    """The text of a block of HTML, a line for each of its blocks."""
    shown = _UNREAD.sub("", written)
    tags = Tags()
    lines: list[Line] = []
    line: list[Run] = []
    for piece in _PIECE.split(shown):
        match = _TAG.fullmatch(piece)
        name = match["name"].lower() if match else ""
        if piece == "\n" or name in _LINES:
            lines.append(tuple(line))
            line = []
        if match is None:
            if piece.strip():
                line.append(_run(html.unescape(piece), tags))
            continue
        tag = tags.read(piece, losses)
        if tag is not None and tag.name == "img":
            losses.add("image")
            link = web_address(tag.attributes.get("src", ""))
            text = tag.attributes.get("alt", "").strip() or link
            line.append(Run(text, tags.marks, tags.link or link))
    return (*lines, tuple(line))


def _run(text: str, tags: Tags) -> Run:
    return Run(text, tags.marks, tags.link, tags.code)


def _attributes(written: str) -> Mapping[str, str]:
    return {
        name.lower(): html.unescape(next(filter(None, values), ""))
        for name, *values in _ATTRIBUTE.findall(written)
    }

"""The inside of a paragraph of Markdown as lines of runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from os2kb.backlog.markup.document import Line, Mark, Run, Text
from os2kb.backlog.markup.github.html import Tags
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.markup.seen import web_address

_MARKS: Mapping[str, Mark] = {"strong": "strong", "em": "emphasis", "s": "deleted"}


@dataclass(slots=True)
class InlineReader:
    """Reads the children of one token.

    Attributes:
        losses: what could not be held so far.
    """

    losses: set[Loss]
    lines: list[Line] = field(default_factory=list)
    line: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: Tags = field(default_factory=Tags)

    def text(self, tokens: Iterable[Token]) -> Text:
        """The lines."""
        for token in tokens:
            self._token(token)
        return (*self.lines, tuple(self.line))

    def _token(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self._add(token.content)
            case "code_inline":
                self._add(token.content, code=True)
            case "softbreak" | "hardbreak":
                self._break()
            case "strong_open" | "em_open" | "s_open":
                self.marks.append(_MARKS[token.tag])
            case "strong_close" | "em_close" | "s_close":
                self.marks.remove(_MARKS[token.tag])
            case "link_open":
                self._link(str(token.attrGet("href") or ""))
            case "link_close":
                self.links.pop()
            case "image":
                self.losses.add("image")
                self._image(token.content, str(token.attrGet("src") or ""))
            case "footnote_ref":
                self.losses.add("footnote")
                self._add(f"[{token.meta['id'] + 1}]")
            case "html_inline":
                self._html(token.content)
            case _:
                self._add(token.content)

    def _add(self, text: str, *, code: bool = False, link: str = "") -> None:
        link = next(filter(None, (*self.links, self.tags.link, link)), "")
        marks = frozenset((*self.marks, *self.tags.marks))
        self.line.append(Run(text, marks, link, code or self.tags.code))

    def _break(self) -> None:
        self.lines.append(tuple(self.line))
        self.line = []

    def _link(self, address: str) -> None:
        if not web_address(address):
            self.losses.add("link")
        self.links.append(web_address(address))

    def _image(self, shown: str, address: str) -> None:
        link = web_address(address)
        if not link:
            self.losses.add("link")
        self._add(shown.strip() or address, link=link)

    def _html(self, written: str) -> None:
        tag = self.tags.read(written, self.losses)
        if tag is None:
            return
        if tag.name == "br":
            self._break()
        elif tag.name == "img":
            self.losses.add("image")
            self._image(tag.attributes.get("alt", ""), tag.attributes.get("src", ""))

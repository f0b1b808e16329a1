"""Markdown from documents as HTML that can do nothing: text, lists, tables and links."""

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

Leads = Callable[[str], str]
"""Where a link of the text leads from the page; empty for nowhere."""

LONGEST = 200_000  # characters of one text that are shown
_HIGHEST = 3  # the page's own headings stand above those of a text
_SCHEMES = frozenset({"http", "https", "mailto"})
# Raw HTML is text here. What a text may nest is bounded by the preset.
_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
# Brackets of a quote are escaped in an answer, and a link is followed by its address.
_CITED = re.compile(r"\[(\d{1,3})\](?!\()")


def _cited(state: StateInline, silent: bool) -> bool:
    found = _CITED.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("cited", "a", 0).content = found[1]
    state.pos = found.end()
    return True


def _render_cited(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    number = tokens[at].content  # digits
    return f'<a class="cited" href="#source-{number}">[{number}]</a>'


_WITH_CITATIONS = MarkdownIt("commonmark", {"html": False})
_WITH_CITATIONS.inline.ruler.before("link", "cited", _cited)
_WITH_CITATIONS.add_render_rule("cited", _render_cited)


def html_of(text: str, leads: Leads) -> Markup:
    """The text as HTML. Images become links, so that looking at a page asks nobody else."""
    return _html(_PARSER, text, leads)


def answer_html(text: str) -> Markup:
    """An answer as HTML: the number of a citation leads to `#source-1` on the same page."""
    return _html(_WITH_CITATIONS, text, str)


def _html(parser: MarkdownIt, text: str, leads: Leads) -> Markup:
    tokens = parser.parse(text[:LONGEST])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(_HIGHEST, int(token.tag[1]) + 1))}"
        if token.children:
            token.children = list(_linked(token.children, leads))
    # Safe by construction: the renderer escapes all text, and addresses are looked at above.
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704


def safe_address(address: str) -> str:
    """The address where a reader may be sent there; empty for one that could do something else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme:
        return address if parts.scheme.lower() in _SCHEMES else ""
    return address if address.startswith("/") and not address.startswith("//") else ""


def _linked(tokens: Sequence[Token], leads: Leads) -> Iterator[Token]:
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = safe_address(leads(str(token.attrGet("href") or "")))
            open_links.append(bool(address))
            if address:
                token.attrs = _attributes(address)
                yield token
        elif token.type == "link_close":
            if open_links.pop():
                yield token
        elif token.type == "image":
            yield from _picture(token, leads, linked=any(open_links))
        else:
            yield token


def _picture(image: Token, leads: Leads, *, linked: bool) -> Iterator[Token]:
    address = safe_address(leads(str(image.attrGet("src") or "")))
    text = Token("text", "", 0, content=image.content or address)
    if not address or linked:
        yield text
        return
    yield Token("link_open", "a", 1, attrs=_attributes(address))
    yield text
    yield Token("link_close", "a", -1)


def _attributes(address: str) -> dict[str, str | int | float]:
    return {"href": address, "rel": "nofollow noopener"}

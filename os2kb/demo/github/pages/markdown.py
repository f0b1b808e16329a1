"""Markdown from anybody, as safe HTML: what people write, and files as pages.

Raw HTML is not passed through: comments vanish, a few tags without attributes are let stand, and
everything else is shown as the text it is. Images become links, so that looking at a page asks
nobody else for anything.
"""
# ruff: noqa: ARG002 (the library calls these methods, with arguments of its own)

import html
import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from index.reading.anchors import Anchors

_LET_STAND = "details|summary|mark|kbd|sub|sup|br"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<lines>(?:.*\n)*?)---[ \t]*(?:\r?\n|\Z)")
# A key at the margin, and its value with the lines below that belong to it.
_FRONT_MATTER_KEY = re.compile(
    r"^(?P<key>[^\s:#-][^:\n]*):(?P<value>.*(?:\n[ \t-].*)*)", re.MULTILINE
)
_TAG = re.compile(rf"(</?(?:{_LET_STAND})>)")


class _Renderer(RendererHTML):
    """HTML, but for raw HTML and images. The signatures are the library's."""

    def html_block(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: EnvType,
    ) -> str:
        """A block of raw HTML."""
        return _only_let_stand(tokens[idx].content)

    def html_inline(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: EnvType,
    ) -> str:
        """A raw tag within text."""
        return _only_let_stand(tokens[idx].content)

    def image(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: EnvType,
    ) -> str:
        """An image, as a link to it."""
        address = html.escape(str(tokens[idx].attrGet("src") or ""))
        text = html.escape(tokens[idx].content or "billede")
        return f'<a href="{address}" rel="nofollow noopener">{text}</a>'

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A link, which vouches for nothing."""
        tokens[idx].attrSet("rel", "nofollow noopener")
        return self.renderToken(tokens, idx, options, env)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}, renderer_cls=_Renderer)
    return parser.enable(["table", "strikethrough"])


def _name_headings(state: StateCore) -> None:
    """Give every heading the id that links to it use; before its text is parsed."""
    anchors = Anchors()
    for heading, inline in pairwise(state.tokens):
        if heading.type == "heading_open" and (name := anchors.anchor(inline.content)):
            heading.attrSet("id", name)


_PARSER = _parser()
_PAGE_PARSER = _parser()
_PAGE_PARSER.core.ruler.after("block", "heading_ids", _name_headings)


def render(text: str | None) -> Markup:
    """Markdown as HTML that is safe to place in a page."""
    # Safe by construction: the renderer escapes text and lets only bare, listed tags stand.
    return Markup(_PARSER.render(text or ""))  # noqa: S704


def render_page(text: str) -> Markup:
    """A Markdown file as HTML: its front matter folded away, its headings with ids."""
    match = _FRONT_MATTER.match(text)
    facts = _front_matter(match["lines"]) if match else Markup("")
    body = text[match.end() :] if match else text
    return facts + Markup(_PAGE_PARSER.render(body))  # noqa: S704 - as in `render`


def _front_matter(lines: str) -> Markup:
    """A small table of the keys. Only shown, so YAML is not interpreted."""
    rows = [(row["key"], row["value"].strip()) for row in _FRONT_MATTER_KEY.finditer(lines)]
    shown = Markup("").join(
        Markup("<tr><th>{}</th><td>{}</td></tr>\n").format(key, value) for key, value in rows
    )
    return Markup(
        "<details><summary>Oplysninger om dokumentet</summary>\n"
        "<table><tbody>\n{}</tbody></table></details>\n"
    ).format(shown)


def _only_let_stand(raw: str) -> str:
    parts = _TAG.split(_COMMENT.sub("", raw))
    return "".join(part if _TAG.fullmatch(part) else html.escape(part) for part in parts)

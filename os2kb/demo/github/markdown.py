"""Markdown from anybody, as safe HTML.

Raw HTML is not passed through: comments vanish, a few tags without attributes are let stand, and
everything else is shown as the text it is. Images become links, so that looking at a page asks
nobody else for anything.
"""
# ruff: noqa: ARG002 (the library calls these methods, with arguments of its own)

import html
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

_LET_STAND = "details|summary|mark|kbd|sub|sup|br"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
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


_PARSER = MarkdownIt("commonmark", {"html": True}, renderer_cls=_Renderer).enable(
    ["table", "strikethrough"]
)


def render(text: str | None) -> Markup:
    """Markdown as HTML that is safe to place in a page."""
    # Safe by construction: the renderer escapes text and lets only bare, listed tags stand.
    return Markup(_PARSER.render(text or ""))  # noqa: S704


def _only_let_stand(raw: str) -> str:
    parts = _TAG.split(_COMMENT.sub("", raw))
    return "".join(part if _TAG.fullmatch(part) else html.escape(part) for part in parts)

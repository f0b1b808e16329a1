"""GitHub's Markdown as a document. A line feed breaks the line, as GitHub shows it in issues."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from os2kb.backlog.markup.document import (
    Block,
    Code,
    Document,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Row,
    Rule,
    Run,
    Table,
    Text,
)
from os2kb.backlog.markup.github.html import html_text
from os2kb.backlog.markup.github.inline import InlineReader
from os2kb.backlog.markup.lines import one_line
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.markup.normal import normal
from os2kb.backlog.markup.seen import seen

_MOST_BRACKETS = 1_000
_BRACKET = re.compile(r"\\.|\[", re.DOTALL)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    # An address is judged, and written in one form, in one place for both languages: `normal`.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.core.ruler.before("inline", "many_brackets", _without_links)
    return parser


def _without_links(state: StateCore) -> None:
    """Takes brackets for text where there are very many in one paragraph.

    The parser looks for the end of each to the end of the paragraph, which takes minutes then.
    """
    for token in state.tokens:
        if token.type == "inline" and token.content.count("[") > _MOST_BRACKETS:
            token.content = _BRACKET.sub(_escaped, token.content)


def _escaped(found: re.Match[str]) -> str:
    return "\\[" if found[0] == "[" else found[0]


_PARSER = _parser()


def read_markdown(text: str) -> Document:
    """A text of GitHub in its normal form.

    Args:
        text: anything.
    """
    losses: set[Loss] = set()
    tokens = _PARSER.parse(seen(text))
    blocks = _Reader(tokens, losses).blocks("")
    return normal(Document(tuple(blocks), frozenset(losses)))


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens once."""

    tokens: Sequence[Token]
    losses: set[Loss]
    at: int = 0
    footnotes: list[str] = field(default_factory=list)

    def blocks(self, until: str) -> list[Block]:
        """The blocks up to a token, which is passed over."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            found += self._block(token)
        return found

    def _block(self, token: Token) -> list[Block]:
        match token.type:
            case "inline":
                return [Paragraph(self._text(token))]
            case "heading_open":
                inside = self.blocks("heading_close")
                text = inside[0].text if inside and isinstance(inside[0], Paragraph) else ()
                return [Heading(int(token.tag[1:]), one_line(text))]
            case "fence" | "code_block":
                return [Code(token.content, token.info)]
            case "blockquote_open":
                return [Quote(tuple(self.blocks("blockquote_close")))]
            case "bullet_list_open" | "ordered_list_open":
                return [self._list(token)]
            case "table_open":
                return [self._table()]
            case "hr":
                return [Rule()]
            case "html_block":
                return [Paragraph(html_text(token.content, self.losses))]
            case "footnote_open":
                return self._footnote(token)
            case _:
                return []

    def _text(self, token: Token) -> Text:
        return InlineReader(self.losses).text(token.children or ())

    def _list(self, opened: Token) -> List:
        ordered = opened.type == "ordered_list_open"
        if ordered and opened.attrGet("start") not in (None, 1):
            self.losses.add("numbering")
        close = opened.type.replace("open", "close")
        items: list[Item] = []
        while self.tokens[self.at].type != close:
            self.at += 1  # the item's own opening
            items.append(Item(tuple(self.blocks("list_item_close"))))
        self.at += 1
        return List(tuple(items), ordered)

    def _table(self) -> Table:
        rows: list[Row] = []
        cells: list[Text] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type in ("th_open", "td_open"):
                cells.append(self._text(self.tokens[self.at]))
                if token.attrGet("style"):
                    self.losses.add("alignment")
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self.at += 1
        return Table(rows[0], tuple(rows[1:]))

    def _footnote(self, opened: Token) -> list[Block]:
        self.losses.add("footnote")
        blocks = self.blocks("footnote_close")
        number = Run(f"[{opened.meta['id'] + 1}] ")
        if blocks and isinstance(blocks[0], Paragraph) and blocks[0].text:
            first, *rest = blocks[0].text
            return [Paragraph(((number, *first), *rest)), *blocks[1:]]
        return [Paragraph(((number,),)), *blocks]

"""Markdown from outside, written again with only what may stand in our comments.

Paragraphs, lists, emphasis, code and line breaks stay. Headings become bold lines; images, and
links unless they are asked for, leave their text; HTML leaves nothing. Every piece of text is
neutralised.
"""

import re
from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from os2kb.governance.harmless.neutralise import (
    SPLIT,
    Markdown,
    code_span,
    head,
    neutralise,
    safe_address,
    scrub,
)
from os2kb.governance.harmless.withheld import withhold

_PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
_NUMBER = re.compile(r"\\\[(\d{1,2})\\\]")
_WORDS = ("text", "text_special", "code_inline", "image")
_EMPHASIS = {"strong_open": "**", "strong_close": "**", "em_open": "*", "em_close": "*"}


def safe_markdown(text: str, limit: int = 20_000, *, links: bool = False) -> Markdown:
    """The text's own structure with everything that reaches beyond our comment taken out.

    Args:
        text: Markdown from outside.
        limit: characters of it that are read.
        links: links to the web stay, for a text whose writer answers for them.
    """
    tokens = _PARSER.parse(scrub(head(text, limit))[:limit])
    lines: list[str] = []
    lists: list[int | None] = []  # the next number of each list around, None of a bulleted one
    fresh = heading = False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lines += [] if lists else [""]
                bulleted = token.type == "bullet_list_open"
                lists.append(None if bulleted else int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                fresh = True
            case "heading_open" | "heading_close":
                heading = token.type == "heading_open"
            case "inline":
                shown = _inline(token.children or (), links=links)
                shown = f"**{shown}**" if heading and shown else shown
                lines += _placed(shown, lists, fresh=fresh)
                fresh = False
            case "fence" | "code_block":
                lines += _block(token.content)
            case _:
                continue
    return Markdown("\n".join(lines).strip("\n"))


def numbered(markdown: Markdown, addresses: Sequence[str]) -> Markdown:
    """The same with each `[n]` leading to the n-th address, where there is one."""

    def linked(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        target = safe_address(addresses[place]) if 0 <= place < len(addresses) else ""
        return f"[\\[{found[1]}\\]]({target})" if target else found[0]

    return Markdown(_NUMBER.sub(linked, markdown))


def quoted(text: str, limit: int) -> Markdown:
    """The text as a block quote."""
    lines = safe_markdown(text, limit).split("\n")
    return Markdown("\n".join(f"> {line}".rstrip() for line in lines))


def _placed(shown: str, lists: list[int | None], *, fresh: bool) -> list[str]:
    if not shown:
        return []
    if not lists:
        return ["", *shown.split("\n")]
    indent = "".join(" " * len(_mark(number)) for number in lists[:-1])
    number = lists[-1]
    mark = _mark(number)
    below = indent + " " * len(mark)
    if not fresh:
        return [below + line for line in shown.split("\n")]
    if number is not None:
        lists[-1] = number + 1
    first, *rest = shown.split("\n")
    return [f"{indent}{mark}{first}", *(below + line for line in rest)]


def _mark(number: int | None) -> str:
    return "- " if number is None else f"{number}. "


def _inline(children: Sequence[Token], *, links: bool) -> str:
    words = "".join(child.content for child in children if child.type in _WORDS)
    if withhold(words) != words:  # what it holds was hidden by its markup
        return neutralise(words, 5_000)
    pieces: list[str] = []
    target = ""  # links do not nest
    for child in children:
        if child.type in ("text", "text_special", "image"):
            pieces.append(_spaced(child.content))
        elif child.type == "code_inline":
            pieces.append(code_span(child.content, 1_000))
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif child.type == "link_open" and links:
            target = safe_address(str(child.attrGet("href")))
            pieces.append("[" if target else "")
        elif child.type == "link_close" and links:
            pieces.append(f"]({target})" if target else "")
        else:
            pieces.append(_EMPHASIS.get(child.type, ""))
    return "\n".join(line.strip() for line in _apart(pieces).split("\n") if line.strip())


def _apart(pieces: Iterable[str]) -> str:
    """One after the other; code spans that touched would end elsewhere, and let out what they hold.

    That is how HTML between them, which leaves nothing, would bring a mention about.
    """
    shown = ""
    joined: list[str] = []
    for piece in filter(None, pieces):
        if shown.endswith("`") and piece.startswith("`"):
            joined.append(SPLIT)
        joined.append(shown := piece)
    return "".join(joined)


def _spaced(text: str) -> str:
    """Neutralised, with the spaces around it kept: it may stand between two other pieces."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + neutralise(text, 5_000) + after


def _block(content: str) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return ["", fence, *content.rstrip("\n").split("\n"), fence, ""]

"""Markup taken off: what a reader would see, for analysis, snippets and headings."""

import html
import re
import unicodedata

from index.reading.formats.mermaid import readable

# Every repetition is bounded, so that no document can make the work grow with its square.
_IMAGE = re.compile(r"!\[([^\]]{0,500})\](?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])?")
_LINK = re.compile(
    r"(?<!\\)\[([^\]]{0,500})\]"
    r"(?:\(\s?[^()\s]{0,2000}(?:\([^()]{0,200}\)[^()\s]{0,200}){0,3}(?:\s[\"'][^)]{0,300})?\)"
    r"|\[[^\]]{0,200}\])"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]*\S.*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)([^>\s]{0,1000})>")
_TAG = re.compile(r"</?[a-zA-Z][\w-]{0,30}(?:\s[^<>]{0,1000})?/?>")
_RST_ROLE = re.compile(r":[a-z][\w:+-]{0,60}:`([^`]{0,300})`")
_RST_LINK = re.compile(r"`([^`<]{1,300}?)\s*<[^`>]{0,500}>`__?")
_MARKED = re.compile(r"^\[[^\W\d_]{2,10}\]\s+(?=\S)")
_RULE = re.compile(r"^[ \t]*+[|+:=~^\"*_. \t-]{3,}+$", re.MULTILINE)
_LINE_START = re.compile(
    r"^[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)+", re.MULTILINE
)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_FENCED = re.compile(
    r"^[ \t]*(`{3,}+|~{3,}+)(.*)\n((?:.*\n){0,1000}?)[ \t]*\1[`~]*[ \t]*$", re.MULTILINE
)
_FENCE = re.compile(r"^[ \t]*(?:```+|~~~+).*$", re.MULTILINE)
_ADMONITION = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?|:::)[ \t]*\w*[ \t]*", re.MULTILINE)
_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+[\w:-]+::[ \t]*", re.MULTILINE)
_STRONG = re.compile(r"(?<!\\)(\*\*\*|\*\*|__|~~)(?=\S)(.{1,500}?)(?<=\S)\1", re.DOTALL)
_IN_PARAGRAPH = r"(?:[^{0}\n]|\n(?!\s*\n)){{0,300}}?"
_STARRED = re.compile(rf"(?<![\w*\\])\*(?=[^\s*])({_IN_PARAGRAPH.format('*')}[^\s*\\])\*(?![\w*])")
_UNDERSCORED = re.compile(
    rf"(?<![\w_\\])_(?=[^\s_])({_IN_PARAGRAPH.format('_')}[^\s_\\])_(?![\w_])"
)
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.{1,500}?)(?<!`)\1(?!`)", re.DOTALL)
# Private-use characters stand in for code while all else is looked at; documents lose theirs.
_STAND_IN = re.compile(r"\ue000(\d{1,9})\ue001")
_PRIVATE = str.maketrans("", "", "\ue000\ue001\ue002")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
# Controls that could hide or turn round what a reader sees (https://www.unicode.org/reports/tr9/).
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


# A line without a sign that could be markup, as most are: it takes a tenth of the time.
_WORDS_ALONE = re.compile(r"[^\W_](?:[ ,.;()/%§]|[^\W_])*")


def plain(text: str) -> str:
    """The words of Markdown or reStructuredText without their markup, on one line.

    Links keep their text, images their description, tables their cells (parted by ` · `), code its
    characters, Mermaid diagrams what they say. The result is composed (NFC). It may hold `<` and
    `&` as text: escape it before it becomes HTML.
    """
    if _WORDS_ALONE.fullmatch(text):
        return unicodedata.normalize("NFC", " ".join(text.split()))
    code: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        code.append(match[2].replace("\\|", "|"))
        return f"\ue000{len(code) - 1}\ue001"

    def stand_in_for_block(match: re.Match[str]) -> str:
        drawn = match[2].strip().lower() == "mermaid"
        code.append(readable(match[3]) if drawn else match[3].replace("\\|", "|"))
        return f"\ue000{len(code) - 1}\ue001"

    text = _FENCED.sub(stand_in_for_block, _QUOTED.sub("", text.translate(_PRIVATE)))
    text = _FENCE.sub("", text)
    text = _RST_LINK.sub(r"\1", _RST_ROLE.sub(r"\1", text))
    text = _CODE.sub(stand_in, text)
    text = _DEFINITION.sub("", text)
    text = _RULE.sub("", text)
    text = _ADMONITION.sub("", _DIRECTIVE.sub("", text))
    text = _LINE_START.sub("", text)
    if "](" in text or "][" in text or "![" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _TAG.sub(" ", _AUTOLINK.sub(r"\1", text))
    text = _STRONG.sub(r"\2", text)
    text = _UNDERSCORED.sub(r"\1", _STARRED.sub(r"\1", text))
    text = html.unescape(_ESCAPE.sub(r"\1", text.replace("\\|", "\ue002")))
    text = _STAND_IN.sub(lambda match: code[int(match[1])], _cells(text).replace("\ue002", "|"))
    return unicodedata.normalize("NFC", " ".join(_CONTROLS.sub("", text).split()))


def _cells(text: str) -> str:
    """Table rows as their cells, parted by a dot in the middle."""
    rows = []
    for line in text.split("\n"):
        if line.count("|") >= 2 and line.lstrip().startswith("|"):
            cells = [" ".join(cell.split()) for cell in line.strip().strip("|").split("|")]
            line = " · ".join(cell for cell in cells if cell)
        rows.append(line)
    return "\n".join(rows)


def untagged(heading: str) -> str:
    """A heading without the letters that some logs put before it: `[ODR] To godkendelser`."""
    return _MARKED.sub("", heading)

"""Questions that stand in a document without being headings."""

import re

from index.plain import plain

_BOLD = re.compile(r"(\*\*|__)(?P<text>[^*_]{3,300}\?[^*_?]{0,3})\1[ \t:]*")
_LABEL = r"(?:\*\*|__)?(?:{0})[ \t]*\d{{0,3}}[ \t]*(?:[:.](?:\*\*|__)?|(?:\*\*|__)[:.])[ \t]*"
_ASKED = re.compile(
    _LABEL.format("spørgsmål|spm|question|q") + r"(?P<text>\S.{2,300})", re.IGNORECASE
)
_MARKER = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")


def question_of(line: str) -> str:
    """The question that a whole line asks: a bold one, or one after `Spørgsmål:`; else empty."""
    text = line.strip()[:400]
    if match := _BOLD.fullmatch(text):
        return plain(match["text"])
    if (match := _ASKED.fullmatch(text)) and "?" in match["text"]:
        return plain(match["text"])
    return ""


def question_of_item(line: str) -> str:
    """The question that a list item's first line asks, without its number; else empty."""
    match = _MARKER.match(line)
    text = plain(line[match.end() :][:400]) if match else ""
    return text if text.endswith("?") and len(text) > 3 else ""

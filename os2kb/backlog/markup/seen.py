"""What of a text a reader can see, and where it leads."""

import re
from urllib.parse import quote

_BROKEN = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
# Controls, marks of direction, characters without width and tags that hide a text; the joiner
# that holds the parts of an emoji together stays.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_OUR_MARKER = re.compile(r"<!-- os2kb:[^<>]{0,200}-->")
# What means something in one of the languages, or has no place in an address.
_NOT_IN_ADDRESS = re.compile(r"[^\w.~:/?#@!$&'()*+,;=%-]")
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_LONGEST = 2_000  # characters of an address
BARE_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])https?://(?![/?#])[^\s<>\[\]{}|\\^`\"\0]{1,2000}", re.IGNORECASE
)
"""An address that stands in a text; `trimmed` says where it ends."""


def seen(text: str) -> str:
    """The text as a reader sees it, its lines ended by line feeds, without our own markers."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    return _BROKEN.sub("\N{REPLACEMENT CHARACTER}", _OUR_MARKER.sub("", text))


def web_address(written: str) -> str:
    """The address as both languages can hold it; empty where it leads to no page on the web."""
    written = seen(written).strip()
    if not _WEB.match(written) or len(written) > _LONGEST:
        return ""
    return _NOT_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), written)


def trimmed(address: str) -> str:
    """A bare address without the punctuation of its sentence.

    A closing bracket belongs to it where it holds the opening one.
    """
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in ".,;:!?'*_~" or (address[end - 1] == ")" and unopened > 0)):
        end -= 1
        unopened -= address[end] == ")"
    return address[:end]

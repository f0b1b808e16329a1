"""Text as a Decision holds it: nothing unseen in it, no CPR number, no secret."""

import re

from index.masking import MASKED_SECRET, SECRET, mask_cpr, may_hold_secret

_LONGEST_LINE = 2_000  # characters of what stands on one line, such as a title
_SHORTEST = 10  # characters of a CPR number; a secret beside its name is no shorter
# Controls, marks of direction, characters without width and the tags that can hide a text. The
# joiner that parts of an emoji are held together by stays.
_UNSEEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
UNSEEN = re.compile(f"[{_UNSEEN}]")
_BROKEN = re.compile("[\ud800-\udfff]")
_SEPARATORS = re.compile("[\u2028\u2029]")
_ODD = re.compile(f"[{_UNSEEN}\ud800-\udfff\u2028\u2029]")  # any of them; most texts hold none


def seen(text: str) -> str:
    """The text with line feeds alone ending its lines, and only with what a reader can see."""
    if not _ODD.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return _BROKEN.sub("\ufffd", _SEPARATORS.sub(" ", UNSEEN.sub("", text)))


def tidy(text: str) -> str:
    """Some lines of Markdown, without blank ones around them."""
    lines = [line if line.strip() else "" for line in seen(text).split("\n")]
    return _withheld("\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The same on a single line, and not without end."""
    line = _withheld(" ".join(seen(text).split()))
    return _withheld(line[:_LONGEST_LINE].strip()).strip()


def _withheld(text: str) -> str:
    if len(text) < _SHORTEST:
        return text
    masked = mask_cpr(text)
    return SECRET.sub(MASKED_SECRET, masked) if may_hold_secret(masked) else masked

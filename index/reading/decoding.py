"""Bytes into text and lines."""

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 8192  # bytes in which a zero tells that the file is no text
# Share of characters that no text holds, above which it is none: any bytes at all are Windows-1252,
# while few but text are UTF-8.
_STRANGE_IN_1252, _STRANGE = 0.01, 0.3
# Controls but for white space and the escape that begins a colour; what could not be decoded.
_UNUSUAL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")

# What steers a terminal, turns text round, or cannot be encoded (a byte that is no UTF-8).
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Unreadable(ValueError):
    """A file that holds no text the index can read. The message is the reason for the report."""


def decode(raw: bytes) -> str:
    """A file's text: what its byte order mark says, else UTF-8, else Windows-1252.

    Older Danish files are written in Windows-1252, and Windows itself saves UTF-16 with a mark.

    Raises:
        Unreadable: it is binary.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if raw.startswith(mark)), "")
    if b"\0" in raw[:_LOOKED_AT] and not encoding.startswith(("utf-16", "utf-32")):
        raise Unreadable("binary file")
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise Unreadable(f"begins as {encoding.upper()} text and is none") from None
        text = raw.decode("cp1252", "replace")
        if _strange(text) > _STRANGE_IN_1252:
            raise Unreadable("neither UTF-8 nor Windows-1252 text") from None
    if _strange(text) > _STRANGE:
        raise Unreadable("binary file")
    return text.replace("\0", "")


def _strange(text: str) -> float:
    """The share of characters that no text holds."""
    return len(_UNUSUAL.findall(text)) / max(1, len(text))


def printable(name: str) -> str:
    """A file's name, or what another program wrote, as a report and a terminal can show it."""
    return _STEERING.sub("?", name)


def split_lines(text: str) -> list[str]:
    """Lines as editors and forges count them: only LF, CRLF and CR end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

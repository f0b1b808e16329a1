"""Files of a log, whatever format they are in."""

import re
from collections.abc import Sequence

from index.reading.decoding import Unreadable, decode
from os2kb.decisions.entry import Entry, Format
from os2kb.decisions.reading.document import read_document
from os2kb.decisions.reading.log import is_log, read_log
from os2kb.decisions.reading.page import read_page
from os2kb.decisions.reading.texts import lines_of

_ON_A_PAGE = re.compile(r" {0,3}[-*+] +(?:\*\*|__)?(?:beslutning|decision)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"^#+ (?:context|decision|consequences)\b|^date:", re.IGNORECASE)


def read_file(path: str, raw: bytes | str) -> tuple[Entry, ...]:
    """The decisions in a file: none, one, or all of a page."""
    try:
        text = decode(raw) if isinstance(raw, bytes) else raw
    except Unreadable:
        return ()
    lines = lines_of(text)
    if is_log(lines) and (found := read_log(lines, path)):
        return found
    if any(map(_ON_A_PAGE.match, lines)) and (found := read_page(lines, path)):
        return found
    entry = read_document(lines, _format(lines), path)
    return (entry,) if entry else ()


def read_issue(title: str, body: str, *, certain: bool = False) -> Entry | None:
    """The decision that an issue tells of, by the log's template or a form.

    Args:
        title: the issue's.
        body: the same.
        certain: it tells of one, however little it says.
    """
    return read_document(lines_of(body), "issues", title=title, certain=certain)


def _format(lines: Sequence[str]) -> Format:
    return "adr" if sum(bool(_ENGLISH.match(line)) for line in lines) > 1 else "files"

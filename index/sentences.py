"""Sentences of a passage, verbatim."""

import re
from collections.abc import Iterator

# A sentence ends at . ! ? before white space and something that can begin one. Abbreviations,
# ordinals and initials end in a full stop too.
_END = re.compile(r"(?<=[.!?])[*_\"”»)\]]{0,3}[ \t]+(?=[\"“«(\[*_`]{0,3}[A-ZÆØÅ0-9])")
_NOT_AN_END = re.compile(
    r"(?:\b(?:bl\.a|f\.eks|fx|jf|ca|nr|pkt|stk|evt|inkl|ekskl|mht|vedr|osv|m\.v|m\.m|o\.l|dvs|kl|tlf|"
    r"e\.g|i\.e|etc|vs|cf|approx|no|st|dr|mr|ms|[A-ZÆØÅ])|(?<![\d.])\d{1,2})\.$"
)
_BLANK = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d+[.)])[ \t]+\S")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
_MACHINERY = re.compile(r"[ \t]*(?:```|~~~|[|+:=~^-]{3,}|\|?[ :|-]+\|[ :|-]*$)")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, list item and table row; headings and rules left out.

    `text[start:end]` is the file's own characters, over several lines where the sentence is.
    """
    for start, end in _units(text):
        yield from _split(text, start, end)


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Spans of lines that belong together: a paragraph, an item, a row."""
    start: int | None = None
    at = 0
    in_code = False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        fence = line.lstrip().startswith(("```", "~~~"))
        apart = _HEADING.match(line) or _is_rule(line) or fence or in_code
        underlined = bool(line.strip()) and _is_rule(following) and not _ROW.match(line)
        if not line.strip() or apart or underlined or _ITEM.match(line) or _ROW.match(line):
            if start is not None:
                yield start, at
            start = None
        if line.strip() and not apart and not underlined and start is None:
            start = at
        if fence:
            in_code = not in_code
        at += len(line) + 1
    if start is not None:
        yield start, len(text)


def _is_rule(line: str) -> bool:
    return bool(_MACHINERY.match(line)) and not any(c.isalnum() for c in line)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    if not _ROW.match(text[start:end].rstrip("\n")):
        for match in _END.finditer(text.replace("\n", " "), start, end):
            if _NOT_AN_END.search(text[max(begin, match.start() - 8) : match.start()]):
                continue
            yield from _stripped(text, begin, match.end())
            begin = match.end()
    yield from _stripped(text, begin, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    kept = piece.strip()
    if kept:
        yield start + left, start + left + len(kept)

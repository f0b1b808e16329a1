"""A decision's text in a file of the log: it reads the same there, and does nothing.

GitHub, kramdown and Liquid each read such a file. An empty HTML comment splits what one of them
would act on (`@<!-- -->ida`, `{<!-- -->{ site.x }}`, `<<!-- -->script>`), so that nobody is
mentioned, no issue is referred to or closed, no tag and no template runs, and no line of the text
is taken for a heading of the log. Who opens the page does not see it. `unguarded` takes it out
again: the comment itself is split where a text holds it, so nothing is lost.

Lines of a fenced block of code stay as they are, but for Liquid, which looks into them, too.
"""

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from os2kb.decisions.words import KEYS_BY_NAME, TEXTS_BY_NAME, name_of

MARK = "<!-- -->"

_FENCE = re.compile(r"(?P<indent> {0,3})(?P<run>`{3,}|~{3,})(?P<info>.*)", re.DOTALL)
_INFO = re.compile(r" ?[\w+#.-]{0,30} *")
# Letters and digits before a name make it none; an underscore may be emphasis, and does not.
_NO_LETTER = r"(?<![A-Za-z0-9])"
_CLOSES_ISSUES = rf"{_NO_LETTER}[cfr](?=(?:lose[sd]?|ix(?:e[sd])?|esolve[sd]?)[*_~]{{0,3}}:?\s{{1,5}}<?https?://)"
# Within an address nothing acts, and a comment would break it. It must be one to GitHub, too.
_ADDRESS = (
    rf"{_NO_LETTER}https?://(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}[A-Za-z]{{2,24}}(?::\d{{1,5}})?"
    r"(?![A-Za-z0-9.:@-])(?:[/?#][^\s<>(){}\[\]\"'`|\\]{0,2000})?"
)
_REACHES_OUT = re.compile(
    r"(?<!\\)\[(?P<text>[^\[\]<>`\\\n]{0,300})\]\((?P<to>[^\s()<>{}`\\]{1,1000})\)"
    rf"|{_CLOSES_ISSUES}"
    rf"|<https?://[^\s<>`{{}}\\]{{1,2000}}>|{_ADDRESS}"
    r"|&#(?:58|42);"
    rf"|{_NO_LETTER}@(?=[A-Za-z0-9])|#(?=\d)|{_NO_LETTER}gh(?=-\d)"
    r"|<(?=[A-Za-z/!?])|\{(?=[{%:])|\](?=[(:])",
    re.IGNORECASE,
)
_IN_CODE = re.compile(r"\{(?=[{%])|<(?=!-- -->)")
_TARGET = re.compile(r"[(:]\s{0,20}<?(?P<target>[^\s)>]{0,2000})")
_SCHEME = re.compile(r"[^/?#]*?:")
_SAFE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_ENTRY = (
    r"(?:(?:[A-Za-z]{2,4}[ -]?)?#?\d{1,9}|\[[^\]\[]{1,200}\]\([^()\s]{1,300}\)|[\w.-]{1,100}\.md)"
)
REPLACES = re.compile(
    r" {0,3}(?:[-*+] +)?(?:\*\*|__)?(?P<key>erstatter|afløser|supersedes|replaces)"
    r"(?:\*\*|__)? ?:(?:\*\*|__)? *"
    rf"(?P<named>{_ENTRY}(?:(?:, ?| og | and ){_ENTRY}){{0,20}})[ .]*",
    re.IGNORECASE,
)
"""A line of a text that says which entries its decision replaces, and nothing else."""
_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?:[ ]+(?P<name>.*))?")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *")


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code that every reader of Markdown sees alike; lines are 0-based.

    Attributes:
        first: the line that opens it.
        last: the line that closes it.
        raw: nothing within needs a guard: it stands by itself at the margin.
    """

    first: int
    last: int
    raw: bool


def guarded(text: str, depth: int = 2) -> str:
    """The text as it may stand in a file.

    Args:
        text: tidy Markdown.
        depth: headings of this level, and those above it, are the log's own.
    """
    lines = text.split("\n")
    fences, after = fences_in(lines)
    made: list[str] = []
    at = 0
    for fence in fences:
        inside = lines[fence.first + 1 : fence.last]
        made += _prose(lines[at : fence.first], depth, fenced=True)
        made.append(lines[fence.first])
        made += _code(inside) if fence.raw else _prose(inside, depth, fenced=True)
        made.append(lines[fence.last])
        at = fence.last + 1
    made += _prose(lines[at:after], depth, fenced=True)
    made += _prose(lines[after:], depth, fenced=False)
    return "\n".join(made)


def guarded_line(text: str) -> str:
    """What stands on a line of its own, behind a key or in a heading."""
    return _REACHES_OUT.sub(_split, text)


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text.replace(MARK, "")


def is_heading_of_the_log(name: str) -> bool:
    """Whether a heading names a part of a decision."""
    named = name_of(name)
    return named in TEXTS_BY_NAME or named in KEYS_BY_NAME or named == "metadata"


def fences_in(lines: list[str]) -> tuple[list[Fence], int]:
    """The blocks of code, and the line after which nothing is taken for one any more.

    The first fence that is not closed as it was opened ends the search: readers of Markdown part
    ways there.
    """
    found: list[Fence] = []
    closing = _closing_lines(lines)
    at = 0
    while at < len(lines):
        opened = _FENCE.fullmatch(lines[at])
        if opened is None:
            at += 1
            continue
        last = _closed_at(lines, at, opened, closing)
        if last is None:
            return found, at
        alone = at == 0 or not lines[at - 1].strip()
        found.append(Fence(at, last, raw=alone and not opened["indent"]))
        at = last + 1
    return found, len(lines)


def _closing_lines(lines: list[str]) -> deque[int]:
    """The numbers of lines that can close a fence."""
    return deque(
        number
        for number, line in enumerate(lines)
        if (match := _FENCE.fullmatch(line)) and not match["info"].strip()
    )


def _closed_at(lines: list[str], at: int, opened: re.Match[str], closing: deque[int]) -> int | None:
    run, indent = opened["run"], opened["indent"]
    if not _INFO.fullmatch(opened["info"]):
        return None
    while closing and closing[0] <= at:
        closing.popleft()
    for last in closing:
        match = _FENCE.fullmatch(lines[last])
        if match is None or match["run"][0] != run[0] or len(match["run"]) < len(run):
            continue
        alike = match["run"] == run and match["indent"] == indent
        kept = all(not one or one.startswith(indent) for one in lines[at + 1 : last])
        return last if alike and kept else None
    return None


def _code(lines: list[str]) -> list[str]:
    return (
        _IN_CODE.sub(lambda found: found[0] + MARK, "\n".join(lines)).split("\n") if lines else []
    )


def _prose(lines: list[str], depth: int, *, fenced: bool) -> list[str]:
    """Lines that are no code; where fences are not trusted, they are split, too."""
    if not lines:
        return []
    split = guarded_line("\n".join(lines)).split("\n")
    return list(_structure(split, depth, fenced=fenced))


def _structure(lines: list[str], depth: int, *, fenced: bool) -> Iterator[str]:
    above = ""
    for line in lines:
        yield _no_structure(line, above, depth, fenced=fenced)
        above = line.strip()


def _no_structure(line: str, above: str, depth: int, *, fenced: bool) -> str:
    if heading := _HEADING.fullmatch(line):
        if len(heading["level"]) <= depth:
            return line.replace("#", "#" + MARK, 1)
        return line + MARK if is_heading_of_the_log(heading["name"] or "") else line
    if above and _UNDERLINE.fullmatch(line):
        start = len(line) - len(line.lstrip()) + 1
        return line[:start] + MARK + line[start:]
    if replaces := REPLACES.fullmatch(line):
        return line[: replaces.end("key")] + MARK + line[replaces.end("key") :]
    if not fenced and (fence := _FENCE.fullmatch(line)):
        start = len(fence["indent"]) + 1
        return line[:start] + MARK + line[start:]
    return line


def _split(found: re.Match[str]) -> str:
    what = found[0]
    if found["to"]:
        text, to = guarded_line(found["text"]), found["to"]
        safe = _leads_to_the_web(found.string, found.start("to") - 1)
        return f"[{text}]({to})" if safe else f"[{text}]{MARK}({guarded_line(to)})"
    if len(what) > 1 and (what[0] in "<&" or what[:4].lower() == "http"):
        return what
    if what == "]" and _leads_to_the_web(found.string, found.end()):
        return what
    return what + MARK


def _leads_to_the_web(text: str, at: int) -> bool:
    """Whether a link leads to a page, and not to a script."""
    match = _TARGET.match(text, at)
    target = html.unescape(match["target"]) if match else ""
    target = re.sub(r"[\\\x00-\x20]", "", target)
    scheme = _SCHEME.match(target)
    return bool(target) and (scheme is None or bool(_SAFE.match(target)))

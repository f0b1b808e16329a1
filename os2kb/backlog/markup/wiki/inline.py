"""A line of Jira's wiki text as runs."""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from os2kb.backlog.markup.document import Line, Mark, Run
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.markup.seen import BARE_ADDRESS, trimmed, web_address
from os2kb.backlog.markup.wiki.emoticons import PATTERN as EMOTICON
from os2kb.backlog.markup.wiki.emoticons import picture

WITHHELD = "[…]"
SOMEBODY = "@…"
_MARKS: Mapping[str, Mark] = {
    "*": "strong",
    "_": "emphasis",
    "-": "deleted",
    "+": "inserted",
    "^": "superscript",
    "~": "subscript",
    "??": "emphasis",
}
_TOKEN = re.compile(
    rf"""
      (?P<break>\\\\)
    | \\(?P<escaped>[!-/:-@\[\]^-`{{-~])
    | \{{\{{(?P<code>(?:[^\\{{}}]|\\.|\\$|\{{(?!\{{)|\}}(?!\}}))+)\}}\}}
    | \[(?P<link>(?:[^\[\]\\]|\\.)+)\]
    | !(?P<image>https?://[^\s!|]{{1,2000}}|[^\s!|][^!|]{{0,200}}\.\w{{2,5}})(?:\|[^!]{{0,200}})?!
    | (?P<address>(?i:{BARE_ADDRESS.pattern}))
    | \0(?P<block>\d+)\0
    | \{{(?P<brace>[*_+^~-])\}}
    | (?<![^\W_])(?P<emoticon>{EMOTICON})(?![^\W_])
    | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<phrase>\?\?|[*_+^~-])
    | (?P<text>(?:[^\\{{\[!\0(:;&?*_+^~hH-]|[hH](?!ttps?://))+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PART = re.compile(r"(?:[^\\|]|\\.|\\$)*", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[\]^-`{-~])|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,32});)")


@dataclass(frozen=True, slots=True)
class _Token:
    """Something of a line: runs and breaks (`None`), or a sign that may open or close a mark."""

    runs: tuple[Run | None, ...] = ()
    sign: str = ""
    opens: bool = False
    closes: bool = False


@dataclass(slots=True)
class InlineReader:
    """Reads lines.

    Attributes:
        people: user of Jira, as a mention names them, to login on GitHub.
        blocks: what stands for each block of code and quote that was taken out of the text.
        losses: what could not be held so far.
    """

    people: Mapping[str, str]
    blocks: list[str]
    losses: set[Loss] = field(default_factory=set)

    def lines(self, written: str) -> list[Line]:
        """The lines of a line: two backslashes break it."""
        tokens = list(self._tokens(written))
        found: list[Line] = []
        line: list[Run] = []
        for run in _runs(tokens, 0, len(tokens), _closings(tokens), frozenset()):
            if run is None:
                found.append(tuple(line))
                line = []
            else:
                line.append(run)
        return [*found, tuple(line)]

    def _tokens(self, written: str) -> Iterator[_Token]:
        at = 0
        while at < len(written):
            match = _TOKEN.match(written, at)
            assert match is not None  # noqa: S101 - its last branch takes any character
            end = match.end()
            kind = match.lastgroup or ""
            if kind == "link":
                runs = self._link(match["link"])
                if runs is None:
                    runs, end = (Run("["),), at + 1
                yield _Token(runs)
            elif kind == "address":
                address = trimmed(_ENTITY.split(match[0], maxsplit=1)[0])
                end = at + max(len(address), 1)
                yield _Token((Run(written[at:end]),))
            elif kind in ("phrase", "brace"):
                yield _sign(written, match, kind)
            else:
                yield _Token(self._run(kind, match))
            at = end

    def _run(self, kind: str, match: re.Match[str]) -> tuple[Run | None, ...]:
        text = match[kind]
        match kind:
            case "break":
                return (None,)
            case "code":
                return (Run(_unescaped(text), code=True),)
            case "image":
                return (self._image(text),)
            case "block":
                self.losses.add("table")
                return (Run(self.blocks[int(text)], code=True),)
            case "emoticon":
                return (Run(picture(text)),)
            case "entity":
                return (Run(html.unescape(text)),)
            case _:
                return (Run(text),)

    def _image(self, target: str) -> Run:
        if address := web_address(target):
            self.losses.add("image")
            return Run(address, link=address)
        self.losses.add("attachment")
        return Run(WITHHELD)

    def _link(self, inside: str) -> tuple[Run | None, ...] | None:
        """What stands in brackets; None where it is no link, and the brackets are text."""
        parts = [part for part in _PART.findall(inside) if part][:3]
        target = parts[1].strip() if len(parts) > 1 else parts[0].strip() if parts else ""
        if target.startswith("~"):
            return (Run(self._person(target[1:])),)
        if target.startswith("^"):
            self.losses.add("attachment")
            return (Run(WITHHELD),)
        address = web_address(target)
        mail = target.lower().startswith("mailto:")
        if not address and not mail and not (len(parts) > 1 and target.startswith("#")):
            return None
        if not address:
            self.losses.add("link")
        if len(parts) == 1:
            return (Run(target[7:] if mail else address, link=address),)
        shown = [run for line in self.lines(parts[0]) for run in (*line, Run(" "))]
        if not any(run.text.strip() for run in shown):
            shown = [Run(target), Run(" ")]
        return tuple(replace(run, link=address) for run in shown[:-1])

    def _person(self, name: str) -> str:
        name = name.strip()
        login = self.people.get(name) or self.people.get(name.removeprefix("accountid:"))
        if login:
            return f"@{login}"
        self.losses.add("mention")
        return SOMEBODY


def _sign(written: str, match: re.Match[str], kind: str) -> _Token:
    sign = match[kind]
    runs = (Run(match[0]),)
    if kind == "brace":
        return _Token(runs, sign, opens=True, closes=True)
    before = written[match.start() - 1 : match.start()]
    after = written[match.end() : match.end() + 1]
    opens = not before.isalnum() and bool(after.strip()) and after != sign
    closes = bool(before.strip()) and not after.isalnum()
    return _Token(runs, sign, opens, closes)


def _closings(tokens: list[_Token]) -> Mapping[str, list[int]]:
    """Where each sign can close, in order."""
    found: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        if token.closes:
            found.setdefault(token.sign, []).append(at)
    return found


def _runs(
    tokens: list[_Token],
    at: int,
    end: int,
    closings: Mapping[str, list[int]],
    marks: frozenset[Mark],
) -> Iterator[Run | None]:
    """The runs between two places. Nothing in a mark opens it again, so the depth is bounded."""
    while at < end:
        token = tokens[at]
        close = _close(token, at, end, closings) if token.opens else None
        if close is None or _MARKS[token.sign] in marks:
            yield from (run and replace(run, marks=run.marks | marks) for run in token.runs)
            at += 1
        else:
            yield from _runs(tokens, at + 1, close, closings, marks | {_MARKS[token.sign]})
            at = close + 1


def _close(token: _Token, at: int, end: int, closings: Mapping[str, list[int]]) -> int | None:
    """The first place after this one that closes it, before a break."""
    places = closings.get(token.sign, [])
    found = bisect_left(places, at + 2)
    return places[found] if found < len(places) and places[found] < end else None


def _unescaped(code: str) -> str:
    return _ESCAPED.sub(lambda found: found[1] or html.unescape(found[2]), code)

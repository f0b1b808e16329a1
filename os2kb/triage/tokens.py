"""From an issue to the tokens it is judged by, in blocks of their own.

No block knows a language, a project or a type: what a token means is learned.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.danish import fold

_READ = 20_000  # characters of a body; what follows is logs
_PROSE = 1_500
_BEGINNING = 400
_LINES = 300

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LINK = re.compile(r"https?://\S+")
_WORD = re.compile(r"\w+|[?!]")
_DIGITS = re.compile(r"\d+")
_FIELD = re.compile(r"(.{2,40}?)[:?]")
_PREFIX = re.compile(r"\s*(\[[^\]]{1,40}\]|[\w ]{2,25}:)")
_STACK = re.compile(r"Traceback|^\s+at .+:\d+|0x[0-9a-f]{6}|\.\w{1,4}\"?[:,] ?(?:line )?\d+", re.M)
_FAULT = re.compile(r"error|exception|crash|fail|segfault|assert|fejl|virker ikke")
_HEADING = re.compile(r"^#+ ", re.MULTILINE)
_VERSION = re.compile(r"\b\d+\.\d+\.\d+")
_IMAGE = re.compile(r"!\[|<img")
_NUMBER = re.compile(r"#\d+")
_MENTION = re.compile(r"(?<!\w)@\w")

Tokens = list[str]


@dataclass(frozen=True, slots=True)
class Block:
    """One way to read an issue.

    Attributes:
        weight: how much its likeness counts beside the others'.
        least: how many issues must hold a token for it to be learned.
        damped: weighed by TF-IDF; else each token counts the same.
    """

    tokens: Callable[[str, str], Tokens]
    weight: float = 1.0
    least: int = 2
    damped: bool = True


def own_words(body: str) -> str:
    """A body without comments, with code and links told by a word."""
    text = _COMMENT.sub(" ", body[:_READ].replace("\r", ""))
    return _LINK.sub(" linkhere ", _CODE.sub(" codeblock ", text))


def prose(body: str, most: int = _PROSE) -> str:
    """A body's own words, folded."""
    return fold(own_words(body))[:most]


def words(text: str) -> Tokens:
    """Words and pairs of words; question and exclamation marks are words."""
    found = _WORD.findall(text)
    return [*found, *(f"{one} {two}" for one, two in pairwise(found))]


def grams(text: str, shortest: int, longest: int) -> Tokens:
    """Runs of characters inside each word, its edges as spaces: endings and parts of compounds."""
    found: Tokens = []
    for word in text.split():
        edged = f" {word[:60]} "
        for size in range(shortest, longest + 1):
            found += (edged[at : at + size] for at in range(max(1, len(edged) - size + 1)))
    return found


def lines(body: str) -> Tokens:
    """Whole lines, digits as 0, and what stands before a colon: headings and fields of forms."""
    found: Tokens = []
    for line in fold(body[:_READ]).replace("\r", "").split("\n")[:_LINES]:
        shaped = _DIGITS.sub("0", line.strip())
        if 3 <= len(shaped) <= 120:
            found.append(shaped)
        if field := _FIELD.match(shaped):
            found.append(f"field {field[1]}")
    return found


def shape(title: str, body: str) -> Tokens:
    """How an issue is built: lengths, code, traces, pictures, how the title begins and ends."""
    body = body[:_READ]
    said, heading = prose(body, 4_000), title.lower().split()
    return [
        *_steps("length", len(body), (60, 120, 240, 480, 960, 1920, 3840, 7680, 15360)),
        *_steps("title", len(heading), (3, 5, 7, 9)),
        *_steps("questions", said.count("?"), (0, 1, 2, 4)),
        *_steps("code", len(_CODE.findall(body)), (0, 1, 2)),
        *_steps("headings", len(_HEADING.findall(body)), (0, 2, 5)),
        *_steps("links", len(_LINK.findall(body)), (0, 3)),
        *(name for name, there in _signs(title, body, said).items() if there),
        *_edges(title, heading, said),
    ]


def _signs(title: str, body: str, said: str) -> Mapping[str, object]:
    return {
        "asks": title.rstrip().endswith("?"),
        "asks inside": "?" in title,
        "trace": _STACK.search(body),
        "fault": _FAULT.search(f"{title.lower()} {said}"),
        "picture": _IMAGE.search(body),
        "checked": "- [x]" in body.lower(),
        "unchecked": "- [ ]" in body,
        "version": _VERSION.search(body),
        "unanswered": "_No response_" in body,
        "capital": title[:1].isupper(),
        "code in title": "`" in title,
        "number": _NUMBER.search(body),
        "mention": _MENTION.search(said),
    }


def _edges(title: str, heading: Sequence[str], said: str) -> Iterator[str]:
    if prefix := _PREFIX.match(title.lower()):
        yield "prefixed"
        yield f"prefix {prefix[1]}"
    if heading:
        yield f"first {heading[0][:40]}"
        yield f"firsts {' '.join(heading[:2])[:60]}"
        yield f"last {heading[-1][-8:]}"
    yield f"begins {' '.join(_WORD.findall(said[:200])[:2])}"


def _steps(name: str, count: int, steps: Sequence[int]) -> Iterator[str]:
    return (f"{name} > {step}" for step in steps if count > step)


BLOCKS: Mapping[str, Block] = {
    "title words": Block(lambda title, _: words(fold(title)), least=1),
    "title grams": Block(lambda title, _: grams(fold(title), 2, 5)),
    "words": Block(lambda _, body: words(prose(body))),
    "grams": Block(lambda _, body: grams(prose(body), 3, 5), least=3),
    "beginning": Block(lambda _, body: words(prose(body, _BEGINNING)), least=1),
    "end": Block(lambda _, body: words(prose(body, _READ)[-_BEGINNING:]), weight=0.5),
    "lines": Block(lambda _, body: lines(body), weight=0.5, least=3),
    "shape": Block(shape, weight=0.5, least=1, damped=False),
}

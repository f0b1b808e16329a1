"""One page with all decisions: headings of years and products, and a list of keys for each.

A list that says what was decided, and when or by whom, is a decision. Its title is the heading
right above it where that is deep (`####`) or reads as a decision's (`[SDR] …`); other headings are
a year's or a product's. Without a title, the decision's first words are it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.plain import plain
from os2kb.decisions.entry import Entry
from os2kb.decisions.guard import MARK, unguarded
from os2kb.decisions.reading.blocks import Blocks, parsed
from os2kb.decisions.reading.headings import Heading, heading_of
from os2kb.decisions.reading.pairs import pair_of
from os2kb.decisions.reading.parts import Reading, entry_of, take_text, take_value
from os2kb.decisions.reading.texts import text_of, value_of
from os2kb.decisions.words import KEYS_BY_NAME, TEXTS_BY_NAME, name_of

NO_DATE = "Uden dato"

_KEY = re.compile(r"[-*+] +\*\*(?P<key>[^*:]+)\*\*:(?: (?P<value>.*))?")
_BULLET = re.compile(r" {0,3}[-*+] +")
_ESCAPED = re.compile(r"&(?P<amps>(?:amp;)*)#(?P<code>58|42);")
_DEEP = 4
_WORDS = re.compile(r".{1,80}(?=\s|$)|.{80}")


@dataclass(slots=True)
class _Item:
    """One bullet: its key, its value or text, and its 0-based line."""

    key: str
    value: str
    body: list[str]
    line: int

    @property
    def name(self) -> str:
        return "" if self.key.endswith(MARK) else name_of(self.key)


@dataclass(slots=True)
class _Place:
    """Under which headings the next list stands."""

    year: str = ""
    product: str = ""
    title: str = ""
    line: int = 0
    taken: bool = field(default=False)


def is_year(heading: str) -> bool:
    """Whether a heading is a year's, or that of what has no date."""
    return bool(re.fullmatch(r"\d{4}", heading)) or heading == NO_DATE


def escaped_key(key: str) -> str:
    """A key in which no star and no colon ends it."""
    key = _ESCAPED.sub(lambda found: f"&amp;{found['amps']}#{found['code']};", key)
    return key.replace(":", "&#58;").replace("*", "&#42;")


def _unescaped_key(key: str) -> str:
    def plain_again(found: re.Match[str]) -> str:
        if found["amps"]:
            return f"&{found['amps'].removeprefix('amp;')}#{found['code']};"
        return chr(int(found["code"]))

    return _ESCAPED.sub(plain_again, key)


def read_page(lines: Sequence[str], path: str = "") -> tuple[Entry, ...]:
    """The decisions of a page; empty where it is none."""
    tokens = parsed(lines)
    blocks = Blocks(tokens)
    place, found = _Place(), list[Entry]()
    for kind, first, end in blocks.between(0, len(lines)):
        if kind == "heading_open":
            _go_to(place, lines[first], first)
        elif kind == "bullet_list_open":
            for items in _each(list(_items(lines, blocks.items(first, end)))):
                found.append(_entry(items, place, path, lines))
                place.title = ""
    return tuple(found)


def _go_to(place: _Place, line: str, number: int) -> None:
    level = len(line.strip()) - len(line.strip().lstrip("#"))
    heading = re.sub(r"[ ]+#+[ ]*$", "", line.strip().lstrip("#").strip())
    place.title, place.line = "", number
    if level >= _DEEP or heading_of(heading).type or heading_of(heading).id:
        place.title = heading
    elif is_year(heading):
        place.year, place.product = heading, ""
    elif level > 1:
        place.product = unguarded(heading)


def _items(lines: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[_Item]:
    for first, end in spans:
        below = [re.sub("^ {1,2}", "", line) for line in lines[first + 1 : end]]
        if match := _KEY.fullmatch(lines[first]):
            yield _Item(match["key"], match["value"] or "", below, first)
        elif pair := pair_of(_BULLET.sub("", lines[first], count=1), first + 1):
            yield _Item(pair.key, pair.value, below, first)


def _each(items: list[_Item]) -> Iterator[list[_Item]]:
    """The decisions of a list, of which each begins with the same key."""
    group: list[_Item] = []
    for item in [*items, None]:
        if item is None or (group and item.name and item.name == group[0].name):
            names = {one.name for one in group}
            keys = {KEYS_BY_NAME[one] for one in names if one in KEYS_BY_NAME}
            texts = {TEXTS_BY_NAME[one] for one in names if one in TEXTS_BY_NAME}
            if "decision" in texts and keys & {"date", "deciders"}:
                yield group
            group = []
        if item is not None:
            group.append(item)


def _entry(items: list[_Item], place: _Place, path: str, lines: Sequence[str]) -> Entry:
    read = Reading()
    for item in items:
        _take(read, item)
    start = items[0].line + 1
    if place.title:
        start = place.line + 1
        read.heading = heading_of(place.title)
        read.places["title"] = start
    else:
        words = plain(read.texts.get("decision", ""))
        match = _WORDS.match(words)
        read.heading = Heading(match[0] if match else "")
        read.repair(
            "title",
            start,
            "Beslutningen har ingen overskrift; titlen er dens første ord.",
            "The decision has no heading; its first words are its title.",
        )
    if place.product and "product" not in read.values:
        read.values["product"] = place.product
    end = items[-1].line + len(items[-1].body) + 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return entry_of(read, "page", path, (start, end), year=place.year)


def _take(read: Reading, item: _Item) -> None:
    text = TEXTS_BY_NAME.get(item.name)
    body = text_of([item.value, *item.body])[0]
    if text:
        take_text(read, text, item.key, body, item.line + 1, usual=True)
    elif item.name in KEYS_BY_NAME:
        value = " ".join(value_of(" ".join([item.value, *item.body])).split())
        take_value(read, item.key, item.name, value, item.line + 1)
    else:
        read.keep(_unescaped_key(unguarded(item.key)), body)

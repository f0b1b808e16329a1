"""YAML text into plain data, with the line of every key.

The text comes from anyone who can open a pull request, so only the plain part of YAML is read:
maps, lists and scalars. Scalars mean what YAML 1.2's core schema says (https://yaml.org/spec/1.2.2/#103-core-schema),
as editors read them: `off` is a word, `08:00` is not a number of seconds.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from os2kb.phrases import Phrase
from os2kb.policy.problem import BadPolicy, PolicyProblem

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12

Keys = tuple[str | int, ...]
Place = Callable[[Keys], tuple[str, int | None]]
"""Finds the file and line of a key."""

_Loader = type[yaml.SafeLoader | yaml.CSafeLoader]
_FAST: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # not built on every platform

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?", re.ASCII)
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True, slots=True)
class Document:
    """A Policy file as data, its lists as tuples.

    `lines` gives the 1-based line of each key and list item.
    """

    path: str
    data: dict[str, Any]
    lines: dict[Keys, int]

    def line(self, keys: Keys) -> int | None:
        """The line of what `keys` leads to, or of the nearest thing around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys)

    def place(self, keys: Keys) -> tuple[str, int | None]:
        """The file and line of what `keys` leads to."""
        return self.path, self.line(keys)


def read_document(source: str | bytes, path: str) -> Document:
    """Read a Policy file.

    Raises:
        BadPolicy: it is too large or too deep, is not UTF-8 or YAML, uses anchors, tags or
            several documents, names a key twice, or is no map.
    """
    text = _text(source, path)
    root = _composed(text, path)
    if root is None:
        data: object = {}
        lines: dict[Keys, int] = {(): 1}
    else:
        reading = _Reading(path)
        data, lines = reading.value(root, ()), reading.lines
        if reading.problems:
            raise BadPolicy(tuple(reading.problems))
    if not isinstance(data, dict):
        raise _bad(
            path,
            1,
            "Filen skal bestå af nøgler og værdier; begynd med `version: 1`.",
            "The file must be keys and values; begin with `version: 1`.",
        )
    return Document(path, data, lines)


def _bad(path: str, line: int | None, da: str, en: str) -> BadPolicy:
    return BadPolicy((PolicyProblem(path, line, Phrase(da, en)),))


def _text(source: str | bytes, path: str) -> str:
    raw = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_BYTES:
        raise _bad(
            path,
            None,
            f"Filen er større end {MAX_BYTES // 1024} KB; gør den kortere.",
            f"The file is larger than {MAX_BYTES // 1024} KB; make it shorter.",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _bad(
            path,
            raw.count(b"\n", 0, wrong.start) + 1,
            "Filen er ikke gemt som UTF-8; gem den igen med den tegnkodning.",
            "The file is not saved as UTF-8; save it again in that encoding.",
        ) from None


def _composed(text: str, path: str) -> Node | None:
    """The tree of nodes. libyaml takes a tenth of the time, and says less of what is wrong."""
    try:
        return _nodes(text, path, _FAST)
    except yaml.YAMLError:
        pass
    try:
        return _nodes(text, path, yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        if "'\\t'" in str(wrong.problem):
            da = "Linjen er rykket ind med tabulator; brug mellemrum."
            en = "The line is indented with a tab; use spaces."
        elif "single document" in str(wrong.context):
            da = "Filen har flere dokumenter (`---`); behold ét."
            en = "The file holds several documents (`---`); keep one."
        else:
            da = (
                "YAML kan ikke læses her. Se efter indryk, kolon, parenteser og anførselstegn. "
                f"(På engelsk: {wrong.problem}.)"
            )
            en = (
                "The YAML cannot be read here. Look at indents, colons, brackets and quotes. "
                f"({wrong.problem}.)"
            )
        raise _bad(path, mark.line + 1 if mark else None, da, en) from None
    except yaml.reader.ReaderError as wrong:
        raise _bad(
            path,
            text.count("\n", 0, int(wrong.position)) + 1,
            "Linjen har et tegn, der ikke kan stå i YAML (et kontroltegn); fjern det.",
            "The line has a character that YAML does not allow (a control character); remove it.",
        ) from None


def _nodes(text: str, path: str, loader: _Loader) -> Node | None:
    """The nodes; nothing is constructed. The flat events come first: composing is recursive."""
    for line, da, en in _refused(text, loader):
        raise _bad(path, line, da, en)
    return yaml.compose(text, Loader=loader)


def _refused(text: str, loader: _Loader) -> Iterator[tuple[int, str, str]]:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            yield line, "Indrykket er for dybt.", "The nesting is too deep."
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            yield (
                line,
                "Ankre og henvisninger (`&` og `*`) kan ikke bruges her; skriv værdien ud, eller "
                "sæt den i anførselstegn.",
                "Anchors and aliases (`&` and `*`) cannot be used here; write the value out, or "
                "put it in quotes.",
            )
        if getattr(event, "tag", None) not in (None, "!"):
            yield (
                line,
                "Mærkater som `!!python` kan ikke bruges her; skriv værdien uden.",
                "Tags such as `!!python` cannot be used here; write the value without.",
            )


class _Reading:
    """One walk over the nodes of a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: dict[Keys, int] = {(): 1}
        self.problems: list[PolicyProblem] = []

    def value(self, node: Node, keys: Keys) -> object:
        if isinstance(node, MappingNode):
            return self._map(node, keys)
        if isinstance(node, SequenceNode):
            for place, item in enumerate(node.value):
                self.lines[(*keys, place)] = item.start_mark.line + 1
            return tuple(self.value(item, (*keys, place)) for place, item in enumerate(node.value))
        return _scalar(node)

    def _map(self, node: MappingNode, keys: Keys) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                self._wrong(line, "En nøgle skal være et ord.", "A key must be a word.")
                continue
            name = str(key.value).strip()
            if name in found:
                first, shown = self.lines[(*keys, name)], name[:120]
                self._wrong(
                    line,
                    f"Nøglen `{shown}` står to gange, først på linje {first}; behold den ene.",
                    f"The key `{shown}` stands twice, first on line {first}; keep one.",
                )
                continue
            self.lines[(*keys, name)] = line
            found[name] = self.value(value, (*keys, name))
        return found

    def _wrong(self, line: int, da: str, en: str) -> None:
        self.problems.append(PolicyProblem(self.path, line, Phrase(da, en)))


def _scalar(node: Node) -> object:
    text = str(node.value)
    if getattr(node, "style", None):  # quoted, or a block of text
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text

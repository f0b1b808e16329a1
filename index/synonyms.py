"""Words that mean the same: a small file that people edit, and what it adds to a question.

    # One group a line; the words of a group mean the same.
    po = product owner = produktejer
    v2 = version 2

A word of the file is found in a question by its stem. The other words of its group are then asked
for too, and weigh less than the word itself: what is said as it was asked for comes first.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from index.danish import stem, words
from index.everyday_synonyms import EVERYDAY

SYNONYM_WEIGHT = 0.5  # of a word that means the same as one that was asked for
_LONGEST_PHRASE = 6  # words
_LARGEST_FILE = 200_000  # bytes

Group = tuple[str, ...]
Phrase = tuple[str, ...]


class SynonymsError(ValueError):
    """A synonym file that cannot be used. The message names the line and the cure."""


def read_synonyms(path: Path) -> tuple[Group, ...]:
    """The groups of a file.

    Raises:
        SynonymsError: it cannot be read, or a line is no group.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise SynonymsError(f"{path} is larger than {_LARGEST_FILE} bytes; divide it")
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SynonymsError(f"cannot read {path}: {error}") from error
    return parse_synonyms(text, str(path))


def parse_synonyms(text: str, name: str) -> tuple[Group, ...]:
    """The groups of a text; `name` is what an error calls it.

    Raises:
        SynonymsError: a line is no group.
    """
    groups = []
    for number, line in enumerate(text.split("\n"), 1):
        said = line.split("#")[0].strip()
        if said:
            try:
                groups.append(_group(said))
            except ValueError as error:
                raise SynonymsError(f"{name}, line {number}: {error}") from error
    return tuple(groups)


def _group(said: str) -> Group:
    parts = [" ".join(part.split()) for part in said.split("=")]
    if len(parts) < 2:
        raise ValueError(f"“{said}” names one word only; write: word = another word")
    for part in parts:
        if not words(part):
            raise ValueError("there is no word before or after a `=`; take the `=` away")
        if len(words(part)) > _LONGEST_PHRASE:
            raise ValueError(f"“{part}” is longer than {_LONGEST_PHRASE} words; shorten it")
    return tuple(parts)


class Synonyms:
    """The groups of an index, by the stems of each of their phrases.

    Args:
        groups: product to its groups; those of no product have the key "".
    """

    def __init__(self, groups: Mapping[str, Sequence[Group]]) -> None:
        self._others: dict[Phrase, list[tuple[str, Phrase]]] = {}
        for product, held in groups.items():
            for group in held:
                phrases = [tuple(words(part)) for part in group]
                for phrase in phrases:
                    others = [(product, other) for other in phrases if other != phrase]
                    self._others.setdefault(_key(phrase), []).extend(others)

    def stems(self) -> frozenset[str]:
        """The stems of all their words."""
        return frozenset(chain.from_iterable(self._others))

    def of(
        self, asked: Sequence[str], product: str | None
    ) -> Iterator[tuple[Sequence[str], Phrase]]:
        """Each stretch of a question that has a synonym, with the synonym's words.

        Args:
            asked: the question's words, folded, in order.
            product: whose groups count, beside those of no product; None for all.
        """
        if not self._others:
            return
        stems = _key(asked)
        for start in range(len(asked)):
            for end in range(start + 1, min(len(asked), start + _LONGEST_PHRASE) + 1):
                for owner, other in self._others.get(stems[start:end], ()):
                    if product is None or owner in ("", product):
                        yield asked[start:end], other


def _key(phrase: Iterable[str]) -> Phrase:
    return tuple(stem(word, "da") for word in phrase)


def synonyms_of(settings: Iterable[str]) -> Synonyms:
    """Everyday ones, and those that a version's manifest says its sources were built with."""
    everyday = parse_synonyms(EVERYDAY, "index.everyday_synonyms")
    groups: dict[str, dict[Group, None]] = {"": dict.fromkeys(everyday)}
    for written in settings:
        source = json.loads(written)
        held = groups.setdefault(source.get("product") or "", {})
        held.update(dict.fromkeys(map(tuple, source.get("synonyms", ()))))
    return Synonyms({product: tuple(held) for product, held in groups.items()})


NO_SYNONYMS = Synonyms({})

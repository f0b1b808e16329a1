"""Misspelt words of a question, read as words of the corpus.

A word that the corpus does not know, in no form and as no compound, is read as the nearest word
that it does know: one slip away, or two where the word is long. Names and numbers are never read as
others: one that is missing must stay missing.

Measured with two misspelt words in each question, three seeds: on the sample handbook 25 to 30 of
52 are answered rightly, 8 to 10 without it (36 as they are asked), on OS2's documents 10 to 12 of
24, 4 to 7 without it (16); of those that have no answer, 0 of 14 and 0 of 7 are answered. Good
words that the corpus just does not know are the danger: of 211 questions about anything else, 16
and 30 are changed, and 1 and 2 answered (1 and 1 without it). With any letter exchanged for any
other, 62 and 76 were changed.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.danish import fold, stem, words
from index.language import STOP_WORDS
from index.retrieval.words.slips import begin_alike, cost, one_letter_each

_FILE = "vocabulary.json"
_SHORTEST = 4  # letters of a word that is read otherwise: shorter ones have too many neighbours
_SHORTEST_MEANT = 4
_LONG = 8  # letters, from which two slips are believed
_LONGEST = 60
_MOST_READ = 5  # unknown words of a question that are looked up; each takes some .05 ms
_MOST_OTHERS = 2  # that a word may have been meant as, beside the likeliest
_COMMONER = 4  # times: a likeliest word that is as much commoner than another is the one

_WORD = re.compile(r"[^\W_]+")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
_STOP_WORDS = STOP_WORDS["da"] | STOP_WORDS["en"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is read.

    Attributes:
        text: with the words that were meant.
        corrected: what was written, to what it was read as; both as people write them.
        meant: the words, folded, that stand in the text for others.
        others: for a word that was meant, folded, what else may have been.
    """

    text: str
    corrected: Mapping[str, str] = field(default_factory=dict)
    meant: frozenset[str] = frozenset()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def otherwise(self) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """Each word that was meant, with each that may have been meant instead."""
        return (([word], [other]) for word, held in self.others.items() for other in held)


class Vocabulary:
    """The words of a corpus.

    Args:
        counts: folded word to the number of passages that hold it.
        written: how people write it, where that is not as it is folded: `økonomi` for `oekonomi`.
        stems: the stems that the index knows.
        parts: the parts of a compound; none where the word is none.
        synonyms: the stems that synonyms are known for, in the corpus or not.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        written: Mapping[str, str],
        stems: Container[str],
        parts: Callable[[str], Sequence[str]],
        synonyms: Container[str] = (),
    ) -> None:
        self._written, self._parts = written, parts
        self._stems, self._synonyms = stems, synonyms
        self._counts = {**counts, **dict.fromkeys(_STOP_WORDS, max(counts.values(), default=1))}
        plain = sorted((word for word in self._counts if is_plain(word)), key=_size)
        self._words = plain
        self._letters = [one_letter_each(word) for word in plain]
        self._has = _letters(self._letters)
        self._starts = np.searchsorted([*map(_size, plain)], np.arange(_LONGEST + 4))
        self.nearest = lru_cache(maxsize=10_000)(self._nearest)

    @classmethod
    def load(
        cls,
        folder: Path,
        stems: Container[str],
        parts: Callable[[str], Sequence[str]],
        synonyms: Container[str],
    ) -> "Vocabulary":
        """The words that `save_words` wrote."""
        known = json.loads((folder / _FILE).read_text("utf-8"))
        return cls(known["counts"], known["written"], stems, parts, synonyms)

    def knowing(self, stems: Container[str]) -> "Vocabulary":
        """The same words, for an asker to whom other stems are known."""
        other = copy(self)
        other._stems = stems
        return other

    def read(self, text: str, names: Container[str]) -> Reading:
        """A question with its misspelt words read as known ones.

        Args:
            text: composed (NFC).
            names: words, folded, that are never read as others.
        """
        found: dict[str, Sequence[str]] = {}
        for word in dict.fromkeys(words(text)):
            if word not in names and not self.knows(word):
                found[word] = self.nearest(word)
                if len(found) == _MOST_READ:
                    break
        read = {word: near for word, near in found.items() if near}
        return self._reading(text, read) if read else Reading(text)

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the corpus, in any form or as a compound of its words.

        What is too short to be read otherwise, or is no plain word, counts as known.
        """
        return (
            word in self._counts
            or len(one_letter_each(word)) < _SHORTEST
            or not is_plain(word)
            or self._is_stem(word)
            or stem(word, "da") in self._synonyms
            or self._is_compound(word)
        )

    def _is_stem(self, word: str) -> bool:
        return stem(word, "da") in self._stems or stem(word, "en") in self._stems

    def _is_compound(self, word: str) -> bool:
        parts = self._parts(word)
        return bool(parts) and all(map(self._is_stem, parts))

    def _reading(self, text: str, found: Mapping[str, Sequence[str]]) -> Reading:
        corrected: dict[str, str] = {}

        def read(match: re.Match[str]) -> str:
            near = found.get(fold(match[0]))
            if near is None:
                return match[0]
            word = self._written.get(near[0], near[0])
            corrected[match[0]] = word
            return word.capitalize() if match[0][0].isupper() else word

        read_text = _WORD.sub(read, text)
        return Reading(
            text=read_text,
            corrected=corrected,
            meant=frozenset(near[0] for near in found.values()),
            others={near[0]: near[1:] for near in found.values() if near[1:]},
        )

    def _nearest(self, word: str) -> Sequence[str]:
        """The known words nearest to an unknown one, likeliest first, none twice in other forms."""
        # A slip may put an `a` before an `e` that are no `æ`: *betlaer* for *betaler*.
        ways = {one_letter_each(word), word}
        for slips in (1, 2) if _size(word) >= _LONG else (1,):
            found = sorted(near for letters in ways for near in self._within(letters, slips))
            if found:
                least, most, _ = found[0]
                forms = {
                    stem(near, "da"): near
                    for dear, count, near in reversed(found)
                    if dear == least and count * _COMMONER <= most
                }
                return tuple(reversed(forms.values()))[: 1 + _MOST_OTHERS]
        return ()

    def _within(self, word: str, slips: int) -> Iterator[tuple[float, int, str]]:
        """Every known word within so many slips: what they cost, how rare it is, and the word.

        A slip changes the length by one at most, and which letters a word has by two; the first
        letter is right, or swapped with the next. That leaves a few to be compared.
        """
        shortest = max(_SHORTEST_MEANT, len(word) - slips)
        first, end = self._starts[shortest], self._starts[len(word) + slips + 1]
        differ = np.bitwise_count(self._has[first:end] ^ _letters([word])[0])
        near = first + np.flatnonzero(differ <= 2 * slips)
        for at in near.tolist():
            known, letters = self._words[at], self._letters[at]
            if begin_alike(word, letters):
                dear = cost(word, letters, slips)
                if dear is not None:
                    yield dear, -self._counts[known], known


def save_words(folder: Path, counts: Mapping[str, int], written: Mapping[str, str]) -> None:
    """In how many passages each word stands, and how those are written that are folded."""
    known = {"counts": counts, "written": {w: written[w] for w in counts if w in written}}
    (folder / _FILE).write_text(json.dumps(known, ensure_ascii=False), "utf-8")


def _size(word: str) -> int:
    return len(one_letter_each(word))


def is_plain(word: str) -> bool:
    """Whether a folded word is of the letters a to z alone."""
    return word.isascii() and word.isalpha()


def written(texts: Iterable[str]) -> Mapping[str, str]:
    """Folded word to how it is mostly written, where the two differ."""
    counted: Counter[str] = Counter()
    for text in texts:
        others = (run for run in text.lower().split() if not run.isascii())
        counted.update(_WORD.findall(" ".join(others)))
    found: dict[str, str] = {}
    for form, _ in counted.most_common():
        if not form.isascii():
            found.setdefault(fold(form), form)
    return found


def _letters(found: Sequence[str]) -> NDArray[np.uint64]:
    """A bit for each letter that a word has, and one for each that it has twice or more."""
    text = np.frombuffer("".join(found).encode("utf-32-le"), np.uint32)
    number = np.zeros(0x100, np.int64)
    number[[ord(letter) for letter in _ALPHABET]] = np.arange(len(_ALPHABET))
    owners = np.repeat(np.arange(len(found)), [len(word) for word in found])
    size = len(_ALPHABET)
    counts = np.bincount(owners * size + number[text], minlength=len(found) * size)
    held = counts.reshape(len(found), size)
    bits = np.uint64(1) << np.arange(size, dtype=np.uint64)
    seen: NDArray[np.uint64] = np.where(held >= 1, bits, 0).sum(axis=1, dtype=np.uint64)
    twice: NDArray[np.uint64] = np.where(held >= 2, bits << np.uint64(size), 0).sum(
        axis=1, dtype=np.uint64
    )
    return seen | twice

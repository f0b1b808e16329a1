"""Which words of the corpus share a stem with a question: those that a snippet marks.

Worked out for every word when the index is built: to take each word of each passage apart that a
search shows made a third of what the search cost.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from index.language import STOP_WORDS
from index.passages import Language
from index.retrieval.words.analysis import question_terms
from index.retrieval.words.compounds import Compounds
from index.retrieval.words.word_order import Ints, Mask

_FILE, _WORDS, _STARTS = "kin.json", "kin-words.npy", "kin-starts.npy"


@dataclass(frozen=True, slots=True)
class Kin:
    """The words of each stem, by number.

    Attributes:
        stems: stem to its number.
        words: word numbers, stem after stem.
        starts: the first of each stem, and the end.
        silent: the words that say nothing in a question of the language.
        count: of the words; their numbers begin with 1.
    """

    stems: Mapping[str, int]
    words: Ints
    starts: Ints
    silent: Mapping[Language, Ints]
    count: int

    @classmethod
    def build(cls, vocabulary: Sequence[str], compounds: Compounds) -> Self:
        """From the words in the order of their numbers."""
        held: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for number, word in enumerate(vocabulary, 1):
            # A word that is silent in one language has the same stems in both, or none.
            terms = question_terms(word, "da", compounds) or question_terms(word, "en", compounds)
            for term in terms:
                held[term].append(number)
        sizes = [0, *map(len, held.values())]
        return cls(
            stems=_numbered(held),
            words=np.array([number for found in held.values() for number in found], np.int32),
            starts=np.cumsum(sizes, dtype=np.int32),
            silent={
                lang: np.flatnonzero([False, *map(known.__contains__, vocabulary)]).astype(np.int32)
                for lang, known in STOP_WORDS.items()
            },
            count=len(vocabulary),
        )

    def save(self, folder: Path) -> None:
        """Write it into a version's folder."""
        silent = {lang: numbers.tolist() for lang, numbers in self.silent.items()}
        about = {"stems": list(self.stems), "silent": silent, "count": self.count}
        (folder / _FILE).write_text(json.dumps(about, ensure_ascii=False), "utf-8")
        np.save(folder / _WORDS, self.words)
        np.save(folder / _STARTS, self.starts)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `save` wrote."""
        about = json.loads((folder / _FILE).read_text("utf-8"))
        return cls(
            stems=_numbered(about["stems"]),
            words=np.load(folder / _WORDS),
            starts=np.load(folder / _STARTS),
            silent={lang: np.array(numbers, np.int32) for lang, numbers in about["silent"].items()},
            count=about["count"],
        )

    def of(self, stems: Iterable[str], lang: Language) -> Mask:
        """The words, by number, that share a stem with a question in a language."""
        found = np.zeros(self.count + 1, np.bool_)
        for stem in stems:
            at = self.stems.get(stem)
            if at is not None:
                found[self.words[self.starts[at] : self.starts[at + 1]]] = True
        found[self.silent[lang]] = False
        return found


def _numbered(stems: Iterable[str]) -> dict[str, int]:
    return {stem: number for number, stem in enumerate(stems)}

"""The words of an index, as far as whoever asks may know of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.retrieval.lexical import Postings
from index.retrieval.words.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What tells which words are known, how rare they are, and which are misspelt.

    Attributes:
        stems: the leg of stems.
        grams: the leg of 4-grams.
        vocabulary: None where words are read as they are written.
    """

    stems: Postings
    grams: Postings
    vocabulary: Vocabulary | None = None

    def within(self, passages: NDArray[np.bool_]) -> "Lexicon":
        """Without what only other passages say: to whom they are not shown, it is unknown.

        Else a score, or a word that is not mended, would tell that one of them holds it. How rare
        a word is that both hold is still counted among all.
        """
        stems = self.stems.within(passages)
        vocabulary = self.vocabulary.knowing(stems.terms) if self.vocabulary else None
        return Lexicon(stems, self.grams.within(passages), vocabulary)

"""How near to one another a passage says the words of a question.

Summed scores do not see where in a passage words stand: one that has them here and there scores as
one whose sentence answers. The few best are therefore looked at again, for the stretch of a dozen
words that says most of the question. A word counts by the 4-grams it shares with one that was asked
for, so that inflections, compounds and misspellings count in part.

With it, recall at one rises from .75 to .79 on 24 questions about OS2's documents and on 52 about
the sample handbook, and nDCG@10 on Danish XQuAD from .9725 to .9741. Squared, so that to say a
little more of the question counts where most of it is said, it may count for more: of 167 questions
about OS2's documents six more have the right first hit than at .2 unsquared, and XQuAD stays as it
is; at .3 unsquared, four, and XQuAD loses .0011. What did not help all of them:
stretches of 8 to 32 words, several lengths at once, more candidates than 30, adjacent pairs,
headings in the stretch, a date or a number near by where one is asked for, rarity squared, how much
of the question the whole passage or several stretches of it say, and rarity counted among the best
passages only (better on XQuAD, worse where a product's name must count).
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from index.retrieval.fusion import Scores
from index.retrieval.words.word_order import BLOCK, Ints, WordOrder

# A stretch is three rows of the word order, one after another.
NEARNESS = 0.35  # of the score, squared; the legs make the rest
_LEAST_SHARED = 0.5  # of an asked word's 4-grams: below, what two words share is chance
_MOST_WORDS = 32  # of a question
_KEPT = 10_000  # words that were asked for, with those of the corpus that are like them


class Asked(NamedTuple):
    """A word of a question.

    Attributes:
        grams: the rows of its 4-grams; those that no passage has are left out.
        size: how many 4-grams it has.
        weight: how much it tells.
    """

    grams: tuple[int, ...]
    size: int
    weight: float


class Nearness:
    """How near passages say the words of a question. Thread-safe.

    The words of the corpus that are like one that is asked for are looked up once and remembered:
    they are few, and what people ask is said in few words.

    Args:
        order: the words of the passages.
    """

    def __init__(self, order: WordOrder) -> None:
        self._order = order
        shape = len(order.gram_starts) - 1, int(order.grams.max(initial=-1)) + 1
        held = np.ones(len(order.grams), np.bool_)
        by_gram = csr_matrix((held, order.grams, order.gram_starts), shape).tocsc()
        self._words, self._starts = by_gram.indices, by_gram.indptr
        self._alike = lru_cache(maxsize=_KEPT)(self._found_alike)

    def of(self, asked: Sequence[Asked], at: NDArray[np.int64]) -> Scores:
        """The share of a question that the best stretch of each passage says, 0 to 1.

        Args:
            asked: the question's words.
            at: the passages' positions; some dozens take a tenth of a millisecond.
        """
        asked = asked[:_MOST_WORDS]
        weights = np.array([word.weight for word in asked], np.float32)
        if not len(at) or not weights.sum():
            return np.zeros(len(at), np.float32)
        rows, firsts = self._order.rows(at)
        said = self._said(asked, self._order.blocks.take(rows, axis=0))
        stretches = np.maximum(np.maximum(said[:-2], said[1:-1]), said[2:])
        cover = np.zeros(len(rows), np.float32)
        cover[:-2] = stretches @ (weights / weights.sum())
        ends = np.append(firsts[1:], len(rows))
        cover[np.concatenate([ends - 2, ends - 1])] = 0  # no stretch begins after the last word
        best: Scores = np.maximum.reduceat(cover, firsts)
        return best

    def _said(self, asked: Sequence[Asked], blocks: Ints) -> NDArray[np.float32]:
        """Rows × asked words: how far one of the row's words says each of them."""
        said = np.zeros((len(blocks), len(asked)), np.float32)
        alike = [self._alike(word.grams, word.size) for word in asked]
        words = np.concatenate([found for found, _ in alike])
        # Most of what a passage says is like nothing that is asked for: it has place 0.
        places = np.zeros(len(self._order.gram_starts) - 1, np.int32)
        places[words] = np.arange(1, len(words) + 1, dtype=np.int32)
        shares = np.zeros((len(words) + 1, len(asked)), np.float32)
        columns = np.repeat(np.arange(len(asked)), [len(found) for found, _ in alike])
        shares[places[words], columns] = np.concatenate([held for _, held in alike])
        heard = places.take(blocks.ravel())
        hits = np.flatnonzero(heard)
        if len(hits):
            rows = hits // BLOCK
            firsts = np.concatenate([[0], np.flatnonzero(rows[1:] != rows[:-1]) + 1])
            said[rows[firsts]] = np.maximum.reduceat(shares[heard[hits]], firsts)
        return said

    def _found_alike(self, grams: tuple[int, ...], size: int) -> tuple[Ints, NDArray[np.float32]]:
        """The words that share enough of a word's 4-grams, and which share of them each has."""
        # The last 4-grams may stand in no passage's text: only in what people asked for it by.
        known = (gram for gram in grams if gram + 1 < len(self._starts))
        lists = [self._words[self._starts[gram] : self._starts[gram + 1]] for gram in known]
        shared = np.bincount(np.concatenate([*lists, np.zeros(0, np.int32)]))
        words = np.flatnonzero(shared >= ceil(size * _LEAST_SHARED)).astype(np.int32)
        return words, (shared[words] / size).astype(np.float32)

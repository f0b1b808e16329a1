"""What a question names: a product, a source, or the folder that documents lie in.

Who asks about a product by name wants to read about that one, though another's documents may say
the other words of the question more often. A name counts as a whole (`Standard for Public Code`),
by its stem (*rollekatalogets*), and without what stands before its last digit, as people say it:
`OS2mo` is called *MO*.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.danish import stem, words
from index.passages import Passage
from index.retrieval.fusion import Scores

# What the score of every other passage is multiplied by. Among 167 questions about OS2's documents
# .95 to .83 lead one more into the first five each, and none out of them; nothing else changes.
OTHERS = 0.87
_OWNER = "__"  # between owner and repository, where a folder holds the copies of several
_BEFORE_LAST_DIGIT = re.compile(r".*\d(?=[^\W\d])")


class Names:
    """The names in one version of the index."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, passage in enumerate(passages):
            folder, _, file = passage.path.partition("/")
            alike[passage.product or "", passage.source, folder if file else ""].append(at)
        held: dict[str, list[int]] = defaultdict(list)
        for called, at_these in alike.items():
            for name in set(_names(called)):
                held[name] += at_these
        self._size = len(passages)
        # What all have in common tells none of them from another.
        self._held = {name: np.array(at) for name, at in held.items() if len(at) < self._size}
        self._factor = lru_cache(maxsize=32)(self._factor_of)

    def factor(self, question: str, allowed: NDArray[np.bool_] | None) -> Scores | None:
        """What each passage's score is multiplied by; None where nothing is named.

        Args:
            question: what is asked.
            allowed: which passages may be found, for who asks is not to learn what others are
                called; None for all.
        """
        asked = _key(question)
        named = tuple(name for name in self._held if name in asked)
        if allowed is not None:
            named = tuple(name for name in named if allowed[self._held[name]].any())
        return self._factor(named) if named else None

    def _factor_of(self, named: tuple[str, ...]) -> Scores:
        factor = np.full(self._size, OTHERS, np.float32)
        for name in named:
            factor[self._held[name]] = 1.0
        return factor


def _names(called: Sequence[str]) -> Iterator[str]:
    for name in (part for each in called for part in each.split(_OWNER)):
        for said in (name, _BEFORE_LAST_DIGIT.sub("", name)):
            if words(said):
                yield _key(said)


@lru_cache(maxsize=1_000)
def _key(text: str) -> str:
    """The stems of a text, each between spaces, so that a name is found as a whole."""
    return f" {' '.join(stem(word, 'da') for word in words(text))} "

"""What speaks for a passage whatever is asked: it is in force, new, and says something."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from index.passages import Passage, Status
from index.retrieval.fusion import Scores

# Gentle, since an old rule may be just what is asked for: it goes behind a current passage that
# fits as well, never behind one that hardly fits. More for drafts and archives cost recall at one
# .02 on OS2's documents. What is superseded has a successor that says what holds.
IN_FORCE: Mapping[Status, float] = {
    "current": 1.0,
    "proposal": 0.98,
    "draft": 0.98,
    "superseded": 0.85,
    "archived": 0.95,
}
# Of two passages that fit as well, the newer goes first, and one without a date stands between.
NEWEST, UNDATED, OLDEST = 1.0, 0.995, 0.99
# A passage of a few words is mostly a pointer elsewhere or a place kept for later, and its headings
# say more than it answers. An answer below its question is not held back for being short. It leads
# one to four more of 167 questions about OS2's documents into the first five each.
SHORTEST = 0.8  # of a passage without a word
_SHORT = 20  # words
_OLD = 5 * 365  # days behind the newest document of the index, from which on all are as old


def prior(passages: Sequence[Passage]) -> Scores:
    """What each passage's fused score is multiplied by.

    Age is counted back from the newest date in the index, not from today, so that an index answers
    alike every day.
    """
    dates = [date.fromisoformat(passage.date) if passage.date else None for passage in passages]
    newest = max((found for found in dates if found), default=None)
    return np.array(
        [
            IN_FORCE[passage.status] * _freshness(found, newest) * _fullness(passage)
            for passage, found in zip(passages, dates, strict=True)
        ],
        np.float32,
    )


def _freshness(found: date | None, newest: date | None) -> float:
    if newest is None:
        return NEWEST
    if found is None:
        return UNDATED
    return NEWEST - (NEWEST - OLDEST) * min(1.0, (newest - found).days / _OLD)


def _fullness(passage: Passage) -> float:
    if passage.heading and passage.heading[-1].rstrip().endswith("?"):
        return 1.0
    return SHORTEST + (1 - SHORTEST) * min(1.0, len(passage.text.split()) / _SHORT)

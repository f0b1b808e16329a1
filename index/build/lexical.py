"""The lexical legs of a version: postings of stems and of 4-grams."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import store
from index.build.gathering import Progress
from index.reading.documents import Parsed
from index.retrieval.analysis import (
    count_words,
    expand,
    gram_terms,
    learn_compounds,
    stem_terms,
    weighted_words,
)
from index.retrieval.lexical import Postings
from index.retrieval.nearness import WordOrder
from index.retrieval.twins import twin_groups


def write_lexical(folder: Path, corpus: Sequence[Parsed], tell: Progress) -> None:
    """The words of every passage: as stems, with the parts of compounds, and as 4-grams."""
    tell("words", 0, 1)
    counts = count_words((p.passage.lang, weighted_words(p)) for p in corpus)
    compounds = learn_compounds(counts)
    stems = Postings.build(*expand(counts, lambda word, lang: stem_terms(word, lang, compounds)))
    store.write_postings(folder, "stem", stems)
    grams = Postings.build(*expand(counts, gram_terms))
    store.write_postings(folder, "gram", grams)
    order = WordOrder.build((parsed.plain for parsed in corpus), grams.terms)
    order.save(folder)
    np.save(folder / store.TWINS, twin_groups(order))
    store.write_compounds(folder, compounds)
    tell("words", 1, 1)

"""The lexical legs of a version: postings of stems and of 4-grams."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index import store
from index.build.gathering import Progress
from index.passages import Parsed
from index.retrieval.lexical import Postings
from index.retrieval.twins import twin_groups
from index.retrieval.words.analysis import (
    WordCounts,
    count_words,
    expand,
    gram_terms,
    learn_compounds,
    stem_terms,
    weighted_words,
)
from index.retrieval.words.kin import Kin
from index.retrieval.words.vocabulary import is_plain, save_words, written
from index.retrieval.words.word_order import Spoken


def write_lexical(
    folder: Path, corpus: Sequence[Parsed], stated: Sequence[Parsed], tell: Progress
) -> None:
    """The words of every passage: as stems, with the parts of compounds, and as 4-grams.

    Args:
        folder: of the version.
        corpus: the passages, with what an enricher wrote for them.
        stated: the same, as their documents say them.
        tell: how far it is.
    """
    tell("words", 0, 1)
    spoken = Spoken()
    counts = count_words((p.passage.lang, weighted_words(p, spoken.words)) for p in corpus)
    compounds = learn_compounds(counts)
    stems = Postings.build(*expand(counts, lambda word, lang: stem_terms(word, lang, compounds)))
    stems.save(folder, "stem")
    grams = Postings.build(*expand(counts, gram_terms))
    grams.save(folder, "gram")
    order = spoken.order(grams.terms)
    order.save(folder)
    Kin.build(spoken.vocabulary, compounds).save(folder)
    np.save(folder / store.TWINS, twin_groups(order))
    compounds.save(folder)
    save_words(folder, *_public_words(corpus, stated, counts))
    tell("words", 1, 1)


def _public_words(
    corpus: Sequence[Parsed], stated: Sequence[Parsed], counts: WordCounts
) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """In how many public passages each word stands, and how it is written.

    What a misspelt word was read as is told to whoever asked: no word of an internal passage, and
    none that only other people's questions hold.
    """
    public = np.array([parsed.passage.visibility == "public" for parsed in corpus], np.bool_)
    found = counts.matrix.indices[np.repeat(public, np.diff(counts.matrix.indptr))]
    held = np.bincount(found, minlength=len(counts.vocabulary)).tolist()
    counted: Counter[str] = Counter()
    for (_, word), count in zip(counts.vocabulary, held, strict=True):
        if count and is_plain(word):
            counted[word] += count
    for parsed, own in zip(corpus, stated, strict=True):
        if parsed.asked != own.asked and parsed.passage.visibility == "public":
            counted.subtract(_words(parsed) - _words(own))
    counted = +counted  # without what is down to none
    texts = (parsed.plain for parsed in corpus if parsed.passage.visibility == "public")
    return counted, written(texts)


def _words(parsed: Parsed) -> set[str]:
    return {word for _, found in weighted_words(parsed) for word in found}

"""The legs of a version: lexical postings, and vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import store
from index.build.before import Before, embedded_text
from index.build.gathering import Progress
from index.embedders import Vectors
from index.embedders.lsa import Lsa
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
from index.retrieval.vectors import VectorIndex

_REFIT_SHARE = 0.1  # of the corpus changed since the embedder was fitted


@dataclass(frozen=True, slots=True)
class Dense:
    """How the passages were embedded.

    Attributes:
        embedder: the model's id.
        embedded: passages that were embedded anew.
        drift: passages that came or went since the model was fitted.
    """

    embedder: str
    embedded: int
    drift: int


def write_lexical(folder: Path, corpus: Sequence[Parsed], tell: Progress) -> None:
    """The words of every passage: as stems, with the parts of compounds, and as 4-grams."""
    tell("words", 0, 1)
    counts = count_words((p.passage.lang, weighted_words(p)) for p in corpus)
    compounds = learn_compounds(counts)
    stems = Postings.build(*expand(counts, lambda word, lang: stem_terms(word, lang, compounds)))
    store.write_postings(folder, "stem", stems)
    store.write_postings(folder, "gram", Postings.build(*expand(counts, gram_terms)))
    store.write_compounds(folder, compounds)
    tell("words", 1, 1)


def write_dense(folder: Path, corpus: Sequence[Parsed], before: Before, tell: Progress) -> Dense:
    """Every passage's vector, of which only those of new texts are computed."""
    texts = [embedded_text(parsed) for parsed in corpus]
    tell("vectors", 0, len(texts))
    embedder, vectors, embedded, drift = _embedded(texts, before)
    tell("vectors", len(texts), len(texts))
    embedder.save(folder / store.LSA)
    np.save(folder / store.VECTORS, vectors)
    VectorIndex.build(vectors).save(folder / store.FAISS)
    return Dense(embedder.id, embedded, drift)


def _embedded(texts: Sequence[str], before: Before) -> tuple[Lsa, Vectors, int, int]:
    """The embedder, every text's vector, how many are new, and the drift since the fit."""
    known = before.vectors
    new = [number for number, text in enumerate(texts) if text not in known]
    gone = len(known.keys() - set(texts))
    drift = before.drift + max(len(new), gone)
    embedder = before.embedder
    if embedder is None or drift > _REFIT_SHARE * len(texts):
        embedder = Lsa.fit(texts)
        return embedder, embedder.passages(texts), len(texts), 0
    vectors = np.zeros((len(texts), embedder.dimensions), np.float32)
    for number, text in enumerate(texts):
        if text in known:
            vectors[number] = known[text]
    vectors[new] = embedder.passages([texts[number] for number in new])
    return embedder, vectors, len(new), drift

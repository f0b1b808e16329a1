"""The dense leg of a version: a vector for each passage, computed where its text is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import store
from index.build.before import Before
from index.build.gathering import Progress
from index.build.vector_cache import Key, VectorCache, key_of
from index.embedders import Embedder
from index.embedders.fitting import fit
from index.embedders.lsa import Lsa
from index.embedders.vectors import Vectors
from index.passages import Parsed
from index.retrieval.vectors import VectorIndex

_REFIT_SHARE = 0.1  # of the corpus changed since the lsa model was fitted
_AT_A_TIME = 256  # texts: what a crash can cost, since vectors are kept as they come


@dataclass(frozen=True, slots=True)
class Dense:
    """How the passages were embedded.

    Attributes:
        embedder: the model's id.
        dimensions: of each vector.
        embedded: texts that were embedded anew.
    """

    embedder: str
    dimensions: int
    embedded: int


def write_dense(
    folder: Path,
    root: Path,
    corpus: Sequence[Parsed],
    embedder: Embedder | None,
    before: Before,
    tell: Progress,
) -> Dense:
    """Embed the passages and write their leg.

    Args:
        embedder: None for lsa, which is fitted on the passages themselves.

    Raises:
        EmbedderUnavailable: the embedder did not answer. What it did answer is kept.
    """
    said = list(map(embedded_text, corpus))
    keys = list(map(key_of, said))
    texts = dict(zip(keys, said, strict=True))
    model = embedder or _lsa(folder, texts, before)
    # In the order of the corpus, since a text's neighbours decide the last bit of its vector.
    allowed = {
        key: texts[key]
        for key, parsed in zip(keys, corpus, strict=True)
        if parsed.passage.visibility in model.takes
    }
    vectors, embedded = _vectors(root, model, allowed, tell)
    dimensions = len(next(iter(vectors.values()))) if vectors else 1
    matrix = np.zeros((len(keys), dimensions), np.float32)
    for number, key in enumerate(keys):
        if key in vectors:
            matrix[number] = vectors[key]
    VectorIndex.build(matrix).save(folder / store.FAISS)
    store.write_keys(folder / store.KEYS, keys)
    return Dense(model.id, dimensions, embedded)


def embedded_text(parsed: Parsed) -> str:
    """What the dense leg knows of a passage."""
    return "\n".join((parsed.passage.title, *parsed.passage.heading, parsed.plain))


def _lsa(folder: Path, texts: Mapping[Key, str], before: Before) -> Lsa:
    """The model of the version before while most texts it was fitted on stand, else a new one."""
    new, gone = len(texts.keys() - before.fitted_on), len(before.fitted_on - texts.keys())
    if before.lsa is not None and max(new, gone) <= _REFIT_SHARE * len(texts):
        model, fitted_on = before.lsa, before.fitted_on
        model.save(folder / store.LSA)
    else:
        model = fit(list(texts.values()), folder / store.LSA)
        fitted_on = frozenset(texts)
    store.write_keys(folder / store.FITTED_ON, sorted(fitted_on))
    return model


def _vectors(
    root: Path, model: Embedder, texts: Mapping[Key, str], tell: Progress
) -> tuple[dict[Key, Vectors], int]:
    """The vector of each text, and how many were computed."""
    with VectorCache(root, model.id) as cache:
        vectors = cache.find(texts)
        new = [key for key in texts if key not in vectors]
        for start in range(0, len(new), _AT_A_TIME):
            tell("vectors", len(vectors), len(texts))
            some = new[start : start + _AT_A_TIME]
            rows = model.passages([texts[key] for key in some])
            if vectors and len(next(iter(vectors.values()))) != rows.shape[1]:
                # A service has put another model behind the name: nothing of before compares.
                cache.forget()
                return _vectors(root, model, texts, tell)
            fresh = dict(zip(some, rows, strict=True))
            cache.add(fresh)
            vectors |= fresh
    tell("vectors", len(texts), len(texts))
    return vectors, len(new)

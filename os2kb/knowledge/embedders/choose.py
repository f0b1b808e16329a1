"""From OS2KB_EMBEDDER to an embedder, and the index that is searched with it."""

import os

from index.embedders import Embedder
from index.versions import Versions
from os2kb.settings import Settings


def embedder_for(settings: Settings, *, building: bool = False) -> Embedder | None:
    """The embedder that is set; None for lsa, which each version of the index brings with it.

    Args:
        settings: of the installation.
        building: it has the machine to itself: all processors, and time to wait.
    """
    _, _, model = settings.embedder.partition(":")
    if not model:
        return None
    # Late: the default needs neither numpy nor httpx to be chosen.
    from index.embedders.sentence_transformers import SCHEME, SentenceTransformers
    from os2kb.knowledge.embedders.endpoint import Endpoint

    if settings.embedder.startswith(SCHEME):
        return SentenceTransformers(model, threads=os.cpu_count() or 1 if building else 1)
    return Endpoint(
        settings.embedding_base_url,
        model,
        settings.embedding_api_key,
        internal=settings.embedding_internal,
    )


def local_embedder(settings: Settings, *, building: bool = False) -> Embedder | None:
    """The one that is set, if it runs here: an issue may hold what no service may be sent."""
    from index.embedders.sentence_transformers import SCHEME

    local = settings.embedder.startswith(SCHEME)
    return embedder_for(settings, building=building) if local else None


def versions_for(settings: Settings) -> Versions:
    """The versions of the index, searched with the installation's embedder."""
    return Versions(settings.index_dir, embedder_for(settings))

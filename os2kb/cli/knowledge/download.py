"""`os2kb index download`: have the embedder's model on this machine."""

import typer

from os2kb.settings import load_settings


def download_model() -> None:
    """Fetch the model that OS2KB_EMBEDDER names, so that nothing else needs the network."""
    from index.embedders.sentence_transformers import SCHEME, SentenceTransformers, fetch

    embedder = load_settings().embedder
    if not embedder.startswith(SCHEME):
        typer.echo(f"{embedder} needs no model on this machine.")
        return
    model = embedder.removeprefix(SCHEME)
    fetch(model)
    typer.echo(f"{SentenceTransformers(model).id} is on this machine.")

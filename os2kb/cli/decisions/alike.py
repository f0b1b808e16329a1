"""Which entries say the same, told by all that this installation has for it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from os2kb.phrases import Phrase

if TYPE_CHECKING:
    from os2kb.decisions.lint.duplicates import Alike

_NOT_SENT = Phrase(
    "Indførslerne er kun sammenlignet ord for ord: de sendes ikke til {}. Er de offentlige, eller "
    "må tjenesten se dem, så sæt OS2KB_EMBEDDING_INTERNAL=true.",
    "The entries are compared by their words alone: they are not sent to {}. If they are public, "
    "or the service may see them, set OS2KB_EMBEDDING_INTERNAL=true.",
)
_AWAY = Phrase(
    "Indførslerne er kun sammenlignet ord for ord: {}",
    "The entries are compared by their words alone: {}",
)


def alike_here(*, english: bool) -> "Alike":
    """The 4-grams of the words, and the embedder of OS2KB_EMBEDDER where that is a neural one.

    What keeps the embedder from its work is told, and the words are compared all the same.
    """
    from index.embedders import EVERYONE, EmbedderUnavailable
    from os2kb.decisions.lint.duplicates import by_grams
    from os2kb.decisions.lint.meaning import by_meaning
    from os2kb.knowledge.embedders.choose import embedder_for
    from os2kb.settings import load_settings

    def tell(phrase: Phrase, of: str) -> None:
        typer.echo((phrase.en if english else phrase.da).format(of), err=True)

    settings = load_settings()
    embedder = embedder_for(settings, building=True)
    if embedder is None:
        return by_grams
    if embedder.takes < EVERYONE:  # a log may be private, and nobody says of a folder whether it is
        tell(_NOT_SENT, settings.embedding_base_url)
        return by_grams

    def alike(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
        yield from by_grams(texts)
        try:
            yield from by_meaning(texts, embedder.passages)
        except EmbedderUnavailable as error:
            tell(_AWAY, str(error))

    return alike

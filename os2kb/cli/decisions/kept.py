"""A product's decisions as they were last read, beside those of a path."""

from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.decisions.folder import USUAL, log_in
from os2kb.phrases import Phrase
from os2kb.settings import load_settings

if TYPE_CHECKING:  # they take time to import, which would slow down `os2kb --help`
    from pathlib import Path

    from os2kb.decisions.entry import Entry

Product = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="The decisions of a product, as they were last read; no path then."
    ),
]
_BOTH = Phrase("Skriv en sti eller --product, ikke begge.", "Write a path or --product, not both.")
_NONE = Phrase(
    "Der kendes ingen beslutninger i {}. De læses af os2kb index build. Kendte produkter: {}.",
    "No decisions of {} are known. os2kb index build reads them. Known products: {}.",
)
_NOTHING_READ = Phrase(
    "Ingen beslutninger er læst endnu. Kør os2kb index build MAPPE for dem i dokumenter, eller "
    "os2kb decisions sync EJER/REPO --apply for loggen på GitHub, som policyen dér nævner.",
    "No decisions have been read yet. Run os2kb index build FOLDER for those in documents, or "
    "os2kb decisions sync OWNER/REPO --apply for the log on GitHub that the Policy there names.",
)
_LEFT_OUT = Phrase(
    "Interne beslutninger er ikke taget med: {}. Med --internal kommer de med.",
    "Internal decisions are left out: {}. With --internal they are there, too.",
)


def entries_of(
    path: "Path", product: str, *, internal: bool, english: bool
) -> "tuple[tuple[Entry, ...], str]":
    """The entries of a path, or of a product; and how they are named to the commands.

    Ends the command with 2 where neither can be read.
    """
    if not product:
        return log_in(path, english=english).entries, str(path)
    if path != USUAL:
        typer.echo(_BOTH.en if english else _BOTH.da, err=True)
        raise typer.Exit(2)
    return _kept(product, internal=internal, english=english), f"--product {product}"


def _kept(product: str, *, internal: bool, english: bool) -> "tuple[Entry, ...]":
    from index.versions import Versions
    from os2kb.decisions.tidy import seen
    from os2kb.knowledge.decision_logs import decisions_served
    from os2kb.store.database import open_database, upgrade
    from os2kb.store.decisions import every_log, logged

    settings = load_settings()
    database = open_database(settings.store_url)
    upgrade(database)
    served = decisions_served(Versions(settings.index_dir))
    found = (
        *logged(database, product=product),
        *(one for one in served if one.log.product == product),
    )
    if not found:
        logs = (*every_log(database), *(one.log for one in served))
        known = {log.product for log in logs if log.public or internal}
        phrase = _NONE if known else _NOTHING_READ
        names = ", ".join(sorted(filter(None, known))) or "–"
        said = (phrase.en if english else phrase.da).format(product, names)
        typer.echo(seen(said), err=True)
        raise typer.Exit(2)
    shown = tuple(one.entry for one in found if internal or one.log.public)
    if left_out := len(found) - len(shown):
        typer.echo((_LEFT_OUT.en if english else _LEFT_OUT.da).format(left_out), err=True)
    return shown

"""`os2kb decisions list`: the entries of a log, newest first."""

from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.decisions.folder import USUAL, LogPath, require_some
from os2kb.cli.decisions.kept import Product, entries_of
from os2kb.cli.internal import Internal
from os2kb.cli.language import English, language
from os2kb.cli.rows import add_row
from os2kb.phrases import Phrase

_HEADS = (
    Phrase("Navn", "Name"),
    Phrase("Dato", "Date"),
    Phrase("Status", "Status"),
    Phrase("Type", "Type"),
    Phrase("Beslutning", "Decision"),
)


def list_decisions(
    path: LogPath = USUAL,
    product: Product = "",
    internal: Internal = False,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """The decisions of a log, newest first, in whatever format they are written."""
    from index.masking import mask
    from os2kb.decisions.as_data import as_data, masked
    from os2kb.decisions.words import STATUSES

    found, where = entries_of(path, product, internal=internal, english=english)
    entries = sorted(found, key=lambda one: one.path)
    entries.sort(key=lambda one: str(one.decision.date or ""), reverse=True)
    if as_json:
        items = [masked(as_data(one)) for one in entries]
        print_json({"items": items})
        return
    require_some(entries, where, english=english)
    spoken = language(english=english)
    table = Table(*(head.in_language(spoken) for head in _HEADS))
    for column in table.columns[1:4]:
        column.no_wrap = True
    # A name is there to be given to `show`, so none of it is left out.
    table.columns[0].overflow = table.columns[4].overflow = "fold"
    for entry in entries:
        decision = entry.decision
        add_row(
            table,
            mask(entry.name),
            decision.date.isoformat() if decision.date else "",
            STATUSES[decision.status].in_language(spoken),
            decision.type,
            mask(decision.title),
        )
    # No markup: what is shown comes from outside.
    Console(markup=False).print(table)

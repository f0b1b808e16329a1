"""Rows of tables: what they show may have been written by anybody."""

from rich.style import StyleType
from rich.table import Table


def add_row(table: Table, *cells: str, style: StyleType | None = None) -> None:
    """Add a row whose text cannot steer the terminal that it is shown on."""
    from os2kb.governance.harmless.neutralise import scrub

    table.add_row(*map(scrub, cells), style=style)

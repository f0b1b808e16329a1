"""A table as a file that a spreadsheet opens."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from index.passages import Language

Cell = str | int | float | None
# What a spreadsheet takes for the beginning of a formula.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def spreadsheet(heads: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> str:
    """CSV as the spreadsheets of those who speak a language read it.

    A Danish one parts cells by semicolons and writes a decimal comma. Text that could be taken for
    a formula gets an apostrophe before it. Save it as UTF-8 with a byte order mark.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if language == "da" else ",", lineterminator="\r\n")
    writer.writerow([_written(head, language) for head in heads])
    writer.writerows([_written(cell, language) for cell in row] for row in rows)
    return out.getvalue()


def _written(cell: Cell, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", "," if language == "da" else ".")
    if isinstance(cell, int):
        return str(cell)
    text = cell.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text

"""Tables of Jira's wiki text: `||head||head||` and `|cell|cell|`."""

import re

from os2kb.backlog.markup.document import Row, Table, Text
from os2kb.backlog.markup.lines import marked
from os2kb.backlog.markup.wiki.inline import InlineReader

# A cell ends at a bar, but not at one in code, in a link, in an image or behind a backslash.
_CELL = re.compile(
    r"(?:\\.|\{\{(?:[^\\{}\n]|\\.|\{(?!\{)|\}(?!\}))+\}\}|\[(?:[^\[\]\\\n]|\\.)+\]"
    r"|!(?:https?://[^\s!|]{1,2000}|[^\s!|][^!|\n]{0,200}\.\w{2,5})(?:\|[^!\n]{0,200})?!|[^|])*",
    re.DOTALL,
)
_BARS = re.compile(r"\|{1,2}")


def is_row(line: str) -> bool:
    """Whether a line begins a row."""
    return line.startswith("|")


def ends_row(line: str) -> bool:
    """Whether a row ends with this line, and does not go on in the next."""
    return line.endswith("|") and not line.endswith("\\|") and len(line) > 1


def read_table(rows: list[str], inline: InlineReader) -> Table:
    """The rows as a table.

    Args:
        rows: each begins with a bar; a cell may go over several lines.
        inline: reads the lines of a cell.
    """
    read = [_cells(row, inline) for row in rows]
    heads = bool(read) and all(head for head, _ in read[0]) and bool(read[0])
    if any(head for row in (read[1:] if heads else read) for head, _ in row):
        inline.losses.add("table")
    header: Row = tuple(text for _, text in read[0]) if heads else ()
    return Table(
        header,
        tuple(
            tuple(marked(text, "strong") if head else text for head, text in row)
            for row in (read[1:] if heads else read)
        ),
    )


def _cells(row: str, inline: InlineReader) -> list[tuple[bool, Text]]:
    """Each cell's text, and whether it is a head."""
    found: list[tuple[bool, Text]] = []
    at = 0
    while at < len(row) and (bars := _BARS.match(row, at)):
        cell = _CELL.match(row, bars.end())
        end = cell.end() if cell else bars.end()
        written = row[bars.end() : end]
        if end < len(row) or written.strip():
            lines = [line for one in written.split("\n") for line in inline.lines(one.strip())]
            found.append((len(bars[0]) == 2, tuple(lines)))
        at = end
    return found

"""One log: `## BDR-#42: titel (2026-05-02)`, the newest first."""

from collections.abc import Iterable, Iterator

from os2kb.decisions.decision import Decision
from os2kb.decisions.reading.headings import Heading
from os2kb.decisions.writing.parts import (
    document,
    key_lines,
    newest_first,
    sections,
    title_line,
)


def written_log(decisions: Iterable[Decision]) -> str:
    """The log."""
    blocks = ["# Beslutningslog"]
    for decision in newest_first(decisions):
        blocks += written_entry(decision)
    return document(blocks)


def written_entry(decision: Decision) -> Iterator[str]:
    """One entry, as blocks."""
    number = f"BDR-#{decision.id}: " if decision.id else "BDR: "
    day = f" ({decision.date})" if decision.date else ""
    expected = Heading(decision.title, decision.id, "", decision.date)
    yield "## " + title_line(number, decision, expected, day)
    yield "\n".join(key_lines(decision, without=("id", "date")))
    yield from sections(decision, 3)

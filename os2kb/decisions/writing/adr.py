"""English architecture records: `# ADR 001 - title`, Date, Status, Context, Decision."""

from os2kb.decisions.decision import Decision
from os2kb.decisions.reading.headings import Heading
from os2kb.decisions.words import HEADINGS, Key, Text
from os2kb.decisions.writing.parts import (
    document,
    key_lines,
    own_section,
    section,
    title_line,
    values,
)

_BEFORE_ALL: tuple[Text, ...] = ("context", "decision", "consequences")
_ELSEWHERE: tuple[Key, ...] = ("id", "date", "status", "type")
_WHERE_THERE_ARE: tuple[Text, ...] = ("effectuation", "risks", "references")


def written_adr(decision: Decision) -> str:
    """A decision's file."""
    number = f"{int(decision.id):03}" if decision.id else ""
    before = " ".join(filter(None, (decision.type, number)))
    expected = Heading(decision.title, decision.id, decision.type)
    told = values(decision, "en")
    lines = list(key_lines(decision, without=_ELSEWHERE, always=(), language="en"))
    blocks = [
        "# " + title_line(f"{before} - " if before else "", decision, expected),
        f"Date: {told['date']}".rstrip(),
        *(["\n".join(lines)] if lines else []),
        *section("Status", told["status"], 2),
    ]
    for text in (*_BEFORE_ALL, *_WHERE_THERE_ARE):
        said = getattr(decision, text)
        if said or text in _BEFORE_ALL:
            blocks += section(HEADINGS[text].en, said, 2)
    for own in decision.extra:
        blocks += own_section(own, 2)
    return document(blocks)

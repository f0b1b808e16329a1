"""The overview of a log: made from its entries, never edited.

A proposal adds its own file and leaves this page alone; it is written anew from what is on the
default branch. So two proposals never touch the same line.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

import yaml

from os2kb.decisions.decision import Decision, deciders_written
from os2kb.decisions.guard import guarded_line
from os2kb.decisions.words import STATUSES, TYPES, Status
from os2kb.decisions.writing.files import PARENT
from os2kb.decisions.writing.parts import document, newest_first

MARKER = "<!-- os2kb:overview -->"
"""In a page that we wrote, and nobody edits."""
_HEADINGS: Mapping[Status, str] = {
    "proposed": "Forslag",
    "accepted": "Gældende",
    "superseded": "Erstattet",
    "deprecated": "Udgået",
    "rejected": "Afvist",
    "unknown": "Med ukendt status",
}
_HEAD = "| Dato | Nr. | Beslutning | Type | Truffet af | Status |\n" + "| --- " * 6 + "|"


def index_page(files: Mapping[str, Decision]) -> str:
    """The overview, by status and with the newest first.

    Args:
        files: each decision's file, beside the page.
    """
    front = yaml.safe_dump({"title": PARENT, "has_children": True}, allow_unicode=True)
    blocks = [f"---\n{front}---", MARKER, f"# {PARENT}"]
    names = {decision: name for name, decision in sorted(files.items())}
    for status, heading in _HEADINGS.items():
        found = newest_first(one for one in files.values() if one.status == status)
        if found:
            blocks += [f"## {heading} ({len(found)})", _table(found, names)]
    return document(blocks)


def _table(decisions: Iterable[Decision], names: Mapping[Decision, str]) -> str:
    return "\n".join([_HEAD, *(_row(one, names[one]) for one in decisions)])


def _row(decision: Decision, name: str) -> str:
    title = _cell(decision.title).replace("[", "\\[").replace("]", "\\]")
    said = STATUSES[decision.status].da if decision.said.plain else decision.status_text
    cells = (
        decision.date.isoformat() if decision.date else "",
        decision.id,
        f"[{title}]({quote(name)})",
        TYPES[decision.type].da,
        _cell(deciders_written(decision.deciders)),
        _cell(said),
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return guarded_line(text).replace("\\", "\\\\").replace("|", "\\|").replace("`", "\\`")

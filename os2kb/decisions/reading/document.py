"""A document that tells of one decision: a file of the log, an issue, an ADR."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from index.reading.standing.decided import is_choice
from os2kb.decisions.decision import Section
from os2kb.decisions.entry import Entry, Format
from os2kb.decisions.guard import unguarded
from os2kb.decisions.reading.headings import Heading, heading_of
from os2kb.decisions.reading.outline import Outline, Part, outline
from os2kb.decisions.reading.parts import Reading, entry_of, take_text, take_value
from os2kb.decisions.reading.status_table import Ticked, ticked_in
from os2kb.decisions.status import said_of
from os2kb.decisions.words import KEYS_BY_NAME, TEXTS_BY_NAME, Key, name_of

PREAMBLE = "Indledning"
_FRONT_KEYS: Mapping[str, Key] = {
    "date": "date",
    "dato": "date",
    "status": "status",
    "decision-makers": "deciders",
    "deciders": "deciders",
    "type": "type",
    "id": "id",
    "issue": "issue",
}
# What a page of a site says of itself, and no decision.
_OF_THE_PAGE = frozenset(
    (
        "title",
        "parent",
        "grand_parent",
        "nav_order",
        "nav_exclude",
        "has_children",
        "permalink",
        "layout",
    )
)
_BOX = re.compile(r"[-*+] +\[(?P<mark>[ xX])\] +(?P<text>.+)")
_IN_A_LOG = re.compile(r"beslutning|decision|(?:^|/)adrs?/", re.IGNORECASE)
_TEMPLATE_DATE = re.compile(r"\[[ÅYåy]{2,4}-")


def read_document(
    lines: Sequence[str],
    written_as: Format,
    path: str = "",
    title: str = "",
    offset: int = 0,
    *,
    certain: bool = False,
) -> Entry | None:
    """A decision; None where it tells of none, or is a template.

    Args:
        lines: as `lines_of` gives them.
        written_as: the format of the log.
        path: the file's, whose name tells what the text does not.
        title: an issue's.
        offset: of the first line in its file.
        certain: it is one, however little it says.
    """
    found = outline(lines, offset, titled=not title)
    read = Reading()
    _heading(read, found, path, title)
    _front(read, found)
    for pair in found.pairs:
        take_value(read, pair.key, pair.name, pair.value, pair.line)
    if found.pairs_under and name_of(found.pairs_under) not in ("", "metadata"):
        read.repair(
            "moved",
            found.pairs[0].line,
            f"Dato og status stod under “{unguarded(found.pairs_under)}”.",
            f"Date and status stood under “{unguarded(found.pairs_under)}”.",
        )
    for part in found.parts:
        _part(read, part)
    preamble = _ticked_at_the_top(read, found)
    _replaced(read, found)
    if found.comments:
        read.repair(
            "comment",
            found.title_line,
            f"{found.comments} skjulte bemærkninger fra skabelonen er udeladt.",
            f"{found.comments} hidden remarks of the template were left out.",
        )
    if not (certain or _tells_of_one(read, path)) or _is_unfilled(read.values):
        return None
    if preamble:
        _preamble(read, found, preamble)
    end = max((n for n, line in enumerate(lines) if line.strip()), default=0) + 1 + offset
    return entry_of(read, written_as, path, (found.title_line, max(end, found.title_line)))


def _ticked_at_the_top(read: Reading, found: Outline) -> str:
    """Take the status that a table or boxes above the sections are ticked at; the other text."""
    text = found.preamble.text
    ticked = None if "status" in read.values else ticked_in(text)
    if ticked is None:
        return text
    _take_ticked(read, ticked, found.preamble.line)
    return ticked.rest


def _take_ticked(read: Reading, ticked: Ticked, line: int) -> None:
    read.values["status"], read.places["status"] = ticked.status, line + ticked.line
    if ticked.date and not read.values.get("date"):
        read.values["date"], read.places["date"] = ticked.date, line + ticked.line
    read.repair(
        "status-note",
        line,
        "Status er det sidste felt, der er sat kryds i.",
        "The status is the last box that is ticked.",
    )


def _replaced(read: Reading, found: Outline) -> None:
    """Which entries it replaces, where only a line of a section says it."""
    if found.replaces is None or "supersedes" in read.values:
        return
    heading, pair = found.replaces
    read.values["supersedes"], read.places["supersedes"] = pair.value, pair.line
    shown = unguarded(heading)
    read.repair(
        "moved",
        pair.line,
        f"“{pair.key}” stod under “{shown}”.",
        f"“{pair.key}” stood under “{shown}”.",
    )


def _tells_of_one(read: Reading, path: str) -> bool:
    """Whether there is enough of a decision: other documents have a status or a date, too."""
    values, texts, heading = read.values, read.texts.keys(), read.heading
    enough = len(values.keys() & {"date", "status", "deciders", "type"}) + len(texts)
    if heading.type or heading.id or heading.date or "type" in values or _IN_A_LOG.search(path):
        return enough > 1
    known = said_of(values.get("status", "")).status != "unknown"
    told = ("date" in values) + ("deciders" in values) + ("decision" in texts)
    return (known and told > 1) or texts >= {"context", "decision", "consequences"}


def is_template(lines: Sequence[str]) -> bool:
    """Whether a document is a template for a decision that nobody has filled in."""
    told = {KEYS_BY_NAME.get(one.name): one.value for one in outline(lines).pairs}
    return _is_unfilled(told)


def _is_unfilled(values: Mapping[Key, str] | Mapping[Key | None, str]) -> bool:
    status, day = values.get("status", ""), values.get("date", "")
    return bool(_TEMPLATE_DATE.match(day)) or is_choice(status)


def _heading(read: Reading, found: Outline, path: str, title: str) -> None:
    written = title or found.title
    read.heading = heading_of(written)
    read.places["title"] = found.title_line
    if written:
        return
    stated = found.front.get("title")
    name = PurePosixPath(path).stem
    words = re.sub(r"^[\d-]+", "", name).replace("-", " ").strip() or name
    read.heading = Heading(str(stated) if stated else words)
    read.repair(
        "title",
        found.title_line,
        "Der er ingen overskrift; titlen er taget fra " + ("hovedet." if stated else "filnavnet."),
        "There is no heading; the title is the " + ("front matter's." if stated else "file's."),
    )


def _front(read: Reading, found: Outline) -> None:
    """MADR 4 and others say it before the text; what the text says counts."""
    names = {one.name for one in found.pairs} | {one.name for one in found.parts}
    said = {KEYS_BY_NAME[name] for name in names if name in KEYS_BY_NAME}
    for key, value in found.front.items():
        known = _FRONT_KEYS.get(key)
        written = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        if known and known not in said and written:
            read.values[known] = written
            read.places[known] = 1
        elif known is None and key not in _OF_THE_PAGE and written:
            read.keep(key, written)


def _part(read: Reading, part: Part) -> None:
    if text := TEXTS_BY_NAME.get(part.name):
        take_text(read, text, part.heading, part.text, part.line)
    elif KEYS_BY_NAME.get(part.name) == "status":
        _status_section(read, part)
    elif part.name in KEYS_BY_NAME:
        take_value(read, part.heading, part.name, " ".join(part.text.split()), part.line)
    elif part.text or part.name != "metadata":
        read.keep(unguarded(part.heading), part.text)


def _status_section(read: Reading, part: Part) -> None:
    """`## Status`: its first paragraph, or the last box that is ticked."""
    if "status" not in read.values and (ticked := ticked_in(part.text)):
        _take_ticked(read, ticked, part.line)
        if ticked.rest:
            read.keep("Statusnote", ticked.rest)
        return
    first, _, rest = part.text.partition("\n\n")
    boxes = [match for line in part.text.split("\n") if (match := _BOX.fullmatch(line.strip()))]
    if boxes:
        ticks = [one["text"] for one in boxes if one["mark"] != " "]
        first, rest = (ticks or ["Udkast"])[-1], ""
        read.repair(
            "status-note",
            part.line,
            "Status er det sidste felt, der er sat kryds i.",
            "The status is the last box that is ticked.",
        )
    take_value(read, part.heading, part.name, " ".join(first.split()), part.line)
    if rest.strip():
        read.keep("Statusnote", rest)
        read.repair(
            "status-note",
            part.line,
            "Det, der stod efter status, er holdt for sig.",
            "What stood after the status is kept apart.",
        )


def _preamble(read: Reading, found: Outline, text: str) -> None:
    """What stands right below date and status is the decision, where no section is."""
    if read.texts.get("decision") or not found.pairs or found.pairs_under:
        read.extra.insert(0, Section(PREAMBLE, text))
        return
    read.texts["decision"] = text
    read.places["decision"] = found.preamble.line

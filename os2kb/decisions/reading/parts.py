"""What is read of one decision, part by part, until it is an Entry."""

import datetime
import re
from dataclasses import dataclass, field

from os2kb.decisions.dates import date_in, exact_date
from os2kb.decisions.decision import Decision, Section, deciders_of, references_of
from os2kb.decisions.entry import Entry, Format, Repair, RepairKind
from os2kb.decisions.guard import unguarded
from os2kb.decisions.reading.headings import Heading
from os2kb.decisions.status import said_of
from os2kb.decisions.words import HEADINGS, KEYS, KEYS_BY_NAME, Key, Text, Type, type_of
from os2kb.phrases import Phrase


@dataclass(slots=True)
class Reading:
    """What has been read of one decision so far, and what it took."""

    repairs: list[Repair] = field(default_factory=list)
    values: dict[Key, str] = field(default_factory=dict)
    texts: dict[Text, str] = field(default_factory=dict)
    extra: list[Section] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    heading: Heading = field(default_factory=lambda: Heading(""))

    def repair(self, kind: RepairKind, line: int, da: str, en: str) -> None:
        """Note what was put right."""
        self.repairs.append(Repair(kind, line, Phrase(da, en)))

    def keep(self, heading: str, text: str) -> None:
        """Keep what is none of a decision's known parts, under its heading as it was meant."""
        self.extra.append(Section(heading, text))


def entry_of(
    read: Reading, written_as: Format, path: str, lines: tuple[int, int], year: str = ""
) -> Entry:
    """The entry that all that was read makes."""
    values = read.values
    day = _day(read)
    status = values.get("status", "")
    deciders = deciders_of(values.get("deciders", ""))
    _doubts(read, lines[0], day, deciders)
    decision = Decision(
        title=read.heading.title,
        date=day,
        status_text=status,
        id=values.get("id", "") or read.heading.id,
        type=_type(read),
        deciders=deciders,
        decision=read.texts.get("decision", ""),
        context=read.texts.get("context", ""),
        consequences=read.texts.get("consequences", ""),
        effectuation=read.texts.get("effectuation", ""),
        risks=read.texts.get("risks", ""),
        references=read.texts.get("references", ""),
        supersedes=references_of(values.get("supersedes", "")),
        superseded_by=references_of(values.get("superseded_by", "")),
        issue=values.get("issue", ""),
        ticket=values.get("ticket", ""),
        product=values.get("product", ""),
        extra=tuple(read.extra),
    )
    written = {str(key): value for key, value in values.items()}
    written |= {"year": year} if year else {}
    written |= {"heading": read.heading.date.isoformat()} if read.heading.date else {}
    repairs = tuple(sorted(read.repairs, key=lambda one: one.line))
    return Entry(decision, written_as, path, lines, repairs, read.places, written)


def take_value(read: Reading, key: str, name: str, value: str, line: int) -> None:
    """Keep a key's value: as what it is, or as a section where it is unknown or stood before."""
    known = KEYS_BY_NAME.get(name)
    if known is None:
        read.keep(unguarded(key), value)
    elif known in read.values:
        read.keep(unguarded(key), value)
        read.repair(
            "twice",
            line,
            f"{KEYS[known].da} står to gange; den første gælder.",
            f"{KEYS[known].en} stands twice; the first counts.",
        )
    else:
        read.values[known] = value
        read.places[known] = line


def take_text(
    read: Reading, text: Text, heading: str, body: str, line: int, *, usual: bool = False
) -> None:
    """Keep a section's text, or as one more section where it has been read already."""
    if read.texts.get(text):
        read.keep(unguarded(heading), body)
        read.repair(
            "twice",
            line,
            f"To afsnit er {HEADINGS[text].da.lower()}; det andet er holdt for sig.",
            f"Two sections are {HEADINGS[text].en.lower()}; the other is kept apart.",
        )
        return
    read.texts[text] = body
    read.places[text] = line
    shown, name = unguarded(heading), HEADINGS[text]
    if not usual and shown not in (name.da, name.en):
        read.repair(
            "heading",
            line,
            f"Overskriften “{shown}” er læst som “{name.da}”.",
            f"The heading “{shown}” was read as “{name.en}”.",
        )


def _day(read: Reading) -> datetime.date | None:
    written = read.values.get("date", "")
    line = read.places.get("date", read.places.get("title", 1))
    if day := exact_date(written):
        return day
    dated = date_in(written)
    if dated:
        read.repair(
            "date-form",
            line,
            f"Datoen “{written[:40]}” er læst som {dated.date}.",
            f"The date “{written[:40]}” was read as {dated.date}.",
        )
        return dated.date
    if written:
        read.keep(KEYS["date"].da, written)
        read.repair(
            "date-unread",
            line,
            f"Datoen “{written[:40]}” kan ikke læses.",
            f"The date “{written[:40]}” cannot be read.",
        )
    return read.heading.date


def _type(read: Reading) -> Type:
    stated = type_of(read.values.get("type", ""))
    if stated and read.heading.type and stated != read.heading.type:
        read.repair(
            "type",
            read.places.get("type", 1),
            f"Overskriften siger {read.heading.type}, beslutningstypen {stated}; den gælder.",
            f"The heading says {read.heading.type}, the type {stated}, which counts.",
        )
    return stated or read.heading.type


def _doubts(read: Reading, line: int, day: datetime.date | None, deciders: tuple[str, ...]) -> None:
    """Note what was read with a doubt, or not at all."""
    status = read.values.get("status", "")
    said, place = said_of(status), read.places.get("status", line)
    if said.status == "unknown":
        read.repair(
            "status-unread",
            place,
            f"Status “{status[:60]}” kendes ikke." if status else "Der er ingen status.",
            f"The status “{status[:60]}” is not known." if status else "There is no status.",
        )
    elif not said.plain:
        read.repair(
            "status-words",
            place,
            f"Status er skrevet som “{status[:100]}”.",
            f"The status is written as “{status[:100]}”.",
        )
    if day is None and "date" not in read.values:
        read.repair("no-date", line, "Der er ingen dato.", "There is no date.")
    if not read.texts.get("decision"):
        read.repair(
            "no-decision",
            line,
            "Intet afsnit siger, hvad der er besluttet.",
            "No section says what was decided.",
        )
    written = read.values.get("deciders", "")
    if len(deciders) > len(re.split("[,;]", written)):
        read.repair(
            "deciders",
            read.places.get("deciders", line),
            f"“{written[:80]}” er læst som {', '.join(deciders)}.",
            f"“{written[:80]}” was read as {', '.join(deciders)}.",
        )

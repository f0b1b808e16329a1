"""Decision: one entry of a decision log."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.reading.standing.decided import is_choice
from os2kb.decisions.status import GROUP, Said, plain_status, said_of
from os2kb.decisions.tidy import one_line, tidy
from os2kb.decisions.words import Status, Type

NO_TITLE = "Uden titel"
NO_HEADING = "Øvrigt"

_TO_ISSUE = re.compile(
    r"https?://[^/\s]+/(?P<repository>[\w.-]+/[\w.-]+)/(?:issues|pull)/(?P<number>\d+)[^\s)]*"
)
_BOX = re.compile(r"^(?:(?:[-*+]|\[[ xX]\])(?: +|$))+")
_LINK = re.compile(r"\[(?P<text>[^\]\[]{0,200})\]\((?P<target>[^()\s]{1,500})\)")
_NUMBER = re.compile(r"(?:[A-Za-zæøåÆØÅ]{2,10}[ -]?)?#?0*(?P<number>\d{1,9})")
_BETWEEN = re.compile(r"[,;]|\bog\b|\band\b", re.IGNORECASE)
_BETWEEN_DECIDERS = re.compile(
    r",(?!\s*[a-zæøå-]*(?:koordinator|formand|forperson|ejer|leder|chef|konsulent|arkitekt)\b)"
)
_BETWEEN_GROUPS = re.compile(r"[,;/&]|\bog\b|\band\b|(?<=[a-zæøå])-(?=[A-ZÆØÅ])")
_REPLACED_BY = re.compile(
    r"(?:erstattet|afløst|superseded|replaced)(?: af| by)(?P<by>.{1,300})", re.IGNORECASE
)
_NAMED = re.compile(r"\b[ASOB]DR[ -]?#?\d{1,9}|#\d{1,9}|[\w.-]{1,100}\.md\b")


@dataclass(frozen=True, slots=True)
class Section:
    """What a decision says beyond its known parts."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, when, by whom and why. However it is made, it holds tidy text.

    Attributes:
        id: a number without zeros before it, mostly its issue's; empty for none.
        title: one line, never empty.
        date: the day of the decision.
        status_text: how far it is, in the log's words: `Accepteret`, or `Godkendt på
            styregruppemødet den 4. juni 2026`.
        deciders: groups, roles or people.
        context: Markdown, as are the other texts.
        supersedes: ids of other entries, or their files.
        superseded_by: the same; what the status says of it counts.
        issue: `owner/repo#42`.
        ticket: a key as `DISPLAY-7`.
        extra: what stands under other headings and keys, in order.
    """

    title: str
    date: datetime.date | None = None
    status_text: str = ""
    id: str = ""
    type: Type = ""
    deciders: tuple[str, ...] = ()
    decision: str = ""
    context: str = ""
    consequences: str = ""
    effectuation: str = ""
    risks: str = ""
    references: str = ""
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    issue: str = ""
    ticket: str = ""
    product: str = ""
    extra: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        def put(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        for name in ("decision", "context", "consequences", "effectuation", "risks", "references"):
            put(name, tidy(getattr(self, name)))
        for name in ("status_text", "ticket", "product"):
            put(name, one_line(getattr(self, name)))
        put("status_text", plain_status(_status(self.status_text)))
        put("title", one_line(self.title) or NO_TITLE)
        put("id", number_of(self.id))
        put("issue", issue_of(self.issue))
        put("deciders", deciders_of(deciders_written(self.deciders)))
        put("supersedes", references_of(", ".join(self.supersedes)))
        replaced = _REPLACED_BY.search(self.status_text)
        named = _NAMED.findall(replaced["by"]) if replaced else []
        put("superseded_by", references_of(", ".join((*self.superseded_by, *named))))
        put("extra", tuple(_section(one) for one in self.extra))

    @property
    def said(self) -> Said:
        """What the status says, read."""
        return said_of(self.status_text)

    @property
    def status(self) -> Status:
        """How far the decision is."""
        return self.said.status


def _status(text: str) -> str:
    """Without the box before it; what a template offers to choose from says nothing."""
    return "" if is_choice(text) else _BOX.sub("", text)


def _section(section: Section) -> Section:
    return Section(one_line(section.heading).strip("*_: ") or NO_HEADING, tidy(section.text))


def number_of(written: str) -> str:
    """`042`, `#42` and `ADR-042` are 42; empty where there is no number."""
    match = _NUMBER.fullmatch(written.strip())
    return match["number"] if match else ""


def issue_of(written: str) -> str:
    """`owner/repo#42` of an address or a link; else what is written."""
    line = one_line(written)
    match = _TO_ISSUE.search(line)
    return f"{match['repository']}#{match['number']}" if match else line


def deciders_of(written: str) -> tuple[str, ...]:
    """Who decided, one by one. `og`, `/` and a hyphen part groups, and may belong to a name.

    A comma belongs to a name before a role (`Kim, produktkoordinator`), and where semicolons part.
    """
    line = one_line(written)
    found: list[str] = []
    for piece in line.split(";") if ";" in line else _BETWEEN_DECIDERS.split(line):
        parts = _BETWEEN_GROUPS.split(piece)
        groups = len(parts) > 1 and all(GROUP.search(part) for part in parts)
        found += parts if groups else [piece]
    return tuple(dict.fromkeys(filter(None, (one.strip(" .*_") for one in found))))


def deciders_written(deciders: Sequence[str]) -> str:
    """The same on one line, so that it is read as these again."""
    line = ", ".join(deciders)
    if ";" not in line and deciders_of(line) == tuple(deciders):
        return line
    return "; ".join(deciders) + ";" * (len(deciders) == 1)


def references_of(written: str) -> tuple[str, ...]:
    """Other entries: `ADR-0005`, `#12` and links, as numbers or names of files."""
    named = (_reference(one) for one in _BETWEEN.split(one_line(written)))
    return tuple(dict.fromkeys(filter(None, named)))


def _reference(written: str) -> str:
    link = _LINK.search(written)
    target = (link["target"] if link else written).strip(" .*_<>")
    if number := number_of(link["text"] if link else target):
        return number
    name = target.partition("#")[0].rstrip("/").rpartition("/")[2] if target[:1] != "#" else target
    name = name.strip(" .*_<>")
    return number_of(name) or name


def numbers(decisions: Iterable[Decision]) -> set[int]:
    """The ids that are taken."""
    return {int(one.id) for one in decisions if one.id}

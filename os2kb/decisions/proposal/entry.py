"""The entry that is proposed of an issue."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from os2kb.decisions.decision import Decision, Section, numbers, references_of
from os2kb.decisions.guard import guarded, guarded_line
from os2kb.decisions.proposal.insertion import ONE_FILE
from os2kb.decisions.proposal.seen import Log, Made, Origin, same_issue
from os2kb.decisions.reading.document import PREAMBLE
from os2kb.decisions.reading.read import read_issue
from os2kb.decisions.tidy import seen
from os2kb.decisions.words import HEADINGS, STATUSES
from os2kb.decisions.writing.names import adr_file_name, file_name

_HERE = ZoneInfo("Europe/Copenhagen")
MOST_CHARACTERS = 40_000
"""Of each of its texts; an entry is read by people."""
MOST_WRITTEN = 300_000
"""Bytes of all its texts in a file: GitHub shows us no file of more than 512 KB."""
MOST_REPLACED = 100
"""Entries that one decision replaces; the file of each is part of its proposal."""
_SWELLS = 9  # bytes at most that a character takes in a file: `{<!-- -->`
_CUT = "\n\n(Resten står i issuet.)"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# At the end of what a command says, whose lines are one: “Vi deler driften. Erstatter: 12 og 14”.
_REPLACES = re.compile(
    r"(?:^|(?<=[.;,!\n ]))(?:erstatter|afløser|supersedes|replaces):"
    r"(?P<named>[ ]*(?=[^ ]{0,120}\d)[#\w.-]{1,120}(?:(?:, ?| og | and )#?\d{1,9}){0,20})"
    r"[ .]{0,5}\Z",
    re.IGNORECASE,
)
_LAST = 2_000  # characters in which that is looked for
_STANDS = frozenset({"accepted", "rejected", "superseded", "deprecated"})


def entry_of(origin: Origin, made: Made, number: str) -> Decision:
    """What the log is to say of a decision.

    Args:
        origin: the issue; by the log's template or in free words.
        made: who decided what, and when.
        number: its id.
    """
    read = read_issue(origin.title, origin.body, certain=True)
    said = read.decision if read else Decision(origin.title, decision=_free(origin.body))
    free = [one.text for one in said.extra if one.heading == PREAMBLE]
    parts = (said.context, *free, said.decision)
    told, replaces = _told(made.text)
    if told:
        decided, context = told, "\n\n".join(filter(None, parts))
    elif said.decision:
        decided, context = said.decision, "\n\n".join(filter(None, parts[:-1]))
    else:
        decided, context = "\n\n".join(filter(None, parts)), ""
    stands = said.status in _STANDS
    made_of = replace(
        said,
        id=number,
        date=said.date or made.at.astimezone(_HERE).date(),
        status_text=said.status_text if stands else STATUSES["accepted"].da,
        deciders=said.deciders or origin.deciders,
        decision=decided,
        context=context,
        extra=tuple(one for one in said.extra if one.heading != PREAMBLE),
        issue=origin.name,
        product=said.product or origin.product,
        supersedes=tuple(one for one in replaces or said.supersedes if one != number)[
            :MOST_REPLACED
        ],
        superseded_by=() if said.status != "superseded" else said.superseded_by,
    )
    return _shortened(made_of)


def number_for(origin: Origin, log: Log, before: str) -> str:
    """The number of its entry: the one it was given before, the issue's own, or the next free one.

    Args:
        before: what it was given; another entry may have been written under it since.
    """
    others = [one.decision for one in log.entries if not same_issue(one.decision, origin.name)]
    written = numbers(others)
    if before and int(before) not in written:
        return before
    taken = written | log.taken
    if origin.number not in taken:
        return str(origin.number)
    return str(max(taken) + 1)


def path_for(decision: Decision, log: Log, before: str) -> str:
    """Where its file stands: where it was put before, unless that is another's now."""
    if log.format in ONE_FILE:
        return log.path
    own = {one.path for one in log.entries if same_issue(one.decision, decision.issue)}
    others = (log.paths | {one.path for one in log.entries}) - own
    if before and before not in others:
        return before
    names = {PurePosixPath(one).name for one in others}
    name = adr_file_name if log.format == "adr" else file_name
    return f"{log.path.strip('/')}/{name(decision, names)}".lstrip("/")


def replaced_by(decision: Decision, log: Log) -> tuple[str, ...]:
    """The paths of the entries that a decision says it replaces."""
    return tuple(dict.fromkeys(_paths(decision, log)))


def _paths(decision: Decision, log: Log) -> Iterable[str]:
    for named in decision.supersedes:
        for one in log.entries:
            file = PurePosixPath(one.path).name
            if named and named in (one.decision.id, file) and one.path:
                yield one.path


def _told(text: str) -> tuple[str, tuple[str, ...]]:
    """What a command says was decided, and the entries that it says this replaces."""
    match = _REPLACES.search(text, max(0, len(text) - _LAST))
    if match is None or not text[: match.start()].strip():
        return text, ()
    return text[: match.start()].rstrip(" ,;\n"), references_of(match["named"])


def _free(body: str) -> str:
    """Free words, without the remarks that a template hides in them."""
    return _COMMENT.sub("", seen(body))


def _shortened(decision: Decision) -> Decision:
    """The decision with texts that people will read, and that GitHub will show in one file."""
    room = MOST_WRITTEN
    texts: dict[str, str] = {}
    for name in HEADINGS:
        texts[name] = _cut(getattr(decision, name), room)
        room = max(0, room - len(guarded(texts[name]).encode()))
    extra: list[Section] = []
    for one in decision.extra:
        room -= len(guarded_line(one.heading).encode())
        if room <= 0:
            break
        extra.append(replace(one, text=_cut(one.text, room)))
        room = max(0, room - len(guarded(extra[-1].text).encode()))
    return replace(
        decision,
        decision=texts["decision"],
        context=texts["context"],
        consequences=texts["consequences"],
        effectuation=texts["effectuation"],
        risks=texts["risks"],
        references=texts["references"],
        extra=tuple(extra),
    )


def _cut(text: str, room: int) -> str:
    kept = text[:MOST_CHARACTERS]
    if len(kept) * _SWELLS > room and len(guarded(kept).encode()) > room:
        kept = kept[: room // _SWELLS]
    if kept == text:
        return text
    return (kept.rpartition("\n")[0] or kept) + _CUT

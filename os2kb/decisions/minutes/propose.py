"""What was found in minutes, as entries that a person may take into the log."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from os2kb.decisions.decision import Decision, numbers
from os2kb.decisions.minutes.extract import Found, Minutes
from os2kb.decisions.tidy import one_line

_LONGEST = 90  # characters of a title
_FEWEST = 3  # words that say what was decided
_AT = re.compile(
    r"^(?:,? (?:af|i|på|fra|med|den|d\.) .{1,80}?(?=,? at\b))?"
    r"[\s,:;.–-]*(?:enstemmigt\b,? ?)?(?:det at\b|at\b|om at\b|om\b|følgende\b)?[\s,:;–-]*",
    re.IGNORECASE,
)


def proposed(
    minutes: Iterable[Minutes],
    least: float,
    log: Sequence[Decision] = (),
    *,
    taken: Collection[int] = (),
    before: Callable[[Decision], str] = lambda _: "",
) -> list[Decision]:
    """Entries for what was found with so much confidence, and is not in the log already.

    Args:
        minutes: of some meetings.
        least: confidence, 0 to 1.
        log: the entries there are; where these have numbers, new ones get the next.
        taken: numbers that were given to others, which are not in the log yet.
        before: the number that an entry was given before; empty for none.
    """
    written = numbers(log)
    used = written | set(taken)
    known = {identity(one) for one in log}
    made: list[Decision] = []
    for one in minutes:
        sure = [found for found in one.found if found.confidence >= least]
        often = [found.item for found in sure]
        for found in sure:
            entry = entry_for(found, one, alone=often.count(found.item) == 1)
            if identity(entry) in known:
                continue
            known.add(identity(entry))
            if written:
                given = before(entry)
                number = int(given) if given and int(given) not in used else max(used) + 1
                used.add(number)
                entry = replace(entry, id=str(number))
            made.append(entry)
    return made


def entry_for(found: Found, minutes: Minutes, *, alone: bool = False) -> Decision:
    """The entry that something found would make.

    Args:
        found: what was found.
        minutes: where.
        alone: nothing else was found under that item of the agenda.
    """
    meeting = minutes.meeting
    if found.item == meeting.name:  # it stands below the heading of the minutes themselves
        found = replace(found, item="")
    day = f" {meeting.date}" if meeting.date else ""
    status = "Afvist" if found.outcome == "rejected" else "Besluttet"
    first, last = found.lines
    place = f"linje {first}" if first == last else f"linje {first}-{last}"
    return Decision(
        title=title_of(found, alone=alone),
        date=meeting.date,
        status_text=f"{status} på mødet{day}" if day else status,
        deciders=(found.group,) if found.group else (),
        decision=_decided(found),
        context=f"Punkt på dagsordenen: {found.item}" if found.item else "",
        references=f"- {meeting.name} ({minutes.named}, {place})",
    )


def _decided(found: Found) -> str:
    """The quote; a bare `Godkendt.` says nothing without the item of the agenda."""
    bare = found.item and len(found.quote.split()) < _FEWEST
    return f"{found.item}: {found.quote}" if bare else found.quote


def title_of(found: Found, *, alone: bool) -> str:
    """The item of the agenda where it is the only decision there, else what was decided."""
    said = _AT.sub("", found.quote[found.decided :]).strip()
    if len(said.split()) < _FEWEST:
        said = found.quote
    if found.item and (alone or len(found.quote.split()) < _FEWEST):
        said = found.item
    words = said.rstrip(" .;,")
    cut = words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + " …"
    return cut[:1].upper() + cut[1:]


def identity(decision: Decision) -> tuple[str, str]:
    """What makes it the same decision: the day and what was decided."""
    return str(decision.date or ""), one_line(decision.decision).casefold()

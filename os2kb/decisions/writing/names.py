"""What the files of a log are called."""

import re
from collections.abc import Collection

from index.danish import fold
from os2kb.decisions.decision import Decision

_LONGEST = 60


def slug(title: str) -> str:
    """A title in an address: `Fælles drift i 2026` is `faelles-drift-i-2026`."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    return words[:_LONGEST].rpartition("-")[0] if len(words) > _LONGEST else words


def file_name(decision: Decision, taken: Collection[str] = ()) -> str:
    """`2026-05-02-faelles-drift.md`; with its number where that is another's name already."""
    day = decision.date.isoformat() if decision.date else "uden-dato"
    return _free(f"{day}-{slug(decision.title) or 'beslutning'}", decision, taken)


def adr_file_name(decision: Decision, taken: Collection[str] = ()) -> str:
    """`042-api-first.md`."""
    number = f"{int(decision.id):03}-" if decision.id else ""
    return _free(number + (slug(decision.title) or "decision"), decision, taken)


def _free(name: str, decision: Decision, taken: Collection[str]) -> str:
    # Two names that differ in their letters' case alone are one on many disks.
    taken = {one.casefold() for one in taken}
    if f"{name}.md" in taken and decision.id:
        name = f"{name}-{decision.id}"
    tried, number = name, 2
    while f"{tried}.md" in taken:
        tried, number = f"{name}-{number}", number + 1
    return f"{tried}.md"

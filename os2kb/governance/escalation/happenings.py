"""The history of a subject: what happened, when, and which side did it.

However it is gathered, with gaps, twice or out of order, the same happenings give the same history.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, get_args

Kind = Literal[
    "opened",
    "edited",
    "closed",
    "reopened",
    "unlabeled",
    "labeled",
    "unassigned",
    "assigned",
    "demilestoned",
    "milestoned",
    "commented",
    "pause",
    "resume",
    "severity",
    "escalate",
]
"""What can happen. Of two things in one second, the earlier here counts as the earlier: a label
that is swapped for itself stays on. `pause` to `escalate` are commands that were carried out."""

Side = Literal["us", "reporter", "outside", "bot"]
"""Who did it: a person on our side, who opened the subject, another person, or a machine. Who
opened it is the reporter, also where they are one of us."""

_ORDER = {kind: place for place, kind in enumerate(get_args(Kind))}
_ENDS: dict[Kind, Kind] = {"unlabeled": "labeled", "unassigned": "assigned", "reopened": "closed"}
"""What is true of a subject until this happens."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened.

    Attributes:
        at: with a zone.
        by: who did it; by their side it counts.
        what: the label's name, the assignee's login, the milestone's title, or the class that the
            form or the command named; empty for none.
        to_person: whether an assignee is a person.
    """

    at: datetime
    kind: Kind
    by: str = ""
    side: Side = "outside"
    what: str = ""
    to_person: bool = True

    @property
    def by_person(self) -> bool:
        """Whether no machine did it."""
        return self.side != "bot"


def history(happened: Iterable[Happening], until: datetime) -> tuple[Happening, ...]:
    """What had happened by a moment, each thing once, in order. Moments are in UTC from here on."""
    until = until.astimezone(UTC)
    kept = {
        (one.at.astimezone(UTC), _ORDER[one.kind], one.by, one.side, one.what, one.to_person)
        for one in happened
        if one.at <= until
    }
    kinds = get_args(Kind)
    return tuple(
        Happening(at, kinds[kind], by, side, what, to_person)
        for at, kind, by, side, what, to_person in sorted(kept)
    )


def taken_over(happened: Iterable[Happening], moved_at: datetime) -> tuple[Happening, ...]:
    """The same for the product that a subject was moved to: it is opened there, as it stands then.

    Its labels and assignees came along, and that it is closed. What was answered and planned
    before, another product answered and planned.
    """
    happened = tuple(happened)
    found: dict[tuple[Kind, str], Happening] = {}
    for one in history(happened, moved_at):
        true = _ENDS.get(one.kind, one.kind)
        if one.kind == "opened" or true in _ENDS.values():
            found[true, one.what.casefold()] = one
    came_along = (replace(one, at=moved_at) for one in found.values() if one.kind not in _ENDS)
    return (*came_along, *(one for one in happened if one.at > moved_at))

"""Entry: a Decision as it was found in a file or an issue, and what reading it took."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from os2kb.decisions.approval import Approval
from os2kb.decisions.decision import Decision
from os2kb.phrases import Phrase

Format = Literal["page", "files", "issues", "log", "adr"]
RepairKind = Literal[
    "unseen",
    "comment",
    "front-matter",
    "title",
    "heading",
    "moved",
    "date-form",
    "date-unread",
    "status-words",
    "status-unread",
    "status-note",
    "status-issue",
    "date-issue",
    "deciders",
    "type",
    "twice",
    "placeholder",
    "no-date",
    "no-decision",
]
# What a repair, or what could not be repaired, takes from the trust in what was read.
_DOUBT: Mapping[RepairKind, float] = {
    "unseen": 0.02,
    "title": 0.2,
    "moved": 0.05,
    "date-form": 0.01,
    "date-unread": 0.3,
    "no-date": 0.3,
    "status-words": 0.05,
    "status-unread": 0.3,
    "status-note": 0.05,
    "status-issue": 0.05,
    "date-issue": 0.05,
    "deciders": 0.05,
    "twice": 0.1,
    "no-decision": 0.2,
    "placeholder": 0.05,
}


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that was put right in order to read a decision.

    Attributes:
        line: 1-based.
        said: one sentence.
    """

    kind: RepairKind
    line: int
    said: Phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """A Decision, and where it stands.

    Attributes:
        path: the file, as the log names it; empty for an issue.
        lines: its first and last, 1-based.
        places: the line of each part that was found, by its name (`date`, `status`, `context`).
        written: each key's value as it stands there.
        approval: who let it into the log; None where that is not known.
    """

    decision: Decision
    format: Format
    path: str = ""
    lines: tuple[int, int] = (1, 1)
    repairs: tuple[Repair, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    approval: Approval | None = None

    @property
    def name(self) -> str:
        """What people call it by: its number, else its file."""
        return self.decision.id or PurePosixPath(self.path).stem or self.decision.title

    @property
    def confidence(self) -> float:
        """How surely it was read, 0 to 1."""
        kinds = {one.kind for one in self.repairs}
        return round(max(0.0, 1 - sum(_DOUBT.get(kind, 0.0) for kind in kinds)), 2)

    def line(self, part: str) -> int:
        """Where a part stands, or where the decision begins."""
        return self.places.get(part, self.lines[0])

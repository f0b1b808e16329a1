"""An issue that is itself an entry: what its text says, and what its state and labels do.

The text's own status counts. Where it has none, or is still the template's *Forslag*, the label of
a status does; else that it is open, was closed as completed, or as not planned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from os2kb.decisions.entry import Entry, Repair
from os2kb.decisions.reading.document import PREAMBLE
from os2kb.decisions.reading.read import read_issue
from os2kb.decisions.words import STATUSES, Status
from os2kb.phrases import Phrase

# Of a log that is read again, most issues say what they said.
_read = lru_cache(8_192)(read_issue)
# Such a decision was accepted once, and may wear that label still.
_OVER: tuple[Status, ...] = ("superseded", "deprecated")
_BY_STATE = Phrase(
    "Status er {}, for det siger issuets tilstand eller etiketter.",
    "The status is {}, for so the issue's state or labels say.",
)
_DAY_CLOSED = Phrase(
    "Datoen er den dag, issuet blev lukket.", "The date is the day on which the issue was closed."
)


@dataclass(frozen=True, slots=True)
class LabelledIssue:
    """An issue with the label of decisions.

    Attributes:
        repository: `owner/name`.
        closed_on: None for one that is open.
    """

    repository: str
    number: int
    title: str
    body: str
    state_reason: str = ""
    closed_on: date | None = None
    labels: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`owner/repo#42`."""
        return f"{self.repository}#{self.number}"


def entry_of_issue(issue: LabelledIssue, labels: Mapping[Status, str]) -> Entry | None:
    """The entry; None for a duplicate, and for a template that nobody filled in.

    Its number is the issue's. Its lines are those of the issue's text.

    Args:
        labels: the label of each status, as far as the Policy names them.
    """
    read = _read(issue.title, issue.body, certain=True)
    if read is None or issue.state_reason == "duplicate":
        return None
    said, repairs = read.decision, list(read.repairs)
    status = _status(issue, labels) if said.status in ("unknown", "proposed") else said.status
    if status != said.status:
        word = STATUSES[status]
        repairs = [one for one in repairs if one.kind != "status-unread"]
        repairs.append(Repair("status-issue", read.line("status"), _BY_STATE.filled(word)))
        said = replace(said, status_text=word.da)
    if said.date is None and issue.closed_on and status != "proposed":
        repairs = [one for one in repairs if one.kind != "no-date"]
        repairs.append(Repair("date-issue", read.line("date"), _DAY_CLOSED))
        said = replace(said, date=issue.closed_on)
    if not said.decision and any(one.heading == PREAMBLE for one in said.extra):
        repairs = [one for one in repairs if one.kind != "no-decision"]
        free = "\n\n".join(one.text for one in said.extra if one.heading == PREAMBLE)
        rest = tuple(one for one in said.extra if one.heading != PREAMBLE)
        said = replace(said, decision=free, extra=rest)
    decision = replace(said, id=str(issue.number), issue=issue.name)
    return replace(read, decision=decision, path=issue.name, repairs=tuple(repairs))


def _status(issue: LabelledIssue, labels: Mapping[Status, str]) -> Status:
    worn = {one.casefold() for one in issue.labels}
    for status, label in sorted(labels.items(), key=lambda one: one[0] not in _OVER):
        if label.casefold() in worn and (status != "proposed" or issue.closed_on is None):
            return status
    if issue.closed_on is None:
        return "proposed"
    return "rejected" if issue.state_reason == "not_planned" else "accepted"

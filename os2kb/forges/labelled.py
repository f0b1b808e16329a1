"""Issues of a forge as entries of a decision log."""

from zoneinfo import ZoneInfo

from os2kb.decisions.reading.issue import LabelledIssue
from os2kb.forges.port import Conversation

_HERE = ZoneInfo("Europe/Copenhagen")  # the day that people there closed it on


def labelled_issue(full_name: str, issue: Conversation) -> LabelledIssue:
    """An issue with the label of decisions, as far as an entry of the log is made of it."""
    closed_at = None if issue.open else issue.closed_at or issue.updated_at
    return LabelledIssue(
        full_name,
        issue.number,
        issue.title,
        issue.body,
        issue.state_reason,
        closed_at.astimezone(_HERE).date() if closed_at else None,
        issue.labels,
    )

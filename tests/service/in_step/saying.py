"""What an issue and its ticket say of each field, in words that both have; of a label on or off.

Where there should be one value and are two, as a write that was cut off leaves them, it says both.
"""

import re
from collections.abc import Iterable

from os2kb.demo.github.world import state as github_state
from os2kb.demo.jira.world import state as jira_state
from tests.service.in_step.scene import CLASSES, LABELS, TYPES

WORD = re.compile(r"\bw\d+\b")
_STATES = {("To Do", None): "open", ("In Progress", None): "open", ("Done", "Done"): "completed"}
_STATES |= {("Done", "Won't Do"): "not_planned"}


def says_here(issue: github_state.Issue) -> dict[str, str]:
    """What an issue says."""
    on = {one.name for one in issue.labels}
    return {
        "title": _word(issue.title),
        "description": _word(issue.body or ""),
        "status": "open" if issue.state == "open" else str(issue.state_reason),
        "assignee": _one(one.login for one in issue.assignees),
        "fixVersion": issue.milestone.title if issue.milestone else "",
        "type": _one(name for name, (label, _) in TYPES.items() if label in on),
        "severity": _one(name for name, (label, _) in CLASSES.items() if label in on),
        **_labels(on),
    }


def says_there(ticket: jira_state.Issue) -> dict[str, str]:
    """What a ticket says."""
    values = ticket.values
    resolution = values.get("resolution") if ticket.status == "Done" else None
    priority = values.get("priority")
    return {
        "title": _word(values["summary"]),
        "description": _word(values.get("description") or ""),
        "status": _STATES.get((ticket.status, resolution), "?"),
        "assignee": values.get("assignee") or "",
        "fixVersion": _one(values.get("fixVersions") or ()),
        "type": _one(name for name, (_, one) in TYPES.items() if one == ticket.type),
        "severity": _one(name for name, (_, one) in CLASSES.items() if one == priority),
        **_labels(set(values.get("labels") or ())),
    }


def _labels(on: set[str]) -> dict[str, str]:
    return {name: "on" if name in on else "off" for name in LABELS}


def _one(names: Iterable[str]) -> str:
    return " and ".join(names)


def _word(text: str) -> str:
    found = WORD.findall(text)
    assert len(found) < 2, f"two texts in one: {text}"
    return found[0] if found else "of the bot" if text.strip() else ""

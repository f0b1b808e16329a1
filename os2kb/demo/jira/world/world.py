"""The world of the demo Jira: everything there is, behind one lock."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Literal

from os2kb.clock import now as system_clock
from os2kb.demo.jira.world.hooks import Hooks
from os2kb.demo.jira.world.state import Comment, Field, Issue, Person, Project, Transition
from os2kb.demo.wire.limits import Limits
from os2kb.demo.wire.traffic import Traffic

Mode = Literal["cloud", "server"]

FIELDS = (
    Field("summary", "Summary", "text"),
    Field("description", "Description", "text"),
    Field("priority", "Priority", "priority"),
    Field("duedate", "Due date", "date"),
    Field("labels", "Labels", "labels"),
    Field("assignee", "Assignee", "user"),
    Field("fixVersions", "Fix versions", "versions"),
    Field("resolution", "Resolution", "option", ("Done", "Won't Do", "Duplicate")),
)
STATUS = Field("status", "Status", "text")
TYPE = Field("issuetype", "Issue Type", "type")
PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
STATUSES = {"To Do": "new", "In Progress": "indeterminate", "Done": "done"}
"""Status to the key of its category."""
TRANSITIONS = (
    Transition(11, "Reopen", "To Do", ("Done",)),
    Transition(21, "Start", "In Progress", ("To Do",)),
    Transition(31, "Resolve", "Done", ("In Progress",), required=("resolution",)),
)


class Jira:
    """The whole world.

    Args:
        mode: the Cloud, or a data center.
        clock: of everything people see.
    """

    def __init__(self, mode: Mode = "cloud", clock: Callable[[], datetime] = system_clock) -> None:
        self.lock = threading.RLock()
        self.mode, self.clock = mode, clock
        self.web = "http://127.0.0.1"
        self.limits, self.traffic, self.hooks = Limits(), Traffic(), Hooks()
        self.last_id = 10_000
        self.people: dict[str, Person] = {}
        self.projects: dict[str, Project] = {}
        self.issues: dict[int, Issue] = {}
        self.fields: dict[str, Field] = {one.id: one for one in FIELDS}
        self.priorities: tuple[str, ...] = PRIORITIES
        self.statuses = dict(STATUSES)
        self.transitions: tuple[Transition, ...] = TRANSITIONS
        self.index_lags = False

    @property
    def is_cloud(self) -> bool:
        """Whether it is Atlassian's own."""
        return self.mode == "cloud"

    def now(self) -> datetime:
        """The time in whole milliseconds, as Jira tells it."""
        at = self.clock().astimezone(UTC)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)

    def new_id(self) -> int:
        """A number nobody else has."""
        self.last_id += 1
        return self.last_id

    def find(self, name: str) -> Issue | None:
        """The issue of that key, in any case, or id."""
        if name.isascii() and name.isdigit():
            return self.issues.get(int(name[:18]))
        key = name.upper()
        issues = self.issues.values()
        return next((one for one in issues if key == one.key or key in one.former_keys), None)

    def workflow(self, project: Project) -> tuple[Transition, ...]:
        """The transitions of a project."""
        return project.transitions or self.transitions

    def searchable(self) -> Iterator[Issue]:
        """What a search can find now."""
        yield from (one for one in self.issues.values() if one.indexed)

    def catch_up(self) -> None:
        """Let the index know everything."""
        with self.lock:
            self.index_lags = False
            for one in self.issues.values():
                one.indexed = True


def may_read(person: Person, comment: Comment) -> bool:
    """Whether somebody who may know of an issue may read a comment of it."""
    in_role = not comment.role or comment.role in person.roles
    return in_role and (not comment.group or comment.group in person.groups)


def may_take(person: Person, transition: Transition) -> bool:
    """Whether somebody who may take transitions may take this one."""
    return not transition.role or transition.role in person.roles


def may_see(person: Person, issue: Issue) -> bool:
    """Whether somebody may know of an issue."""
    browses = "BROWSE_PROJECTS" in issue.project.may.get(person.name, ())
    return browses and (not issue.level or issue.level in person.roles)

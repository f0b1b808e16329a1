"""What there is in the office at first: repositories with their projects, and who is there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import yaml

from os2kb.demo.jira.world.world import Mode

OPEN, MIXED = "os2demo/aabent", "os2demo/blandet"
LABELS = ("drift", "ui", "mobil")
TYPES = {"bug": ("Bug", "Fejl"), "question": ("Spørgsmål", "Opgave")}
CLASSES = {
    "kritisk": ("fejl: kritisk", "Highest"),
    "alvorlig": ("fejl: alvorlig", "Medium"),
    "mindre": ("fejl: mindre", "Low"),
}
"""In words of both sides: the label on GitHub, and what Jira calls it."""
LOGINS = ("ida", "bo", "kim")
MILESTONES = ("1.0", "2.0")


_KINDS = tuple(label for label, _ in (*TYPES.values(), *CLASSES.values()))
_STATUSES = ("To Do", "In Progress", "Done")
FEW = "Administrators"
"""A role that Kim alone has."""


def policy(project: str, fields: str) -> str:
    """A Policy whose `jira` has these `fields` and what is `public` of them."""
    return f"""
version: 1
mode: act
language: da
jira:
  project: {project}
  type: Opgave
  comments_from: all
  statuses: {{open: [To Do, In Progress], completed: [Done], not_planned: [Done]}}
  resolutions: {{completed: Done, not_planned: Won't Do}}
  users: {{"712020:ida": ida, "712020:bo": bo, "712020:kim": kim}}
{fields}
"""


_WORDS = f"""
  types: {json.dumps({name: there for name, (_, there) in TYPES.items()})}
  priorities: {json.dumps({name: there for name, (_, there) in CLASSES.items()})}
labels:
  type: {json.dumps({name: here for name, (here, _) in TYPES.items()})}
  severity: {json.dumps({name: here for name, (here, _) in CLASSES.items()})}
escalation:
  severities:
    kritisk: {{criteria: Ingen kan arbejde, fix: 3d}}
    alvorlig: {{criteria: Mange er ramt}}
    mindre: {{criteria: Det er grimt}}
"""
_ADOPTED = "  status: vedtaget\n"


@dataclass(frozen=True)
class Scene:
    """A repository for each Policy, each with a project in Jira of its own.

    Attributes:
        policies: name of the repository to its Policy.
        people: what the demo Jira's seed says of each who is there, besides their names.
        projects: what it says of each project.
        mode: Jira's.
    """

    policies: Mapping[str, str]
    people: Mapping[str, Any] = field(
        default_factory=lambda: {"kim": {"roles": ["Administrators"]}}
    )
    projects: Mapping[str, Any] = field(default_factory=dict)
    mode: Mode = "cloud"

    @property
    def in_data_center(self) -> "Scene":
        """The same where Jira knows people by their names."""
        said = {name: one.replace("712020:", "") for name, one in self.policies.items()}
        return replace(self, policies=said, mode="server")

    @cached_property
    def repositories(self) -> dict[str, int]:
        """Name to id."""
        return {name: 101 + place for place, name in enumerate(self.policies)}

    def jira(self, repository: str) -> dict[str, Any]:
        """The section `jira` of a repository's Policy."""
        return _section(self.policies[repository])

    @property
    def github_seed(self) -> str:
        """The demo GitHub's, as JSON."""
        about = {
            "labels": dict.fromkeys((*LABELS, *_KINDS), "ededed"),
            "milestones": list(MILESTONES),
            "collaborators": {"ida": "write", "bo": "write", "kim": "maintain"},
        }
        repositories = {
            name: {**about, "id": id_, "files": {".github/os2kb.yml": self.policies[name]}}
            for name, id_ in self.repositories.items()
        }
        app = {"id": 4242, "slug": "os2kb"}
        return json.dumps({"app": app, "people": list(LOGINS), "repositories": repositories})

    @property
    def jira_seed(self) -> str:
        """The demo Jira's, as JSON."""
        people: dict[str, Any] = {**{name: {} for name in ("os2kb", *LOGINS)}, **self.people}
        # One of each type in each status, of which the way through the workflow is learned.
        others = [
            {"summary": "En anden sag", "by": "ida", "type": kind, "status": one}
            for kind in ("Opgave", "Fejl")
            for one in _STATUSES
        ]
        about = {"may": dict.fromkeys(people, "all"), "versions": MILESTONES, "tickets": others}
        about |= self.projects
        projects = {self.jira(name)["project"]: about for name in self.policies}
        return json.dumps({"people": people, "projects": projects})


@cache
def _section(policy: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(policy)["jira"]
    return read


TWO = Scene(
    {
        OPEN: policy(
            "DEMO",
            """
  fields: {title: both, description: both, status: both, labels: both, assignee: both,
           fixVersion: both, type: both, severity: both, comments: both}
  public: [title, description, status, labels, assignee, fixVersion, type, severity, comments]
"""
            + _WORDS
            + _ADOPTED,
        ),
        MIXED: policy(
            "MIX",
            """
  fields: {title: github-to-jira, description: jira-to-github, status: both, labels: both,
           assignee: jira-to-github, fixVersion: github-to-jira, type: jira-to-github,
           severity: github-to-jira, comments: github-to-jira}
  public: [description, labels, type]
"""
            + _WORDS,
        ),
    }
)
"""All goes both ways in one, and days are set by an adopted model; in the other most goes one way,
and little may leave Jira."""

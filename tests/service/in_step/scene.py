"""What there is in the office at first: repositories with their projects, and who is there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

OPEN, MIXED = "os2demo/aabent", "os2demo/blandet"
LABELS = ("Bug", "drift", "ui")
LOGINS = ("ida", "bo", "kim")
MILESTONES = ("1.0", "2.0")


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


@dataclass(frozen=True)
class Scene:
    """A repository for each Policy, each with a project in Jira of its own.

    Attributes:
        policies: name of the repository to its Policy.
        people: what the demo Jira's seed says of each who is there, besides their names.
        projects: what it says of each project.
    """

    policies: Mapping[str, str]
    people: Mapping[str, Any] = field(
        default_factory=lambda: {"kim": {"roles": ["Administrators"]}}
    )
    projects: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def repositories(self) -> dict[str, int]:
        """Name to id."""
        return {name: 101 + place for place, name in enumerate(self.policies)}

    def jira(self, repository: str) -> dict[str, Any]:
        """The section `jira` of a repository's Policy."""
        read: dict[str, Any] = yaml.safe_load(self.policies[repository])["jira"]
        return read

    @property
    def github_seed(self) -> str:
        """The demo GitHub's, as JSON."""
        about = {
            "labels": dict.fromkeys(LABELS, "ededed"),
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
        # One in each status, of which the way through the workflow is learned.
        others = [{"summary": "En anden sag", "by": "ida", "status": one} for one in _STATUSES]
        about = {"may": dict.fromkeys(people, "all"), "versions": MILESTONES, "tickets": others}
        about |= self.projects
        projects = {self.jira(name)["project"]: about for name in self.policies}
        return json.dumps({"people": people, "projects": projects})


TWO = Scene(
    {
        OPEN: policy(
            "DEMO",
            """
  fields: {title: both, description: both, status: both, labels: both, assignee: both,
           fixVersion: both, comments: both}
  public: [title, description, status, labels, assignee, fixVersion, comments]
""",
        ),
        MIXED: policy(
            "MIX",
            """
  fields: {title: github-to-jira, description: jira-to-github, status: both, labels: both,
           assignee: jira-to-github, fixVersion: github-to-jira, comments: github-to-jira}
  public: [description, labels]
""",
        ),
    }
)
"""All goes both ways in one; in the other most goes one way, and little may leave Jira."""

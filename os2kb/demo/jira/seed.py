"""What a seed may hold, and how it is planted.

```yaml
people: {os2kb: {}, ida: {}, kim: {roles: [Administrators]}}
fields: {Alvor: {kind: option, options: [Stor, Lille]}}     # custom fields; on every screen
projects:
  DEMO:
    name: OS2demo
    types: [Fejl, Opgave]
    may: {os2kb: all, ida: [BROWSE_PROJECTS]}
    off_screen: [duedate]                                  # fields that nobody can edit here
    tickets:
      - {summary: Loginsiden er nede, type: Fejl, by: ida, priority: Medium, level: Administrators}
```
"""

from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from os2kb.demo.jira.world.state import PERMISSIONS, Field, Issue, Kind, Person, Project
from os2kb.demo.jira.world.world import Jira


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonSeed(_Part):
    """Someone; the name they are shown by is the key where none is given."""

    shown: str = ""
    roles: tuple[str, ...] = ()


class FieldSeed(_Part):
    """A custom field."""

    kind: Kind
    options: tuple[str, ...] = ()


class TicketSeed(_Part):
    """A ticket."""

    summary: str
    by: str
    type: str = "Opgave"
    description: str = ""
    priority: str = "Medium"
    duedate: str | None = None
    level: str = ""


class ProjectSeed(_Part):
    """A project."""

    name: str = ""
    types: tuple[str, ...] = ("Opgave", "Fejl")
    may: dict[str, Literal["all"] | tuple[str, ...]] = {}
    off_screen: tuple[str, ...] = ()
    tickets: tuple[TicketSeed, ...] = ()


class Seed(_Part):
    """All that there is at first."""

    people: dict[str, PersonSeed]
    fields: dict[str, FieldSeed] = {}
    projects: dict[str, ProjectSeed]


def read_seed(text: str) -> Seed:
    """A seed from YAML.

    Raises:
        ValueError: it is none.
    """
    return Seed.model_validate(yaml.safe_load(text))


def plant(jira: Jira, seed: Seed) -> None:
    """Put into a world what a seed holds."""
    with jira.lock:
        for name, person in seed.people.items():
            jira.people[name] = Person(name, person.shown or name, frozenset(person.roles))
        for name, made in seed.fields.items():
            one = Field(f"customfield_{jira.new_id()}", name, made.kind, made.options)
            jira.fields[one.id] = one
        for key, project in seed.projects.items():
            _project(jira, key, project)


def _project(jira: Jira, key: str, seed: ProjectSeed) -> None:
    may = {
        name: frozenset(PERMISSIONS if what == "all" else what) for name, what in seed.may.items()
    }
    screen = tuple(one for one in jira.fields if one not in seed.off_screen)
    project = Project(jira.new_id(), key, seed.name or key, seed.types, screen, may)
    jira.projects[key] = project
    for number, ticket in enumerate(seed.tickets, 1):
        given = ticket.model_dump(include={"summary", "description", "priority", "duedate"})
        at, id_ = jira.now(), jira.new_id()
        by = jira.people[ticket.by]
        issue = Issue(id_, number, project, ticket.type, "To Do", by, at, at, level=ticket.level)
        issue.values = {name: value for name, value in given.items() if value}
        jira.issues[id_] = issue
        project.last_number = number

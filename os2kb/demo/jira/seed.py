"""What a seed may hold, and how it is planted.

```yaml
people: {os2kb: {}, ida: {shows_email: true}, kim: {roles: [Administrators], groups: [drift]}}
fields: {Alvor: {kind: option, options: [Stor, Lille]}}     # custom fields; on every screen
projects:
  DEMO:
    name: OS2demo
    types: [Fejl, Opgave]
    versions: ["1.0"]
    kind: service_desk                                     # of Service Management; else software
    workflow:                                              # else that of all projects
      - {name: Afslut, to: Done, from: [To Do], required: [resolution], role: Administrators}
    may: {os2kb: all, ida: [BROWSE_PROJECTS]}
    off_screen: [duedate]                                  # fields that nobody can edit here
    asks_for: [duedate]                                    # fields that a new ticket must have
    tickets:
      - {summary: Loginsiden er nede, type: Fejl, by: ida, priority: Medium, level: Administrators}
```
"""

from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from os2kb.demo.jira.world import state
from os2kb.demo.jira.world.state import PERMISSIONS, Issue, Kind, Person, Project, Transition
from os2kb.demo.jira.world.world import Jira


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonSeed(_Part):
    """Someone; the name they are shown by is the key where none is given."""

    shown: str = ""
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    shows_email: bool = False


class FieldSeed(_Part):
    """A custom field."""

    kind: Kind
    options: tuple[str, ...] = ()


class TransitionSeed(_Part):
    """A way from some statuses, or from any, to another."""

    name: str
    to: str
    from_: tuple[str, ...] = Field(default=(), alias="from")
    required: tuple[str, ...] = ()
    role: str = ""


class TicketSeed(_Part):
    """A ticket."""

    summary: str
    by: str
    type: str = "Opgave"
    description: str = ""
    priority: str = "Medium"
    duedate: str | None = None
    level: str = ""
    status: str = "To Do"
    labels: tuple[str, ...] = ()
    assignee: str | None = None


class ProjectSeed(_Part):
    """A project."""

    name: str = ""
    types: tuple[str, ...] = ("Opgave", "Fejl")
    may: dict[str, Literal["all"] | tuple[str, ...]] = {}
    off_screen: tuple[str, ...] = ()
    asks_for: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    kind: Literal["software", "service_desk"] = "software"
    workflow: tuple[TransitionSeed, ...] = ()
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
            roles, groups = frozenset(person.roles), frozenset(person.groups)
            shown = person.shown or name
            jira.people[name] = Person(name, shown, roles, groups, person.shows_email)
        for name, made in seed.fields.items():
            one = state.Field(f"customfield_{jira.new_id()}", name, made.kind, made.options)
            jira.fields[one.id] = one
        for key, project in seed.projects.items():
            _project(jira, key, project)


def _project(jira: Jira, key: str, seed: ProjectSeed) -> None:
    may = {
        name: frozenset(PERMISSIONS if what == "all" else what) for name, what in seed.may.items()
    }
    screen = tuple(one for one in jira.fields if one not in seed.off_screen)
    project = Project(jira.new_id(), key, seed.name or key, seed.types, screen, may)
    project.versions, project.kind = seed.versions, seed.kind
    project.asks_for = seed.asks_for
    project.transitions = tuple(
        Transition(10 * place + 1, one.name, one.to, one.from_, one.required, one.role)
        for place, one in enumerate(seed.workflow, 1)
    )
    for one in seed.workflow:
        for status in (one.to, *one.from_):
            jira.statuses.setdefault(status, "indeterminate")
    jira.projects[key] = project
    for number, ticket in enumerate(seed.tickets, 1):
        given = ticket.model_dump(
            include={"summary", "description", "priority", "duedate", "assignee"}
        )
        given["labels"] = list(ticket.labels)
        at, id_ = jira.now(), jira.new_id()
        by = jira.people[ticket.by]
        issue = Issue(
            id_, number, project, ticket.type, ticket.status, by, at, at, level=ticket.level
        )
        issue.values = {name: value for name, value in given.items() if value}
        jira.issues[id_] = issue
        project.last_number = number

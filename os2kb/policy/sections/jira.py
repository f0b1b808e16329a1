"""`jira`: what is kept in step with which Jira project, and what may become public."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name, Section
from os2kb.policy.sections.labels import TypeConcept
from os2kb.policy.sections.people import Login

FieldName = Literal[
    "title",
    "description",
    "status",
    "type",
    "priority",
    "labels",
    "assignee",
    "fixVersion",
    "due",
    "severity",
    "comments",
]
Direction = Literal["github-to-jira", "jira-to-github", "both", "off"]
FROM_THE_LINK, ALL_COMMENTS = "link", "all"
State = Literal["open", "completed", "not_planned"]
"""What an issue is, with the reason why it was closed, in GitHub's words."""


def _project_key(text: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{1,29}", text, re.ASCII):
        raise Unacceptable(
            "Skriv projektets nøgle med store bogstaver, for eksempel DISPLAY.",
            "Write the project's key in capital letters, for example DISPLAY.",
        )
    return text


def _comments_from(text: str) -> str:
    if text in (FROM_THE_LINK, ALL_COMMENTS):
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unacceptable(
            "Skriv `link`, `all` eller en dag, for eksempel 2026-03-01.",
            "Write `link`, `all` or a day, for example 2026-03-01.",
        ) from None


class Create(Section):
    """Which issues get a ticket by themselves.

    Attributes:
        label: an open issue with it gets a ticket
        column: one that stands in this column of a project does
    """

    label: Name | None = None
    column: Name | None = None

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if self.label is None and self.column is None:
            raise Unacceptable(
                "Skriv, hvilken etiket eller kolonne der giver en ticket: `label` eller `column`.",
                "Write which label or column gives a ticket: `label` or `column`.",
            )
        return self


class Jira(Section):
    """What is kept in step with Jira.

    Attributes:
        project: the project's key
        type: the type of the tickets that `/os2 jira create` makes, by its name in the project
        create: which issues get a ticket by themselves
        priorities: class of faults to the priority that its ticket gets
        fields: which way each field goes; one not named goes to Jira, where `statuses`, `types`,
            `users` or `priorities` has the words that it needs
        public: what may leave Jira for a public issue
        comments_from: which comments are copied: `link`, those since issue and ticket were
            linked; `all`; or those from a day on
        audience: security levels, groups and roles of Jira that keep nobody out
        statuses: state of the issue to the statuses that mean it, the one to set first
        resolutions: state of the issue to the resolution that goes with it
        types: type of the issue to the type of its ticket
        users: account in Jira, as its API names it, to login on GitHub; nobody is guessed
        required: field that a transition, or the creation of a ticket, asks for to its value
    """

    project: Annotated[str, AfterValidator(_project_key)]
    type: Name = "Task"
    create: Create | None = None
    priorities: Annotated[Mapping[Name, Name], Field(max_length=20)] = {}
    fields: Mapping[FieldName, Direction] = {}
    public: tuple[FieldName, ...] = ()
    comments_from: Annotated[str, AfterValidator(_comments_from)] = FROM_THE_LINK
    audience: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    statuses: Mapping[State, Annotated[tuple[Name, ...], Field(max_length=50)]] = {}
    resolutions: Mapping[State, Name] = {}
    types: Mapping[TypeConcept, Name] = {}
    users: Annotated[Mapping[Name, Login], Field(max_length=500)] = {}
    required: Annotated[Mapping[Name, Name], Field(max_length=50)] = {}

    def direction(self, field: FieldName) -> Direction:
        """Which way a field goes."""
        return self.fields.get(field, "github-to-jira" if self._has_words_for(field) else "off")

    def _has_words_for(self, field: FieldName) -> bool:
        """Whether Jira can be told of it; of a class it is, by the priority."""
        match field:
            case "status":
                return bool(self.statuses)
            case "type":
                return bool(self.types)
            case "assignee":
                return bool(self.users)
            case "priority":
                return bool(self.priorities)
        return field != "severity"

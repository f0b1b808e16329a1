"""`jira`: what is kept in step with which Jira project, and what may become public."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator

from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Section

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


def _project_key(text: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{1,29}", text, re.ASCII):
        raise Unacceptable(
            "Skriv projektets nøgle med store bogstaver, for eksempel DISPLAY.",
            "Write the project's key in capital letters, for example DISPLAY.",
        )
    return text


class Jira(Section):
    """What is kept in step with Jira.

    Attributes:
        project: the project's key
        fields: which way each field goes; a field not named goes nowhere
        public: what may leave Jira for a public issue
    """

    project: Annotated[str, AfterValidator(_project_key)]
    fields: Mapping[FieldName, Direction] = {}
    public: tuple[FieldName, ...] = ()

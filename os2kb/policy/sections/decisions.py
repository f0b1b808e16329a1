"""`decisions`: where the decision log lives and how it is written."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Label, Name, RepositoryPath, Section


def _repository_name(text: str) -> str:
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", text, re.ASCII):
        raise Unacceptable(
            "Skriv et repository som ejer/navn.", "Write a repository as owner/name."
        )
    return text


RepositoryName = Annotated[Name, AfterValidator(_repository_name)]
"""`owner/name`."""


LoggedStatus = Literal["proposed", "accepted", "superseded", "rejected", "deprecated"]
"""How far a decision is."""


class Decisions(Section):
    """A decision log.

    Attributes:
        repository: where the log lives, as `owner/name`
        path: the folder or page in it
        format: one page for all (`page`), a file for each (`files`), issues, one log fed by closed
            issues (`log`), or English architecture records (`adr`)
        label: an issue that is closed as completed with it is a decision
        statuses: the label of each status, put on the issue of a decision
        deciders: who decides where an issue does not say it
        overview: whether `index.md` beside the decisions is kept up as a table of them, by pull
            requests; where nothing is said, it is if os2kb wrote the page
        names: whether names of those who were at a meeting may be copied from its minutes
    """

    repository: RepositoryName
    path: RepositoryPath = "beslutninger"
    format: Literal["page", "files", "issues", "log", "adr"] = "files"
    label: Label | None = None
    statuses: Mapping[LoggedStatus, Label] = {}
    deciders: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    overview: bool | None = None
    names: bool = False

    @model_validator(mode="after")
    def _says_which_issues(self) -> Self:
        if self.format == "issues" and self.label is None:
            raise Unacceptable(
                "Skriv, hvilken etiket de issues har, der er loggen: `label`.",
                "Write which label the issues have that are the log: `label`.",
            )
        return self

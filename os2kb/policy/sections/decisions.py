"""`decisions`: where the decision log lives and how it is written."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

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


class Decisions(Section):
    """A decision log.

    Attributes:
        repository: where the log lives, as `owner/name`
        path: the folder or page in it
        format: one page for all (`page`), a file for each (`files`), issues, one log fed by closed
            issues (`log`), or English architecture records (`adr`)
        label: of issues that hold a decision
        names: whether names of those who were at a meeting may be copied from its minutes
    """

    repository: RepositoryName
    path: RepositoryPath = "beslutninger"
    format: Literal["page", "files", "issues", "log", "adr"] = "files"
    label: Label | None = None
    names: bool = False

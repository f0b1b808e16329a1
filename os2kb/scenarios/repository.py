"""`repository`: what a scenario says of the repository and of what stands in it."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from os2kb.policy.section import Name
from os2kb.policy.sections.decisions import RepositoryName
from os2kb.scenarios.part import Part


class Question(Part):
    """A question of an issue form."""

    short: ClassVar[str] = "label"
    label: Name = Field(description="the question")
    required: bool = Field(True, description="whether an answer is")
    id: str = Field("", description="of the field")
    options: tuple[Name, ...] = Field((), description="to choose from")


class IssueForm(Part):
    """An issue form of the repository."""

    name: Name = Field(description="of the form")
    path: Name = Field(".github/ISSUE_TEMPLATE/form.yml", description="of its file")
    fields: tuple[Question, ...] = Field((), description="its questions")
    labels: tuple[Name, ...] = Field((), description="that it puts on by itself")


def _template(value: object) -> object:
    return {".github/pull_request_template.md": value} if isinstance(value, str) else value


_TEMPLATES = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}


class RepositoryPart(Part):
    """The repository."""

    name: RepositoryName = Field("os2demo/os2demo", description="owner and name")
    default_branch: Name = Field("main", description="its name")
    private: bool = Field(False, description="whether it is")
    labels: tuple[Name, ...] | None = Field(
        None, description="that exist; where left out, all that the Policy names"
    )
    forms: tuple[IssueForm, ...] = Field((), description="its issue forms")
    templates: Annotated[
        Mapping[Name, str], BeforeValidator(_template), WithJsonSchema(_TEMPLATES)
    ] = Field(
        {}, description="path to text of its pull request templates, or the text of the only one"
    )
    guidelines: Mapping[Name, str] = Field(
        {},
        description="what stands at `guidelines.source`: the source, or a file below it, to text",
    )
    rights: str | None = Field(None, description="text of the file that `rights-transfer` names")
    wordings: Mapping[Name, str] = Field(
        {}, description="path to text of its own wordings, as `.github/os2kb/da/welcome.md`"
    )

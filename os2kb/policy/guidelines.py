"""`guidelines`: the product's contribution guidelines, and which rules hold here."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from os2kb.policy.pattern import Pattern
from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name, RepositoryPath, Section

Level = Literal["off", "advise", "required"]


class RuleSetting(Section):
    """How strictly a rule holds, and the rule's own options.

    In the file `rule: advise` is short for `rule: {level: advise}`.
    """

    level: Level = "off"

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"level": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Both forms, so that an editor completes either."""
        full = handler(core)
        levels: dict[str, Any] = {"enum": ["off", "advise", "required"], "type": "string"}
        return {"anyOf": [levels, full]}


def _reachable(address: str) -> str:
    if not address.startswith(("https://", "mailto:")) or any(
        c in address for c in " <>()[]\\\"'\n"
    ):
        raise Unacceptable(
            "Skriv en adresse, der begynder med https:// eller mailto:.",
            "Write an address that begins with https:// or mailto:.",
        )
    return address


class TypeLabel(RuleSetting):
    """Options of `type-label`. It does nothing until `labels.type` names labels."""

    level: Level = "advise"


class SecurityReport(RuleSetting):
    """Options of `security-report`.

    Attributes:
        report_to: the private channel; empty means the repository's own private reporting page.
    """

    level: Level = "required"
    report_to: Annotated[str, AfterValidator(_reachable)] | None = None


class LinkedIssue(RuleSetting):
    """`linked-issue` has no options of its own."""


class Changelog(RuleSetting):
    """Options of `changelog`.

    Attributes:
        exempt: a pull request that only touches these needs no entry; globs as in a shell, where
            `*` also crosses folders.
    """

    exempt: tuple[Name, ...] = (".github/*", ".gitlab-ci.yml", "docs/*", "*.md", "*.rst")


class Title(RuleSetting):
    """Options of `title`.

    Attributes:
        pattern: RE2 pattern that must be found in the title; None for any.
        max_length: characters; None for any.
    """

    pattern: Pattern | None = None
    max_length: Annotated[int, Field(ge=10, le=256)] | None = None


class BranchName(RuleSetting):
    """Options of `branch-name`: globs, one of which the branch must match."""

    patterns: tuple[Name, ...] = ("feature/*", "hotfix/*", "release/*")


class TargetBranch(RuleSetting):
    """Options of `target-branch`: glob of the head branch to the base it may target."""

    allow: Mapping[Name, Name] = {}


class Rules(Section):
    """Every rule of this version with its default. The YAML key is the rule's id."""

    type_label: TypeLabel = Field(TypeLabel(), alias="type-label")
    security_report: SecurityReport = Field(SecurityReport(), alias="security-report")
    linked_issue: LinkedIssue = Field(LinkedIssue(), alias="linked-issue")
    changelog: Changelog = Changelog()
    title: Title = Title()
    branch_name: BranchName = Field(BranchName(), alias="branch-name")
    target_branch: TargetBranch = Field(TargetBranch(), alias="target-branch")


class Guidelines(Section):
    """`source` is what Findings cite."""

    source: RepositoryPath | None = None
    rules: Rules = Rules()

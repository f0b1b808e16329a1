"""The scenario file: a Policy, a moment, a subject, and what is expected to come of it."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from os2kb.governance.rules import REGISTRY
from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name
from os2kb.policy.sections.people import Login
from os2kb.scenarios.history import Event
from os2kb.scenarios.moments import Moment
from os2kb.scenarios.part import Part
from os2kb.scenarios.repository import RepositoryPart
from os2kb.scenarios.stands import AtMoment
from os2kb.scenarios.subject import SubjectPart

RULES = tuple(rule.id for rule in REGISTRY)


def _known(rule: str) -> str:
    if rule not in RULES:
        raise Unacceptable(f"Der er ingen regel {rule}.", f"There is no rule {rule}.")
    return rule


RuleId = Annotated[
    str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": list(RULES)})
]
"""The id of a rule of this version."""


Expected = Literal["pass", "fail", "unknown", "n/a", "off"]
"""A verdict, or `off` where the rule does not hold."""


def _path_or_policy(value: object) -> object:
    if not isinstance(value, str | Mapping):
        raise Unacceptable(
            "Skriv stien til en policy, eller selve policyen.",
            "Write the path of a Policy, or the Policy itself.",
        )
    return value


class Member(Part):
    """What somebody may do in the repository."""

    short: ClassVar[str] = "role"
    role: Literal[
        "none", "read", "triage", "write", "maintain", "admin", "maintainer", "coordinator"
    ] = Field(
        "read",
        description="in the repository; `maintainer` is `maintain`, and `coordinator` is `triage` "
        "and one of the Policy's `people.coordinators`",
    )
    teams: tuple[Name, ...] = Field((), description="`organisation/team` they belong to")


class Expect(Part):
    """What must come of it; any of these."""

    labels: tuple[Name, ...] = Field(
        (), description="must be on afterwards; a label's name, or the Policy's word for it"
    )
    not_labels: tuple[Name, ...] = Field((), description="must not be on afterwards")
    findings: Mapping[RuleId, Expected] = Field(
        {}, description="rule to verdict; `off` where the rule does not hold here"
    )
    comments: tuple[Name, ...] = Field(
        (), description="must be written: `status`, `security`, `reply` and so on"
    )
    not_comments: tuple[Name, ...] = Field((), description="must not be written")
    says: tuple[Name, ...] = Field((), description="must stand in what is written")
    not_says: tuple[Name, ...] = Field((), description="must not stand in what is written")
    checks: Mapping[Name, Name] = Field({}, description="check run to its conclusion")
    writes: int | None = Field(
        None, ge=0, description="how many writes to the forge there are in all"
    )

    @model_validator(mode="after")
    def _something(self) -> "Expect":
        if not self.model_fields_set:
            allowed = ", ".join(f"`{name}`" for name in type(self).model_fields)
            raise Unacceptable(
                f"Skriv, hvad der ventes: {allowed}.", f"Write what is expected: {allowed}."
            )
        return self


PathOrPolicy = Annotated[
    Any,
    AfterValidator(_path_or_policy),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": True}]}
    ),
]


class Scenario(Part):
    """One scenario.

    Attributes:
        policy: a path from the scenario file, or the Policy itself.
        mode: what the Policy is tried in; its own mode is not asked, so that one that only
            observes can be tried, too.
    """

    name: Name | None = Field(None, description="what is shown; the file's where left out")
    policy: PathOrPolicy = Field(
        description="a path from this file, or a Policy written here (`version` may be left out)"
    )
    organisation: PathOrPolicy = Field(None, description="likewise: what the Policy lies over")
    now: Moment = Field("2026-03-02T09:00:00+01:00", description="the moment it is judged at")
    mode: Literal["observe", "act"] = Field(
        "act", description="instead of the Policy's, so that one that observes can be tried"
    )
    repository: RepositoryPart = RepositoryPart()
    people: Mapping[Login, Member] = Field(
        {}, description="login to role in the repository, and teams"
    )
    history: tuple[Event, ...] = Field((), description="what happened, oldest first")
    subject: SubjectPart = SubjectPart()
    expect: Expect | None = Field(None, description="what must come of it at `now`")
    moments: tuple[AtMoment, ...] = Field(
        (), min_length=1, description="how the fault must stand, by `history` alone"
    )

    @model_validator(mode="after")
    def _expects_something(self) -> "Scenario":
        if self.expect is None and not self.moments:
            raise Unacceptable(
                "Skriv, hvad der ventes: `expect` eller `moments`.",
                "Write what is expected: `expect` or `moments`.",
            )
        return self

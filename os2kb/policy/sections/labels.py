"""`labels`: which of the repository's existing labels stands for what."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from os2kb.policy.section import Label, Name, Section

TypeConcept = Literal["bug", "feature", "documentation", "question"]
StatusConcept = Literal[
    "needs-info", "needs-issue", "needs-changelog", "needs-change", "blocked", "planned"
]


class Labels(Section):
    """The bot's concept to the repository's label. A concept without a label is never labelled.

    Attributes:
        type: the label of each type of issue
        area: the label of each part of the product, by the name that forms give it
        severity: the label of each class of fault
        status: the label of what a pull request lacks
        security: the label of a suspected vulnerability
    """

    type: Mapping[TypeConcept, Label] = {}
    area: Mapping[Name, Label] = {}
    severity: Annotated[Mapping[Name, Label], Field(max_length=50)] = {}
    status: Mapping[StatusConcept, Label] = {}
    security: Label | None = None

    def named(self) -> tuple[str, ...]:
        """Every label that is named, each once."""
        security = (self.security,) if self.security else ()
        every = (
            *self.type.values(),
            *self.area.values(),
            *self.severity.values(),
            *self.status.values(),
            *security,
        )
        return tuple(dict.fromkeys(str(label) for label in every))

    def of(self, concept: str) -> str | None:
        """The label of `security`, `type.bug`, `area.kalender`, `status.needs-issue` and so on."""
        section, _, name = concept.partition(".")
        if not name:
            return self.security if section == "security" else None
        return {
            "type": {str(key): label for key, label in self.type.items()},
            "status": {str(key): label for key, label in self.status.items()},
            "severity": dict(self.severity),
            "area": dict(self.area),
        }.get(section, {}).get(name)

"""The two sides of a link, and what each says of a field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from os2kb.policy.sections.jira import FieldName

Side = Literal["github", "jira"]
Value = str | frozenset[str]
"""A field's value in words that both sides have; empty for none. A set where a field holds many.

Texts are the Markdown that `comparable` gives, states and names those of GitHub: `vocabulary` tells
which of the other side's words mean the same.
"""

Values = Mapping[FieldName, Value]
NO_VALUES: Values = MappingProxyType({})
MANY: frozenset[FieldName] = frozenset({"labels"})
"""Fields that hold several values; each of them is agreed on by itself."""
LONGEST: Mapping[tuple[Side, FieldName], int] = MappingProxyType(
    {
        ("github", "title"): 256,
        ("github", "description"): 65_536,
        ("jira", "title"): 255,
        ("jira", "description"): 32_767,
    }
)
"""Characters that each side takes, as both answer when there are more."""
TEXTS: frozenset[FieldName] = frozenset({"title", "description"})
"""Fields in people's own words, comments apart."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says.

    Attributes:
        values: of the fields that could be read; an empty one has no value.
        unsayable: fields whose value the other side has no word for, such as a person whom the
            table of users does not know. They stay as they are on both sides.
        held: fields whose text holds personal data, secrets or a vulnerability, and that nobody
            has released. They go in neither direction.
    """

    values: Values = field(default_factory=lambda: NO_VALUES)
    unsayable: frozenset[FieldName] = field(default=frozenset())
    held: frozenset[FieldName] = field(default=frozenset())


def other(side: Side) -> Side:
    """The side across."""
    return "jira" if side == "github" else "github"


def nothing(name: FieldName) -> Value:
    """The empty value of a field."""
    return frozenset() if name in MANY else ""

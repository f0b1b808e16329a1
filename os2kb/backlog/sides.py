"""The two sides of a link, and what each says of a field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, get_args

from os2kb.policy.sections.jira import FieldName, State

Side = Literal["github", "jira"]
Value = str | frozenset[str]
"""A field's value in words that both sides have; empty for none. A set where a field holds many.

Texts are the Markdown that `comparable` gives, states and names those of GitHub: `vocabulary` tells
which of the other side's words mean the same.
"""

Words = str | frozenset[str]
"""A field's value in one side's own words; a set where single ones are put on and taken off."""

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
        ("github", "comments"): 65_000,  # and our marker
        ("jira", "comments"): 32_767,
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

    def without(self, unread: frozenset[FieldName]) -> "Said":
        """The same, but that some fields could not be read."""
        values = {name: value for name, value in self.values.items() if name not in unread}
        return replace(self, values=values)


def state_of(*, is_open: bool, reason: str) -> State:
    """What an issue is; one that was closed without a reason, or before there were any, is done."""
    if is_open:
        return "open"
    return "not_planned" if reason in ("not_planned", "duplicate") else "completed"


def other(side: Side) -> Side:
    """The side across."""
    return "jira" if side == "github" else "github"


def nothing(name: FieldName) -> Value:
    """The empty value of a field."""
    return frozenset() if name in MANY else ""


def kept(values: Values) -> dict[str, str | list[str]]:
    """Values as JSON holds them."""
    return {
        name: value if isinstance(value, str) else sorted(value) for name, value in values.items()
    }


def as_kept(stored: Mapping[str, str | list[str]]) -> Values:
    """Values that JSON held."""
    names: tuple[FieldName, ...] = get_args(FieldName)
    found = {name: stored[name] for name in names if name in stored}
    return MappingProxyType(
        {
            name: value if isinstance(value, str) else frozenset(value)
            for name, value in found.items()
        }
    )

"""People, projects, fields and issues, as data."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["text", "date", "number", "option", "priority", "labels", "user", "versions", "type"]

PERMISSIONS = (
    "BROWSE_PROJECTS",
    "CREATE_ISSUES",
    "EDIT_ISSUES",
    "SCHEDULE_ISSUES",
    "LINK_ISSUES",
    "ADD_COMMENTS",
    "TRANSITION_ISSUES",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account. `shows_email`: who may see them on the Cloud sees that, too."""

    name: str
    shown: str
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    shows_email: bool = False

    @property
    def account_id(self) -> str:
        """What the Cloud knows them by."""
        return f"712020:{self.name}"

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.name}@example.test"

    @property
    def token(self) -> str:
        """What they are let in by."""
        return f"token-{self.name}"


@dataclass(frozen=True, slots=True)
class Field:
    """A field that issues have. `options` are what an option may be."""

    id: str
    name: str
    kind: Kind
    options: tuple[str, ...] = ()

    @property
    def is_custom(self) -> bool:
        """Whether somebody made it."""
        return self.id.startswith("customfield_")


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from some statuses to another. Without `sources` it can be taken from any.

    Attributes:
        required: ids of the fields that must have a value on the way.
        role: who alone may take it; empty for everybody.
    """

    id: int
    name: str
    to: str
    sources: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    role: str = ""


@dataclass(slots=True)
class Project:
    """A project.

    Attributes:
        screen: ids of the fields on its edit screen.
        may: name to permissions; who is not in it has none.
        transitions: its workflow; none for the one that all have.
        kind: `software`, or `service_desk` for Service Management.
        asks_for: ids of the fields that a new ticket must have besides its summary.
    """

    id: int
    key: str
    name: str
    types: tuple[str, ...]
    screen: tuple[str, ...]
    may: dict[str, frozenset[str]]
    last_number: int = 0
    versions: tuple[str, ...] = ()
    transitions: tuple[Transition, ...] = ()
    kind: str = "software"
    asks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One field's part of a change, each value with how it is shown."""

    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody changed at once."""

    id: int
    by: Person
    at: datetime
    items: tuple[Item, ...]


@dataclass(slots=True)
class Comment:
    """A comment. `role` or `group` bound who may see it; a customer sees nothing `internal`.

    Attributes:
        properties: what programs keep with it.
    """

    id: int
    by: Person
    body: str
    at: datetime
    updated_at: datetime
    role: str = ""
    group: str = ""
    internal: bool = False
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class RemoteLink:
    """A link to something outside.

    Attributes:
        resolved: its title is struck out; None where nothing is said of that.
    """

    id: int
    mark: str
    url: str
    title: str
    relationship: str = ""
    summary: str = ""
    resolved: bool | None = None


@dataclass(slots=True)
class Issue:
    """A ticket.

    Attributes:
        values: field id to plain value: a text, a number, or a list of texts.
        level: the role that may see it; empty for everybody who may browse the project.
        indexed: whether a search finds it yet.
        former_keys: what it was called before it was moved; they still lead to it.
        archived: it can be read, but not written to.
    """

    id: int
    number: int
    project: Project
    type: str
    status: str
    creator: Person
    created_at: datetime
    updated_at: datetime
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    links: dict[str, RemoteLink] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    level: str = ""
    indexed: bool = True
    former_keys: set[str] = field(default_factory=set)
    archived: bool = False

    @property
    def key(self) -> str:
        """What people call it."""
        return f"{self.project.key}-{self.number}"

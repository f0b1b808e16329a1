"""What keeps an issue and its ticket in step, as Actions."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self, get_args

from os2kb.backlog.sides import Side, Value, Words, kept, other
from os2kb.backlog.workflow import Step
from os2kb.governance.actions.accountable import Accountable
from os2kb.policy.sections.jira import FieldName

CARRY, COPY, SYNC, RETRACT = "carry:", "copy:", "ticket:sync:", "retract:jira:"
"""How the keys of these actions begin."""
BECAUSE = "jira"
_NAMES: tuple[FieldName, ...] = get_args(FieldName)


@dataclass(frozen=True, slots=True)
class Carry(Accountable):
    """Set a field of one side to what the other says. The inverse sets what was there again.

    Attributes:
        side: where it is set.
        value: what both say then, in the words of both.
        before: what this side says now, likewise.
        base: what both agreed on before.
        put: the value in this side's own words. Of labels and what they stand for, those that are
            to be there; each is put on or taken off by itself.
        expects: what it says now in its own words; where it says something else by then, nothing
            is done but to look again.
        among: where one label of a few stands for the value on GitHub, those few.
        steps: the transitions to take, where the status of a ticket is set.
    """

    side: Side
    field: FieldName
    value: Value
    before: Value
    base: Value
    put: Words
    expects: Words
    among: frozenset[str] = frozenset()
    steps: tuple[Step, ...] = ()

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"{CARRY}{self.side}:{self.field}"

    @property
    def content(self) -> str:
        """All that taking it back needs, as JSON; see `Carried`."""
        return Carried(self.value, self.before, self.base, self.put, self.expects).content


@dataclass(frozen=True, slots=True)
class Carried:
    """What the ledger keeps of a Carry; see there."""

    value: Value
    before: Value
    base: Value
    put: Words
    expects: Words

    @property
    def content(self) -> str:
        """As the ledger holds it."""
        # As ASCII: half a character, as a text may hold, is kept by no database.
        return json.dumps({name: _plain(getattr(self, name)) for name in self.__slots__})

    @property
    def turned(self) -> tuple[frozenset[str], frozenset[str]]:
        """Of several values, those that are put on, and those that are taken off."""
        before, value = frozenset(self.before), frozenset(self.value)
        return value - before, before - value

    @classmethod
    def read(cls, content: str) -> Self:
        """From a receipt's content."""
        stored: dict[str, Any] = json.loads(content)
        return cls(**{name: _again(stored[name]) for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class CopyComment(Accountable):
    """Copy a comment to the other side, or bring its copy up to date.

    A copy's inverse deletes it; of one that was brought up to date the text before is not kept.

    Attributes:
        side: where the copy is.
        source: the comment's id on its own side.
        body: in the words of the copy's side.
        text: as texts are compared, which both say then.
        known: the copy's id; empty where it is to be made.
        expects: what the copy says now, in its own words; where it says something else by then,
            nothing is done but to look again.
    """

    side: Side
    source: str
    body: str
    text: str
    known: str = ""
    expects: str = ""

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"{COPY}{self.mark}"

    @property
    def content(self) -> str:
        """A hash of the text."""
        return hash_of(self.text)

    @property
    def mark(self) -> str:
        """What tells the copy from others where it stands: its source's side and id."""
        return f"{other(self.side)}:{self.source}"


@dataclass(frozen=True, slots=True)
class ShowSync(Accountable):
    """Say on the ticket's link to the issue what goes with it and what does not, and why.

    Attributes:
        ticket: the tracker's own id of it.
        said: one line. Nothing of either side's values is in it.
    """

    ticket: str
    said: str

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"{SYNC}{self.ticket}"

    @property
    def content(self) -> str:
        """What is said."""
        return self.said


@dataclass(frozen=True, slots=True)
class RetractCopy(Accountable):
    """Delete our copy on GitHub of a comment that may not be seen there any more.

    It has no inverse: what is closed in Jira is not made public again by an undo.

    Attributes:
        source: the id of the ticket's comment.
        known: the copy's id.
        expects: what the copy says; where it says something else by then, it stays.
        audience: the levels, groups and roles that keep nobody out. Jira is asked once more, so
            that nothing is deleted because a search lagged.
    """

    source: str
    known: str
    expects: str
    audience: frozenset[str]

    @property
    def key(self) -> str:
        """Identity within the subject's ledger."""
        return f"{RETRACT}{self.source}"

    @property
    def content(self) -> str:
        """Which comment is deleted."""
        return self.known


SyncAction = Carry | CopyComment | RetractCopy | ShowSync


def hash_of(text: str) -> str:
    """What the ledger keeps of a copied text."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def place_of(action: str) -> tuple[str, str]:
    """The side and the field, or the side and id of the comment, of a receipt's action."""
    side, _, what = action.removeprefix(CARRY).removeprefix(COPY).partition(":")
    return side, what


def field_of(name: str) -> FieldName:
    """A field by its name."""
    return next(one for one in _NAMES if one == name)


def _plain(value: Words) -> str | list[str]:
    return kept({"labels": value})["labels"]


def _again(stored: str | list[str]) -> Words:
    return stored if isinstance(stored, str) else frozenset(stored)

"""What each side should say next: a three-way merge of every field by itself.

The third way is the *base*, the value that both agreed on last. A side that differs from it was
changed there. What one side changed is carried over, where the Policy lets the field go that way;
what both changed to different values is asked of a person, and stays on both sides until then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from os2kb.backlog.markup.convert import MARKDOWN, WIKI, converted
from os2kb.backlog.sides import LONGEST, Said, Side, Value, Values, nothing, other
from os2kb.policy.sections.jira import Direction, FieldName

Outcome = Literal[
    "same",
    "carried",
    "conflict",
    "held",
    "not-its-way",
    "not-public",
    "not-blanked",
    "too-long",
    "unsayable",
    "unread",
]
"""What comes of a field. All but `carried` leave both sides as they are."""
NO_CHOICES: Mapping[FieldName, Side] = MappingProxyType({})
_BOTH: tuple[Side, ...] = ("github", "jira")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the Policy says of the fields.

    Attributes:
        directions: which way each goes; a field not named goes nowhere.
        public: the fields that may leave Jira.
    """

    directions: Mapping[FieldName, Direction]
    public: frozenset[FieldName] = frozenset()


@dataclass(frozen=True, slots=True)
class Write:
    """A field to set.

    Attributes:
        expects: what the side says now; where it says something else by then, look again. Of a
            field with several values, only the difference is put on and taken off.
    """

    side: Side
    field: FieldName
    value: Value
    expects: Value


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of one field.

    Attributes:
        changed: the sides that changed it since both agreed.
        agreed: the base from now on, once the writes are done.
        shown: whether the value of Jira may be seen on GitHub.
    """

    field: FieldName
    outcome: Outcome
    changed: frozenset[Side]
    agreed: Value
    writes: tuple[Write, ...] = ()
    shown: bool = False

    @property
    def commands(self) -> tuple[str, ...]:
        """What a person may answer to a conflict. What Jira must not tell cannot be taken."""
        if self.outcome != "conflict":
            return ()
        return tuple(
            f"/os2 jira sync {self.field} {side}"
            for side in _BOTH
            if side == "github" or self.shown
        )


@dataclass(frozen=True, slots=True)
class _Field:
    """A field, and all that is known of it."""

    name: FieldName
    direction: Direction
    base: Value
    said: Mapping[Side, Said]
    public: bool

    def value(self, side: Side) -> Value:
        return self.said[side].values.get(self.name, nothing(self.name))

    @property
    def changed(self) -> frozenset[Side]:
        return frozenset(side for side in _BOTH if self.value(side) != self.base)

    def goes(self, to: Side) -> bool:
        return self.direction == "both" or self.direction.endswith(to)

    def may_be_told(self, to: Side) -> bool:
        return to == "jira" or self.public

    def comes_to(self, outcome: Outcome, agreed: Value | None = None, *writes: Write) -> Merged:
        kept = self.base if agreed is None else agreed
        return Merged(self.name, outcome, self.changed, kept, writes, shown=self.public)


def merge(
    base: Values,
    github: Said,
    jira: Said,
    rules: Rules,
    chosen: Mapping[FieldName, Side] = NO_CHOICES,
) -> tuple[Merged, ...]:
    """What comes of every field that goes some way; comments have a merge of their own.

    Args:
        base: the values that both agreed on last; a field that is missing had none.
        github: what the issue says.
        jira: what the ticket says.
        rules: of the Policy.
        chosen: whose value a person chose, since the conflict was told.
    """
    said: Mapping[Side, Said] = {"github": github, "jira": jira}
    names: tuple[FieldName, ...] = get_args(FieldName)
    return tuple(
        _merged(
            _Field(name, direction, base.get(name, nothing(name)), said, name in rules.public),
            chosen.get(name),
        )
        for name in names
        if name != "comments" and (direction := rules.directions.get(name, "off")) != "off"
    )


def _merged(one: _Field, chosen: Side | None) -> Merged:
    if stopped := _stopped(one):
        return one.comes_to(stopped)
    github, jira = (one.value(side) for side in _BOTH)
    if github == jira:
        return one.comes_to("same", github)
    if isinstance(one.base, frozenset):
        return _merged_sets(one)
    if chosen is None and len(one.changed) == 2:
        return one.comes_to("conflict")
    source = chosen if chosen is not None else next(iter(one.changed))
    refused = _refused(one, other(source), by_choice=chosen is not None)
    if refused:
        return one.comes_to(refused)
    value, now = one.value(source), one.value(other(source))
    return one.comes_to("carried", value, Write(other(source), one.name, value, now))


def _stopped(one: _Field) -> Outcome | None:
    """Why a field is not even compared. Whether it was changed would tell of what is held."""
    if any(one.name in said.held for said in one.said.values()):
        return "held"
    if any(one.name in said.unsayable for said in one.said.values()):
        return "unsayable"
    if any(one.name not in said.values for said in one.said.values()):
        return "unread"
    return None


def _refused(one: _Field, target: Side, *, by_choice: bool) -> Outcome | None:
    """Why a side's value does not come to the other side.

    A person may choose a value against the direction of its field, but never one that Jira must
    not tell, nor an empty one.
    """
    value = one.value(other(target))
    if not (by_choice or one.goes(target)):
        return "not-its-way"
    if not one.may_be_told(target):
        return "not-public"
    if not value:
        return "not-blanked"
    return "too-long" if _length(one.name, target, value) > _most(one.name, target) else None


def _length(name: FieldName, target: Side, value: Value) -> int:
    if name == "description" and target == "jira" and isinstance(value, str):
        return len(converted(value, MARKDOWN, WIKI).text)
    return len(value)


def _most(name: FieldName, target: Side) -> float:
    return LONGEST.get((target, name), float("inf"))


def _merged_sets(one: _Field) -> Merged:
    """Several values: each was put on, taken off or left alone by itself; none is in conflict."""
    after = {side: _after(one, side) for side in _BOTH}
    writes = [
        Write(side, one.name, after[side], one.value(side))
        for side in _BOTH
        if after[side] != one.value(side)
    ]
    if writes:
        return one.comes_to("carried", _agreed(one, after), *writes)
    agreed = _agreed(one, after)
    reasons = [_refused(one, other(source), by_choice=False) for source in sorted(one.changed)]
    return one.comes_to(next(filter(None, reasons), "not-blanked"), agreed)


def _after(one: _Field, side: Side) -> frozenset[str]:
    """A side's values with what the other side put on and took off."""
    mine, theirs = frozenset(one.value(side)), frozenset(one.value(other(side)))
    base = frozenset(one.base)
    if not (one.goes(side) and one.may_be_told(side)):
        return mine
    changed = (mine | (theirs - base)) - (base - theirs)
    return changed if changed or not mine else mine


def _agreed(one: _Field, after: Mapping[Side, frozenset[str]]) -> frozenset[str]:
    """What both have, and of what only one has, what both had before."""
    github, jira = after["github"], after["jira"]
    return (github & jira) | ((github ^ jira) & frozenset(one.base))


def agreed(merged: tuple[Merged, ...]) -> Values:
    """The base from now on, once everything is written."""
    return {one.field: one.agreed for one in merged}


def writes(merged: tuple[Merged, ...]) -> Iterator[Write]:
    """What is to be written."""
    for one in merged:
        yield from one.writes

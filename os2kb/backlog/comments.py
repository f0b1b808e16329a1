"""Which comments are copied to the other side, and which copies are brought up to date."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from os2kb.backlog.sides import Side, other
from os2kb.policy.sections.jira import Direction

Outcome = Literal[
    "created", "updated", "same", "conflict", "held", "older", "not-public", "not-its-way", "gone"
]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it stands on its side.

    Attributes:
        id: its side's own.
        text: as texts are compared; empty for none.
        ours: this bot wrote it: a copy, a status or a reply.
        open: everybody who sees the ticket sees it, and so may the public; always so on GitHub.
        held: its text must not go anywhere until a person releases it.
        older: than what the Policy has copied.
    """

    side: Side
    id: str
    text: str
    ours: bool = False
    open: bool = True
    held: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made.

    Attributes:
        source: the id of what it is a copy of.
        id: its own, on the other side.
        base: the text that both had last.
    """

    source: str
    id: str
    base: str


@dataclass(frozen=True, slots=True)
class Done:
    """What comes of one comment.

    Attributes:
        text: to write on the other side, where it is created or updated.
        copy: the copy to update.
        settled: both are right as they are, and that is to be noted: they say the same, or a person
            said so.
    """

    comment: Comment
    outcome: Outcome
    text: str = ""
    copy: str = ""
    settled: bool = False


def merge_comments(
    comments: tuple[Comment, ...],
    copies: Mapping[Side, tuple[Copy, ...]],
    direction: Direction,
    *,
    public: bool,
) -> tuple[Done, ...]:
    """What comes of each person's comment, in order.

    A copy that a person deleted is not made again, and one that a person edited is not
    overwritten: where its source changed, too, that is a conflict. A comment that is deleted
    leaves its copy where it is, as far as this goes: see `governance.tickets.retract`.

    Args:
        comments: of both sides.
        copies: by the side that their sources are on.
        direction: which way the Policy lets comments go.
        public: whether comments may leave Jira.
    """
    there = {(one.side, one.id): one for one in comments}
    made = {(side, copy.source): copy for side, some in copies.items() for copy in some}
    return tuple(
        _done(one, made.get((one.side, one.id)), there, direction, public=public)
        for one in comments
        if not one.ours
    )


def _done(
    one: Comment,
    copy: Copy | None,
    there: Mapping[tuple[Side, str], Comment],
    direction: Direction,
    *,
    public: bool,
) -> Done:
    target = other(one.side)
    if not (direction == "both" or direction.endswith(target)):
        return Done(one, "not-its-way")
    if target == "github" and not (public and one.open):
        return Done(one, "not-public")
    if copy is None and one.older:
        return Done(one, "older")
    if one.held:
        return Done(one, "held")
    if copy is None:
        return Done(one, "created" if one.text else "same", one.text)
    copied = there.get((target, copy.id))
    if copied is None:
        return Done(one, "gone", copy=copy.id)
    if one.text in (copied.text, copy.base) or not one.text:
        return Done(one, "same", copy=copy.id, settled=one.text == copied.text != copy.base)
    if copied.text != copy.base:
        return Done(one, "conflict", copy=copy.id)
    return Done(one, "updated", one.text, copy.id)

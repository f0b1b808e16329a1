"""What comes of an issue and its ticket, field by field, and why. Values of Jira are in it.

Who shows it on GitHub shows of a ticket what is in `shown`, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from os2kb.backlog.comments import Copy, Done
from os2kb.backlog.markup.losses import Loss
from os2kb.backlog.merge import Merged
from os2kb.backlog.merge import Outcome as Came
from os2kb.backlog.sides import Side, Values
from os2kb.backlog.stays import Stays
from os2kb.governance.actions import Carry, CopyComment
from os2kb.phrases import NOTHING, Phrase

Outcome = Came | Literal["undone", "refused", "no-way", "closed-off"]
"""What comes of a field; the last four only where it was to be carried."""


@dataclass(frozen=True, slots=True)
class FieldInStep:
    """A field, and what comes of it.

    Attributes:
        why: said to whoever runs the bot, without its values.
        outside: said on GitHub instead, where that names what it must not; nothing for the same.
        carries: what is to be written; none but where the outcome is `carried`.
        try_again: when what was refused is tried again.
    """

    merged: Merged
    outcome: Outcome
    why: Phrase
    carries: tuple[Carry, ...] = ()
    try_again: datetime | None = None
    outside: Phrase = NOTHING


@dataclass(frozen=True, slots=True)
class InStep:
    """What keeps both sides in step.

    Attributes:
        comments: what comes of each; see `copies` for those to write.
        texts: of a comment that was edited, and of its copy, both sides' texts, by the source's
            side and id, `github:77`.
        shown: the values of the ticket that GitHub may see.
        shown_texts: likewise of `texts`, what Jira says of them; empty where it must not be seen.
        github: the values of the issue.
        stays: what may not leave Jira, and why.
        left_public: the ticket's comments that are not for everybody any more, and whose copies on
            GitHub stay, because a person edited them.
        losses: what of each side's text the other cannot show.
        agreed: what both agree on as they are now, before anything is written.
        found: copies that show and that nothing was noted of, by the side of their sources.
        wake_at: when to look again.
    """

    fields: tuple[FieldInStep, ...]
    comments: tuple[Done, ...]
    copies: tuple[CopyComment, ...]
    texts: Mapping[str, Mapping[Side, str]]
    shown: Values
    shown_texts: Mapping[str, str]
    github: Values
    stays: tuple[Stays, ...]
    left_public: tuple[str, ...]
    losses: Mapping[Side, frozenset[Loss]]
    agreed: Values
    found: Mapping[Side, tuple[Copy, ...]]
    wake_at: datetime | None = None

    @property
    def actions(self) -> tuple[Carry | CopyComment, ...]:
        """All that is to be written."""
        return (*(carry for one in self.fields for carry in one.carries), *self.copies)

    @property
    def changes_issue(self) -> bool:
        """Whether a field of the issue is set: what is judged of it, and said there, may change."""
        return any(isinstance(one, Carry) and one.side == "github" for one in self.actions)

    @property
    def torn(self) -> tuple[Done, ...]:
        """The comments that were edited, and their copies, too."""
        return tuple(one for one in self.comments if one.outcome == "conflict")

    @property
    def conflicts(self) -> tuple[Merged, ...]:
        """The fields that a person is asked about."""
        return tuple(one.merged for one in self.fields if one.outcome == "conflict")

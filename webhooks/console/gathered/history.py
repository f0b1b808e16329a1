"""What happened to a subject, in the order it happened, and what of it can be taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from os2kb.governance.commands.in_the_way import in_the_way
from os2kb.governance.commands.undo import last_plan
from os2kb.governance.facts import Account, Facts, Turn
from os2kb.governance.told_receipts import told_receipt
from os2kb.phrases import NOTHING, Phrase

_MOST = 300
_OPENED = Phrase("Oprettet", "Opened")
_COMMENTED = Phrase("Skrev en kommentar", "Wrote a comment")
_ON = Phrase("Satte etiketten “{}” på", "Put on the label “{}”")
_OFF = Phrase("Tog etiketten “{}” af", "Took off the label “{}”")
_TURNS: Mapping[Turn, Phrase] = {
    "closed": Phrase("Lukkede", "Closed"),
    "reopened": Phrase("Genåbnede", "Reopened"),
    "assigned": Phrase("Gav det til {}", "Assigned {}"),
    "unassigned": Phrase("Tog det fra {}", "Unassigned {}"),
    "milestoned": Phrase("Satte det i en milepæl", "Put it into a milestone"),
    "demilestoned": Phrase("Tog det ud af en milepæl", "Took it out of a milestone"),
    "transferred": Phrase("Flyttede det hertil", "Moved it here"),
}
_TAKEN = Phrase("er taget tilbage", "is taken back")


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that somebody did."""

    at: datetime
    who: Account
    what: Phrase
    url: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One of our writes, of the last Plan.

    Attributes:
        stays: why it stays; empty where it can be taken back.
    """

    what: Phrase
    stays: Phrase


def timeline(facts: Facts) -> tuple[Happened, ...]:
    """What is seen of it at the forge, the newest first; of comments no text."""
    in_order = sorted(_happened(facts), key=lambda one: one.at)  # of the same second, as listed
    return tuple(reversed(in_order))[:_MOST]


def last_writes(facts: Facts) -> tuple[Written, ...]:
    """What an undo would be about."""
    return tuple(
        Written(
            told_receipt(one),
            _TAKEN if one.state == "undone" else in_the_way(facts, one) or NOTHING,
        )
        for one in last_plan(facts.receipts)
    )


def _happened(facts: Facts) -> Iterator[Happened]:
    yield Happened(facts.created_at, facts.author, _OPENED, facts.url)
    for comment in facts.comments:
        yield Happened(comment.created_at, comment.author, _COMMENTED, comment.url)
    for label in facts.history:
        said = _ON if label.added else _OFF
        yield Happened(label.at, label.actor, said.filled(label.label))
    for turn in facts.turns:
        to = turn.assignee.login if turn.assignee else ""
        yield Happened(turn.at, turn.actor, _TURNS[turn.turn].filled(to))

"""The clock: who holds the ball, stretch by stretch.

We hold it from the opening. The clock stands still while the subject is closed, paused by a command
or blocked, and while the reporter owes an answer: a person on our side has written since the
reporter last did, and the label `status.needs-info` is on. It goes on when the reporter answers or
the label goes. What a bot does never moves it, but for putting a label on or taking it off.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from os2kb.governance.escalation.happenings import Happening
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

Holder = Literal["us", "reporter", "nobody"]
Because = Literal["ours", "asked", "blocked", "paused", "closed"]

BECAUSE: dict[Because, Phrase] = {
    "ours": Phrase("bolden er hos os", "the ball is with us"),
    "asked": Phrase("melderen skylder svar", "the reporter owes an answer"),
    "blocked": Phrase("sagen er blokeret", "it is blocked"),
    "paused": Phrase("der er holdt pause med /os2 pause", "it is paused by /os2 pause"),
    "closed": Phrase("sagen er lukket", "it is closed"),
}
_HOLDER: dict[Because, Holder] = {"ours": "us", "asked": "reporter"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the ball was with one side.

    Attributes:
        end: the last one ends at the moment that was asked for.
        party: the organisation, by the Policy's `people`, of the one person of that side whose ball
            it is: the assignee's, or the reporter's; empty where there is none, or several.
    """

    start: datetime
    end: datetime
    holder: Holder
    because: Because
    party: str = ""


Timeline = tuple[Stretch, ...]
"""Stretches without a gap, oldest first; none before the opening."""


def timeline(happened: tuple[Happening, ...], policy: Policy, until: datetime) -> Timeline:
    """Who held the ball, from the opening to a moment.

    Args:
        happened: what had happened by then, in order.
        policy: says which labels count, and who belongs to which organisation.
        until: the moment.
    """
    return tuple(_joined(_stretches(happened, policy, until)))


def _stretches(
    happened: tuple[Happening, ...], policy: Policy, until: datetime
) -> Iterator[Stretch]:
    """One for each thing that happened."""
    members = _members(policy)
    blocked, asked = (policy.labels.of(f"status.{one}") for one in ("blocked", "needs-info"))
    state = _State(members, (blocked or "").casefold(), (asked or "").casefold())
    for one, after in zip(happened, (*happened[1:], None), strict=True):
        state.take(one)
        because = state.because
        holder = _HOLDER.get(because, "nobody")
        end = after.at if after else until
        yield Stretch(one.at, end, holder, because, state.party(holder))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """As few as say the same; the last one stands also where it has no length yet."""
    last: Stretch | None = None
    for one in stretches:
        if last is not None and _same(last, one):
            last = replace(last, end=one.end)
            continue
        if last is not None and last.start < last.end:
            yield last
        last = one
    if last is not None:
        yield last


def _same(one: Stretch, other: Stretch) -> bool:
    return (one.holder, one.because, one.party) == (other.holder, other.because, other.party)


def _members(policy: Policy) -> dict[str, str]:
    """Login in lower case to organisation; without those who belong to several."""
    found: dict[str, set[str]] = {}
    for organisation, logins in policy.people.organisations.items():
        for login in logins:
            found.setdefault(login.casefold(), set()).add(organisation)
    return {login: min(theirs) for login, theirs in found.items() if len(theirs) == 1}


@dataclass(slots=True)
class _State:
    """What is true between two happenings."""

    members: dict[str, str]
    blocked: str
    needs_info: str
    open: bool = True
    paused: bool = False
    asked: bool = False
    labels: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    reporter: str = ""

    @property
    def because(self) -> Because:
        """Why whoever has the ball has it."""
        if not self.open:
            return "closed"
        if self.paused:
            return "paused"
        if self.blocked in self.labels:
            return "blocked"
        return "asked" if self.asked and self.needs_info in self.labels else "ours"

    def party(self, holder: Holder) -> str:
        """The one organisation that the ball is with."""
        theirs = {"us": self.assigned, "reporter": {self.reporter}}.get(holder, set())
        named = {self.members.get(login, "") for login in theirs}
        return min(named) if len(named) == 1 else ""

    def take(self, one: Happening) -> None:
        """Let something happen."""
        if one.side == "reporter":
            self.reporter = one.by.casefold()
        match one.kind:
            case "closed" | "reopened":
                self.open = one.kind == "reopened"
            case "pause" | "resume":
                self.paused = one.kind == "pause"
            case "labeled" if one.what:
                self.labels.add(one.what.casefold())
            case "unlabeled":
                self.labels.discard(one.what.casefold())
            case "assigned" if one.to_person:
                self.assigned.add(one.what.casefold())
            case "unassigned":
                self.assigned.discard(one.what.casefold())
            case "commented" if one.side in ("us", "reporter"):
                self.asked = one.side == "us"

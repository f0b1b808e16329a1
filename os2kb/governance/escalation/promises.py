"""What is promised of a fault's class: an answer, a plan and a fix, each by a moment.

- `respond` is kept by the first comment of a person on our side who is not the reporter.
- `plan` is kept when a person says when: by a milestone, or by the label `status.planned`.
- `fix` is kept when the subject is closed.

What was kept once stays kept, but for a fix whose subject was opened again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from os2kb.governance.escalation.ball import Ball
from os2kb.governance.escalation.happenings import Happening
from os2kb.governance.escalation.severity import Classed
from os2kb.policy.escalation.private import private_times
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import MOMENTS, Escalation, Moment


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the class that holds.

    Attributes:
        due: when it has to be kept; None while the clock stands still before it is due.
        kept: when it was; None where it is not yet.
    """

    name: Moment
    due: datetime | None
    kept: datetime | None

    def is_broken(self, at: datetime) -> bool:
        """Whether it was not kept in time, as seen at a moment."""
        return self.due is not None and self.due <= at and (not self.kept or self.kept > self.due)


@dataclass(frozen=True, slots=True)
class Kept:
    """When each promise was first kept; None where it never was."""

    respond: datetime | None = None
    plan: datetime | None = None
    fix: datetime | None = None

    def of(self, name: Moment) -> datetime | None:
        """When one of them was."""
        return {"respond": self.respond, "plan": self.plan, "fix": self.fix}[name]


def kept(happened: tuple[Happening, ...], policy: Policy) -> Kept:
    """When each promise was kept, from what happened, in order."""
    planned = (policy.labels.of("status.planned") or "").casefold()

    def is_plan(one: Happening) -> bool:
        says = planned and one.kind == "labeled" and one.what.casefold() == planned
        return one.by_person and bool(one.kind == "milestoned" or says)

    answers = (one.at for one in happened if one.kind == "commented" and one.side == "us")
    closed: datetime | None = None
    for one in happened:
        if one.kind == "closed":
            closed = closed or one.at
        elif one.kind == "reopened":
            closed = None
    return Kept(
        respond=next(answers, None),
        plan=next((one.at for one in happened if is_plan(one)), None),
        fix=closed,
    )


def promises(one: Classed, ball: Ball, was_kept: Kept, model: Escalation) -> Iterator[Promise]:
    """The promises of the class that held for a time; none where none did.

    Args:
        one: the time.
        ball: who held it, and how long.
        was_kept: when they were kept.
        model: the Policy's.
    """
    if one.severity is None:
        return
    promised = _durations(one, model)
    for name in MOMENTS:
        if duration := promised[name]:
            due = ball.when(one.counts_from, duration)
            yield Promise(name, due and max(due, one.given_at), was_kept.of(name))


def _durations(one: Classed, model: Escalation) -> Mapping[Moment, str | None]:
    """What is promised; of a suspected vulnerability, what its own path says."""
    if one.private:
        return private_times(model)
    said = model.severities[str(one.severity)]
    return {"respond": said.respond, "plan": said.plan, "fix": said.fix}

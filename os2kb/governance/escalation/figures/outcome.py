"""What became of a fault by a moment: its times, what was broken, and who was to be told."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from os2kb.governance.escalation.ball import Ball
from os2kb.governance.escalation.clock import Timeline, timeline
from os2kb.governance.escalation.from_facts import happenings_of
from os2kb.governance.escalation.happenings import Happening, history
from os2kb.governance.escalation.promises import Promise, kept
from os2kb.governance.escalation.standing import Standing, standing
from os2kb.governance.facts import Facts
from os2kb.governance.rules.text.security_report import suspected
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import Escalation, Moment


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise that was not kept in time.

    Attributes:
        party: the organisation that had the ball when it was due; empty for none in particular.
    """

    name: Moment
    due: datetime
    party: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a fault.

    Attributes:
        name: `owner/name#42`.
        stands: how it stands at the moment.
        response: working time that we held it until a person on our side answered; None where
            nobody has.
        resolution: working time that we held it until it was closed; None while it is open.
        private: it may be a vulnerability: it is counted and never named.
    """

    name: str
    url: str
    opened: datetime
    stands: Standing
    response: timedelta | None
    resolution: timedelta | None
    breaches: tuple[Breach, ...]
    private: bool = False

    @property
    def severity(self) -> str | None:
        """Its class; None for none."""
        return self.stands.severity

    @property
    def open(self) -> bool:
        """Whether it is."""
        return self.resolution is None

    @property
    def next(self) -> Promise | None:
        """The promise that is to be kept next; None where none is, or nobody knows when."""
        if not self.open:
            return None
        unkept = (one for one in self.stands.promises if one.kept is None)
        return next((one for one in unkept if one.due is not None), None)

    def broke(self, name: Moment) -> bool:
        """Whether a promise was not kept in time."""
        return any(one.name == name for one in self.breaches)


def outcome_of(facts: Facts, policy: Policy, at: datetime, assumed: str = "") -> Outcome:
    """What became of a subject by a moment, which is no earlier than its opening.

    Args:
        facts: its whole history, also what comes later.
        policy: the model it is held against.
        at: the moment.
        assumed: the class of what nobody gave one; empty for none.
    """
    name = f"{facts.subject.repository}#{facts.subject.number}"
    happened = tuple(_classed(one, assumed) for one in happenings_of(facts, policy))
    found = outcome(name, facts.url, happened, policy, at)
    return replace(found, private=found.stands.private or suspected(facts, policy))


def _classed(one: Happening, assumed: str) -> Happening:
    """The opening, as if the form had named the class."""
    return replace(one, what=assumed) if one.kind == "opened" and not one.what else one


def outcome(
    name: str, url: str, happened: tuple[Happening, ...], policy: Policy, at: datetime
) -> Outcome:
    """What became of what happened, by a moment no earlier than its opening."""
    past, stands = history(happened, at), standing(happened, policy, at)
    hours = (policy.escalation or Escalation()).hours
    answered = kept(past, policy).respond
    closed = stands.timeline[-1].because == "closed"
    return Outcome(
        name=name,
        url=url,
        opened=past[0].at,
        stands=stands,
        response=Ball(_until(answered, past, policy), hours).elapsed if answered else None,
        resolution=Ball(stands.timeline, hours).elapsed if closed else None,
        breaches=tuple(
            Breach(one.name, one.due, _party(stands.timeline, one.due))
            for one in stands.promises
            if one.due is not None and one.is_broken(at)
        ),
    )


def _until(moment: datetime, past: tuple[Happening, ...], policy: Policy) -> Timeline:
    return timeline(tuple(one for one in past if one.at <= moment), policy, moment)


def _party(held: Timeline, due: datetime) -> str:
    """Whose ball it was when a promise became due: ours, for else the clock would have stood."""
    return next((one.party for one in held if one.holder == "us" and one.end >= due), "")

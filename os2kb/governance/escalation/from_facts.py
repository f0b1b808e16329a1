"""The history of a subject from its Facts.

A forge does not tell everything. A label that is on and was never put on has been on since the
opening; what the listed events contradict happened when the subject was last changed. Where our
ledger knows that it was we who put a label on, it is ours, listed or not. A comment is
as old as it is, however often it was edited, and one that only gives commands is no comment. What a
command did stands in our ledger, which knows that whoever gave it was allowed to. Where a subject
was moved here from another repository, its history begins then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from os2kb.governance.escalation.happenings import Happening, Kind, taken_over
from os2kb.governance.escalation.sides import side_of
from os2kb.governance.escalation.standing import Standing, standing
from os2kb.governance.facts import Account, Comment, Facts, LabelEvent
from os2kb.governance.ledger.holds import ESCALATED
from os2kb.governance.ledger.labels import put_on_by_us
from os2kb.governance.reading.severity_answer import answered_severity
from os2kb.policy.policy import Policy

_JUST_AFTER = timedelta(microseconds=1)
"""A forge tells seconds: of what was put on and taken off in the same one, the order is lost."""
_SOMEBODY = Account("")
_OURSELVES = Account("os2kb", is_bot=True, is_self=True)
_CHOSEN = "hold:label:"
_PAUSED = "hold:pause"


def happenings_of(facts: Facts, policy: Policy) -> tuple[Happening, ...]:
    """What happened to a subject, in no order."""
    found = tuple(_each(_Told(facts, policy)))
    return found if facts.moved_at is None else taken_over(found, facts.moved_at)


def standing_of(facts: Facts, policy: Policy, at: datetime) -> Standing:
    """How a subject stands at a moment; a pull request, and what is locked, stands nohow."""
    if policy.escalation is None or facts.pull_request is not None or facts.locked:
        return Standing()
    return standing(happenings_of(facts, policy), policy, at)


def may_have_class(facts: Facts, policy: Policy) -> bool:
    """Whether a subject can be of a class, as far as is known before its history is read.

    A class has its label on, or is told by the form, by a command in our ledger, or by the label
    of what may be a vulnerability.
    """
    named = {*policy.labels.severity.values(), policy.labels.security or ""}
    on = {label.casefold() for label in facts.labels} & {label.casefold() for label in named}
    commanded = any(one.because == "/os2 severity" for one in facts.receipts)
    return bool(on or commanded or class_in_form(facts, policy))


def _each(told: "_Told") -> Iterator[Happening]:
    facts, policy = told.facts, told.policy
    yield told.that(facts.created_at, "opened", facts.author, class_in_form(facts, policy))
    yield from _labels(told)
    yield from _turns(told)
    yield from _commands(told)
    for comment in facts.comments:
        if not gives_only_commands(comment):
            yield told.that(comment.created_at, "commented", comment.author)


@dataclass(frozen=True, slots=True)
class _Told:
    """Facts, and whose side everybody is on."""

    facts: Facts
    policy: Policy

    def that(
        self, at: datetime, kind: Kind, by: Account, what: str = "", *, to_person: bool = True
    ) -> Happening:
        """Something happened."""
        roles = {login.casefold(): role for login, role in self.facts.roles.items()}
        side = side_of(by, self.facts.author.login, self.policy, roles)
        return Happening(at, kind, by.login, side, what, to_person)

    def unseen_after(self, at: datetime) -> datetime:
        """When something happened that no event tells.

        By a move, which takes only some labels along, or else when the subject was last changed.
        """
        moved = self.facts.moved_at
        return moved if moved and moved >= at else max(at, self.facts.updated_at)


def _labels(told: _Told) -> Iterator[Happening]:
    facts = told.facts
    last: dict[str, LabelEvent] = {}
    put_on: dict[str, datetime] = {}
    for event in facts.history:
        last[event.label.casefold()] = event
        if event.added:
            name = event.label.casefold()
            put_on[name] = max(event.at, put_on.get(name, event.at))
        by = _SOMEBODY if _is_commanded(event, told) else event.actor
        yield told.that(event.at, "labeled" if event.added else "unlabeled", by, event.label)
    present = {label.casefold(): label for label in facts.labels}
    for name, event in last.items():
        if name in present or name not in put_on:
            continue
        just_after = put_on[name] + _JUST_AFTER
        if event.added:
            gone = max(told.unseen_after(put_on[name]), just_after)
            yield told.that(gone, "unlabeled", _SOMEBODY, event.label)
        elif event.at <= put_on[name]:
            yield told.that(just_after, "unlabeled", event.actor, event.label)
    for name, label in present.items():
        known = last.get(name)
        by = _OURSELVES if put_on_by_us(facts, label) else _SOMEBODY
        if known is None:
            yield told.that(facts.created_at, "labeled", by, label)
        elif not known.added:
            yield told.that(told.unseen_after(known.at), "labeled", by, label)


def _is_commanded(event: LabelEvent, told: _Told) -> bool:
    """Whether we put a label on, or took it off, as a person told us by a command.

    What `/os2 severity` says stands in the ledger by itself.
    """
    label = event.label.casefold()
    classes = {one.casefold() for one in told.policy.labels.severity.values()}
    if not event.actor.is_self or label in classes:
        return False
    action = f"label:{'add' if event.added else 'remove'}:{label}"
    written = [
        one
        for one in told.facts.receipts
        if one.action.casefold() == action and one.state == "applied"
    ]
    nearest = min(written, key=lambda one: abs(one.at - event.at), default=None)
    return nearest is not None and nearest.because.startswith("/os2")


def _turns(told: _Told) -> Iterator[Happening]:
    facts = told.facts
    for event in facts.turns:
        if event.turn == "transferred" or event.turn == "converted_to_discussion":
            continue  # and it is closed, too
        assignee = event.assignee or _SOMEBODY
        yield told.that(
            event.at, event.turn, event.actor, assignee.login, to_person=not assignee.is_bot
        )
    state = [one for one in facts.turns if one.turn in ("closed", "reopened")]
    was_open = not state or state[-1].turn == "reopened"
    if was_open != facts.open:
        at = max(state[-1].at, facts.updated_at) if state else facts.updated_at
        yield told.that(at, "reopened" if facts.open else "closed", _SOMEBODY)


def _commands(told: _Told) -> Iterator[Happening]:
    """What our ledger notes of them, as of when they were written."""
    facts = told.facts
    classes = {label.casefold(): name for name, label in told.policy.labels.severity.items()}
    written = {f"command:{one.id}": one.created_at for one in facts.comments}
    given = {one.plan: written[one.action] for one in facts.receipts if one.action in written}
    for one in facts.receipts:
        if one.state != "applied":
            continue
        at = given.get(one.plan, one.at) if one.plan else one.at
        if one.action == _PAUSED:
            yield told.that(at, "pause" if one.content == "on" else "resume", _SOMEBODY)
        elif one.action == ESCALATED:
            yield told.that(at, "escalate", _SOMEBODY)
        elif one.because == "/os2 severity" and one.content == "on":
            severity = classes.get(one.action.removeprefix(_CHOSEN))
            if severity:
                yield told.that(at, "severity", _SOMEBODY, severity)


def gives_only_commands(comment: Comment) -> bool:
    """Whether it says nothing else; one that was edited may have said more at first."""
    if comment.updated_at > comment.created_at:
        return False
    lines = [line.strip() for line in comment.body.splitlines() if line.strip()]
    return bool(lines) and all(line.casefold().startswith("/os2") for line in lines)


def class_in_form(facts: Facts, policy: Policy) -> str:
    """The class that the form gives; empty where it gives none."""
    model = policy.escalation
    return (answered_severity(facts.body, facts.forms, model) or "") if model else ""

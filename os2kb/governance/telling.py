"""Who is told of a fault now: once, at the rung that is reached, and not while it is quiet.

What has become of it meanwhile counts: whoever was to be told of a missing answer is not, once
there is one, or the ball is elsewhere. Nobody gets more messages in a day than the model's budget,
and of claims no more than their share of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from os2kb.governance.actions import Tell
from os2kb.governance.commands.given.unanswered import unanswered
from os2kb.governance.comments.escalation import told_in
from os2kb.governance.comments.told import (
    mention,
    message,
    private_message,
    private_subject,
    subject_line,
)
from os2kb.governance.escalation.claims import is_claim
from os2kb.governance.escalation.from_facts import standing_of
from os2kb.governance.escalation.ladder import Told, holds_from
from os2kb.governance.escalation.quiet import day_of, next_day, quiet_until
from os2kb.governance.escalation.reopened import told_anew
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.told import (
    anew,
    cut_off_mention,
    next_mention,
    told,
    told_anew_of,
    told_privately,
)
from os2kb.governance.rules.text.security_report import suspected
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import MOMENTS, Escalation

STALE = timedelta(weeks=3)
"""Nobody is told any more of what was reached so long ago: longer than any holidays are quiet."""

_BECAUSE = "severity"


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom to tell now, and when those who have to wait may be told."""

    actions: tuple[Tell, ...] = ()
    wake_at: datetime | None = None


def telling(facts: Facts, policy: Policy, stands: Standing, at: datetime) -> Telling:
    """What is told by the ladder; nothing of a proposal, and of what may be a vulnerability."""
    model = policy.escalation
    untold = _untold(facts, policy, stands, at)
    if model is None or not untold:
        return Telling()
    worst = stands.severity == next(iter(model.severities))
    if not worst and (end := quiet_until(model, at)) is not None:
        return Telling(wake_at=end)
    share = model.share_of_claims if is_claim(facts, policy, stands) else model.budget
    now = tuple(
        name
        for name, one in untold.items()
        if _had(name, facts) < (model.budget if one.asked else share)
    )
    actions = tuple(_each(now, untold, facts, policy, stands, at))
    return Telling(actions, None if len(now) == len(untold) else next_day(model, at))


def messages_since(facts: Facts, policy: Policy, now: datetime) -> datetime | None:
    """Since when it matters how many messages anybody got; None where nobody is to be told."""
    model = policy.escalation
    if model is None or not model.is_adopted:
        return None
    asked = any(
        one.word == "escalate" for _, commands in unanswered(facts, now) for one in commands
    )
    stands = standing_of(facts, policy, now)
    private = model.security is not None and (stands.private or suspected(facts, policy))
    if asked or private or _untold(facts, policy, stands, now):
        return day_of(model, now)
    return None


def private_telling(facts: Facts, policy: Policy, stands: Standing, at: datetime) -> Telling:
    """What the product's mailboxes are told of a possible vulnerability: at once, and when late."""
    model = policy.escalation
    if model is None or not model.is_adopted or model.security is None:
        return Telling()
    reached = _reached_privately(facts, policy, stands, at)
    if reached is None:
        return Telling()
    names = ("noticed", *MOMENTS)[reached:]
    words = told_in(policy.language, model, facts.created_at)
    known = {name.casefold() for name in told_privately(facts)}
    mailboxes = {to.casefold(): to for to in model.security.notify}
    is_public = not facts.repository.private
    share = model.share_of_claims if is_claim(facts, policy, stands) else model.budget
    untold = tuple(
        Tell(
            to=(to,),
            subject=private_subject(_name(facts), words),
            body=private_message(facts.url, stands, at, words, is_public=is_public),
            once=f"private:{names[0]}:{to}",
            because="security-report",
        )
        for mailbox, to in mailboxes.items()
        if not any(f"private:{name}:{mailbox}" in known for name in names)
    )
    now = tuple(one for one in untold if _had(one.to[0], facts) < share)
    return Telling(now, None if len(now) == len(untold) else next_day(model, at))


def _reached_privately(facts: Facts, policy: Policy, stands: Standing, at: datetime) -> int | None:
    """How many of the moments have passed unmet; None where that was before the model held."""
    since = holds_from(policy.escalation) if policy.escalation else None
    late = [
        one
        for one in stands.promises
        if stands.private and one.kept is None and one.is_broken(at)
        if since is None or (one.due and one.due >= since)
    ]
    if late:
        return MOMENTS.index(late[-1].name) + 1
    label = (policy.labels.security or "").casefold()
    marked = (
        one.at
        for one in facts.history
        if one.added and not one.actor.is_self and one.label.casefold() == label
    )
    noticed = max((facts.created_at, facts.moved_at or facts.created_at, *marked))
    return None if since is not None and noticed < since else 0


def _had(name: str, facts: Facts) -> int:
    """How many messages somebody has had today."""
    had = {one.casefold(): count for one, count in facts.messages.items()}
    return had.get(name.casefold(), 0)


def _untold(facts: Facts, policy: Policy, stands: Standing, at: datetime) -> Mapping[str, Told]:
    """Who is still to be told, each with the highest rung that reaches them."""
    model = policy.escalation
    if model is None or not model.is_adopted or stands.private or stands.closed_at:
        return {}
    known = {name.casefold() for name in told(facts)}
    spelled: dict[str, str] = {}  # one who is named in two spellings is one
    found: dict[str, Told] = {}
    for one in sorted(stands.told, key=lambda one: one.rung):
        if at - one.at < STALE and _holds(one, stands, model, at):
            names = _spelled(one, spelled)
            found |= {name: one for name in names if name.casefold() not in known}
    since = holds_from(model)
    for one in told_anew(facts, policy, stands):
        if at - one.at < STALE and (since is None or one.at >= since):
            heard = {name.casefold() for name in told_anew_of(facts, one.at)}
            names = _spelled(one, spelled)
            found |= {name: one for name in names if name.casefold() not in heard}
    return found


def _spelled(one: Told, spelled: dict[str, str]) -> list[str]:
    """Whom a rung tells something, each as they were spelled first; a field is not told."""
    people = (name for name in one.to if not name.startswith("jira:"))
    return [spelled.setdefault(name.casefold(), name) for name in people]


def _holds(one: Told, stands: Standing, model: Escalation, at: datetime) -> bool:
    """Whether there is still reason to tell a rung of it."""
    if one.asked:
        return True
    if stands.severity is None or stands.holder != "us":
        return False
    when = model.ladder[one.rung - 1].when
    promised = {each.name: each for each in stands.promises}
    if when is None:
        answer = promised.get("respond")
        return answer is None or answer.kept is None
    due = promised.get(when)
    return due is not None and due.kept is None and due.is_broken(at)


def _each(
    now: tuple[str, ...],
    reached: Mapping[str, Told],
    facts: Facts,
    policy: Policy,
    stands: Standing,
    at: datetime,
) -> Iterator[Tell]:
    """One comment for all whom the forge can mention, and a message to everybody else."""
    model = policy.escalation
    assert model is not None  # or nobody would be told  # noqa: S101
    words = told_in(facts.language, model, facts.created_at)
    people = tuple(one for one in now if one.startswith("@"))
    if again := tuple(one for one in people if reached[one].anew):
        rung = reached[again[0]]
        once = anew(rung.at, again[0])
        yield Tell(
            again,
            "",
            mention(f"tell:{once}", again, rung, stands, model, at, words),
            once,
            because=_BECAUSE,
        )
    for number, to in _mentions(tuple(one for one in people if one not in again), facts):
        rung = max((reached[one] for one in to), key=lambda one: one.rung)
        once = f"mention:{number}"
        body = mention(f"tell:{once}", to, rung, stands, model, at, words)
        yield Tell(to, "", body, once, because=_BECAUSE)
    words = told_in(policy.language, model, facts.created_at)
    for one in now:
        if not one.startswith("@"):
            rung = reached[one]
            body = message(facts.url, rung, stands, model, at, words)
            once = anew(rung.at, one) if rung.anew else one
            subject = subject_line(_name(facts), stands, words)
            yield Tell((one,), subject, body, once, because=_BECAUSE)


def _mentions(names: tuple[str, ...], facts: Facts) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The comments to make. One that we were cut off in mentions whom it was to, and no others.

    It may be there, and not be listed yet: it must never be edited into mentioning more.
    """
    begun = cut_off_mention(facts)
    if begun is not None and set(begun.to) <= set(names):
        yield begun.number, begun.to
        names = tuple(one for one in names if one not in begun.to)
    if names:
        yield next_mention(facts), names


def _name(facts: Facts) -> str:
    return f"{facts.repository.full_name}#{facts.subject.number}"

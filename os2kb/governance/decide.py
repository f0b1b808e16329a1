"""Facts and Policy to Plan: the one decision, pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from os2kb.governance.actions import Action
from os2kb.governance.commands.broken_policy import told_of_problems
from os2kb.governance.commands.carry_out import CarriedOut, carry_out
from os2kb.governance.commands.given.pending import checks_asked_for, pending_questions
from os2kb.governance.commands.replies import replies, with_replies
from os2kb.governance.comments.checks.decisions import decisions_check
from os2kb.governance.comments.checks.guidelines import guidelines_check
from os2kb.governance.comments.checks.policy import policy_check
from os2kb.governance.comments.checks.texts import texts_check
from os2kb.governance.comments.escalation import escalation_section, fault_told, told_in
from os2kb.governance.comments.question_reply import question_reply
from os2kb.governance.comments.security_reply import security_reply
from os2kb.governance.comments.status import NO_SECTION, status_comment, status_section
from os2kb.governance.decision_log.actions import decision_actions
from os2kb.governance.decision_log.standing import Standing as Logged
from os2kb.governance.decision_log.standing import standing_here
from os2kb.governance.decision_log.told.decision import decision_told
from os2kb.governance.escalation.from_facts import standing_of
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.evaluate import evaluate
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import Markdown
from os2kb.governance.labelling import label_actions, lost_labels
from os2kb.governance.ledger.holds import is_paused
from os2kb.governance.plan import Plan
from os2kb.governance.rules import ALARMS, REGISTRY, is_kept_quiet
from os2kb.governance.telling import Telling, private_telling, telling
from os2kb.governance.tickets.creation import creations, next_creation
from os2kb.governance.tickets.fields import field_actions, next_try
from os2kb.governance.tickets.in_step import InStep
from os2kb.governance.tickets.keep import SHOWS_BY, kept_in_step
from os2kb.governance.tickets.sync import sync_actions
from os2kb.modes import Mode, weaker
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_ASK_AGAIN = timedelta(minutes=10)
_STOP_ASKING = timedelta(days=1)
_RARER = 48  # a subject that has been quiet for two days is looked at once an hour
_QUIET_FOR_GOOD = timedelta(days=90)  # a group that approves issues may meet once a quarter
_RULES = {rule.id: rule for rule in REGISTRY}


def decide(
    facts: Facts, policy: Policy, mode: Mode, now: datetime, *, silent: bool = False
) -> Plan:
    """What should be true of a subject now.

    Args:
        facts: the snapshot.
        policy: the one in force; where `facts.policy_problems` says it is broken, any will do.
        mode: the installation's; the Policy's own may be weaker.
        now: the moment of deciding.
        silent: nobody is answered, so that no command is carried out: that is done whole, with
            its note and reply, or not at all.
    """
    if facts.policy_problems:
        return Plan(
            facts.subject,
            (),
            (*policy_check(facts), *told_of_problems(facts, now)),
            weaker(mode, "observe"),
            facts.language,
            problems=facts.policy_problems,
        )
    bound = weaker(mode, policy.mode)
    observing = bound != "act" or silent
    done = CarriedOut(facts)
    if not facts.locked:
        done = carry_out(facts, policy, now, observing=observing)
        again = not observing and checks_asked_for(facts, policy, now)
        done = replace(done, facts=replace(done.facts, checks_again=facts.checks_again or again))
    facts = done.facts
    findings = evaluate(facts, policy, now)
    private = any(one.rule == "security-report" and one.verdict == "fail" for one in findings)
    fault = _fault(facts, policy, now, private=private, silent=silent)
    step = None if private or is_paused(facts) else kept_in_step(facts, policy, now)
    actions: list[Action] = [*policy_check(facts)]
    if not facts.locked:
        answered = replies(
            facts, policy, findings, now, said=done.said, observing=observing, private=private
        )
        actions += with_replies(done.actions, answered)
    if facts.open and not facts.locked:
        actions += _unasked(facts, policy, findings, fault, step)
    elif not facts.locked:
        actions += _stopped(facts, policy, fault)
    actions += () if is_paused(facts) else sync_actions(facts, policy, step)
    withheld = is_kept_quiet(findings)
    logged = standing_here(facts, policy, now, withheld=withheld)
    followed, look_again = _of_decision(
        facts, policy, logged, now, silent=silent, withheld=withheld
    )
    actions += followed
    if bound == "act" and step is not None and step.changes_issue:
        look_again = min(filter(None, (look_again, now + SHOWS_BY)))
    return Plan(
        facts.subject,
        findings,
        tuple(actions),
        bound,
        facts.language,
        _wake_at(facts, policy, findings, fault, look_again, step),
        lost_labels=lost_labels(facts.repository, policy),
        paused=is_paused(facts),
        fault=_told(facts, policy, fault),
        decision=decision_told(facts, policy, logged, withheld=withheld),
        in_step=step,
    )


def _of_decision(
    facts: Facts,
    policy: Policy,
    stands: Logged | None,
    now: datetime,
    *,
    silent: bool,
    withheld: bool,
) -> tuple[tuple[Action, ...], datetime | None]:
    """What a decision that was made here comes to, and when to look at it again."""
    if silent or is_paused(facts):
        return (), None
    return decision_actions(facts, policy, stands, now, withheld=withheld)


@dataclass(frozen=True, slots=True)
class _Fault:
    """How the subject stands as a fault, and who is told; `private` may be a vulnerability."""

    stands: Standing
    at: datetime
    private: bool
    told: Telling


def _fault(facts: Facts, policy: Policy, now: datetime, *, private: bool, silent: bool) -> _Fault:
    stands = standing_of(facts, policy, now)
    if silent:
        told = Telling()
    elif private or stands.private:
        told = private_telling(facts, policy, stands, now)
    else:
        told = telling(facts, policy, stands, now)
    return _Fault(stands, now, private, told)


def _unasked(
    facts: Facts,
    policy: Policy,
    findings: tuple[Finding, ...],
    fault: _Fault,
    step: InStep | None,
) -> tuple[Action, ...]:
    """What the bot does by itself; in a pause only what a suspected vulnerability asks for."""
    if is_paused(facts):
        reports = tuple(one for one in findings if one.rule == "security-report")
        if fault.private:
            return _governance(facts, policy, reports, fault)
        return _stopped(facts, policy, fault)
    governed = _governance(facts, policy, findings, fault, step)
    if any(one.rule in ALARMS and one.verdict == "fail" for one in findings):
        return governed
    return (*governed, *question_reply(facts, policy, fault.at))


def _stopped(facts: Facts, policy: Policy, fault: _Fault) -> tuple[Action, ...]:
    """What is said of a fault that is closed or paused: that nothing is due of it."""
    if fault.private or facts.pull_request is not None:
        return ()
    return status_section(facts, _section(facts, policy, fault))


def _governance(
    facts: Facts,
    policy: Policy,
    findings: tuple[Finding, ...],
    fault: _Fault,
    step: InStep | None = None,
) -> tuple[Action, ...]:
    """Labels, a check, and one comment: the status, or the private channel where it must be.

    A draft is nobody's business yet, but for an alarm.
    """
    draft = facts.pull_request is not None and facts.pull_request.draft
    judged = tuple(one for one in findings if not draft or one.rule in ALARMS)
    labels = label_actions(facts, policy, judged)
    if fault.private:
        return (*labels, *security_reply(facts, policy), *fault.told.actions)
    if draft:
        alarming = any(one.verdict == "fail" for one in judged)
        return (*labels, *(status_comment(facts, policy, judged) if alarming else ()))
    checks = (
        *guidelines_check(facts, findings),
        *texts_check(facts),
        *decisions_check(facts),
    )
    section = _section(facts, policy, fault)
    status = status_comment(facts, policy, findings, section, step)
    created = creations(facts, policy, fault.at)
    fields = field_actions(facts, policy, fault.stands, fault.at)
    return (*labels, *checks, *status, *fault.told.actions, *created, *fields)


def _section(facts: Facts, policy: Policy, fault: _Fault) -> Markdown:
    model = policy.escalation
    if model is None:
        return NO_SECTION
    words = told_in(facts.language, model, facts.created_at)
    return escalation_section(fault.stands, model, fault.at, words)


def _told(facts: Facts, policy: Policy, fault: _Fault) -> tuple[Phrase, ...]:
    """How it stands as a fault, for whoever shows the Plan."""
    model = policy.escalation
    if model is None or fault.private:
        return ()
    return fault_told(fault.stands, model, fault.at, facts.created_at)


def _wake_at(
    facts: Facts,
    policy: Policy,
    findings: tuple[Finding, ...],
    fault: _Fault,
    decided: datetime | None,
    step: InStep | None,
) -> datetime | None:
    """Soon, while a recent question has no answer composed for it, or a verdict may yet change.

    And when something is due of a fault or a decision, and once a ticket can be read again, or be
    set to what was refused.
    """
    now = fault.at
    refused = next_try(facts, policy, fault.stands, now) if facts.open else None
    not_created = next_creation(facts, policy, now)
    unanswered = {comment for comment, _ in pending_questions(facts, policy, now)} - set(
        facts.answers
    )
    asked = [one.created_at for one in facts.comments if one.id in unanswered]
    moments = [now + _ASK_AGAIN] if any(now - at < _STOP_ASKING for at in asked) else []
    moments += [now + after for after in _look_again(facts, findings, now)]
    if facts.ticket and facts.ticket.may_come:
        moments.append(now + _ASK_AGAIN)
    known = (
        *(fault.stands.wake_at, fault.told.wake_at, decided, refused, not_created),
        step.wake_at if step else None,
    )
    moments += [one for one in known if one]
    return min(moments, default=None)


def _look_again(facts: Facts, findings: tuple[Finding, ...], now: datetime) -> Iterator[timedelta]:
    """How soon to look again: rarer and rarer since something happened, and not for ever."""
    quiet = now - facts.updated_at
    for finding in findings if facts.open and quiet < _QUIET_FOR_GOOD else ():
        after = _RULES[finding.rule].look_again.get(finding.verdict)
        if after is not None:
            yield max(after, quiet / _RARER)

"""What follows of a decision: the proposal, its check, and what the issue says of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from os2kb.decisions.approval import Approval
from os2kb.decisions.proposal.insertion import ONE_FILE
from os2kb.decisions.proposal.seen import Log
from os2kb.decisions.proposal.titles import plain_title
from os2kb.governance.actions import Action, AddLabel, Propose, Remember, RemoveLabel, Withdraw
from os2kb.governance.actions.decisions import BECAUSE, digest
from os2kb.governance.decision_log.approval import approval_check, approval_of
from os2kb.governance.decision_log.made import awaits_history, branch_for
from os2kb.governance.decision_log.noted import LOGGED, last_note, note_of
from os2kb.governance.decision_log.standing import Standing, number_key
from os2kb.governance.decision_log.ticket import ticket_actions
from os2kb.governance.decision_log.told.comment import decision_comment, proposal_body, withdrawal
from os2kb.governance.decision_log.written import written_before
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.labels import existing, has, is_held, is_ours, rule_is_held
from os2kb.governance.ledger.marks import latest
from os2kb.policy.policy import Policy

_SOON = timedelta(seconds=10)
_RECENT = timedelta(days=1)


def decision_actions(
    facts: Facts, policy: Policy, stands: Standing | None, now: datetime, *, withheld: bool
) -> tuple[tuple[Action, ...], datetime | None]:
    """What is to be done now, and when to look again.

    A new proposal is looked at again at once: only then its number is known.

    Args:
        stands: where it stands; None where no log was read.
        withheld: its text may not be passed on.
    """
    if facts.pull_request is not None:  # of minutes; an issue's is seen to with the issue
        return (approval_check(facts, facts.log, None) if facts.log else ()), None
    if policy.decisions is None:
        return (), None
    waits = awaits_history(facts, policy) and now - facts.updated_at < _RECENT
    again = now + _SOON if waits else None
    if facts.log is None or stands is None:
        return tuple(decision_comment(facts, policy, None, Approval())), again
    if stands.stage == "none":
        return (), again
    actions = tuple(_actions(facts, policy, facts.log, stands))
    if not withheld:
        on_ticket, later = ticket_actions(facts, policy, facts.log, stands, now)
        actions, again = (*actions, *on_ticket), min(filter(None, (again, later)), default=None)
    if any(isinstance(one, Propose | Withdraw) for one in actions):
        return actions, now
    return actions, stands.again_at or again


def _actions(facts: Facts, policy: Policy, log: Log, stands: Standing) -> Iterator[Action]:
    proposal = log.proposal
    approval = approval_of(facts, log, stands.made)
    if stands.stage in ("withdrawn", "logged") and proposal.number and proposal.state == "open":
        why = withdrawal(facts, policy, log, stands.entry)
        yield Withdraw(log.home, proposal.number, why, because=BECAUSE)
    if stands.made and stands.decision and not stands.again_at:
        yield from _proposal(facts, policy, log, stands)
    if stands.made and stands.stage in ("proposed", "stuck"):
        yield from approval_check(facts, log, stands.made)
    if stands.entry is not None:
        yield from _noted(facts, log, stands, approval)
    yield from _labels(facts, policy, stands)
    yield from decision_comment(facts, policy, stands, approval)


def _proposal(facts: Facts, policy: Policy, log: Log, stands: Standing) -> Iterator[Action]:
    """The branch, the commit and the pull request, where they do not say it yet."""
    decision, proposal = stands.decision, log.proposal
    if decision is None or stands.made is None:
        return
    given = number_key(log.home.id)
    note = latest(tuple(one for one in facts.receipts if one.state == "applied"), given)
    if note is None or note.content != stands.number:
        yield Remember(given, stands.number, because=BECAUSE)
    title = f"Beslutning {stands.number}: {plain_title(decision.title)}"
    body = proposal_body(facts, policy, stands.made, stands.number)
    ours = {one.said for one in written_before(facts.receipts)}
    untouched = digest(f"{proposal.title}\n{proposal.body}") in ours or not proposal.number
    said = not untouched or (proposal.title, proposal.body) == (title, body)
    there = all(proposal.files.get(path) == text for path, text in stands.files if text is not None)
    gone = all(proposal.files.get(path) is None for path, text in stands.files if text is None)
    if proposal.number and proposal.state == "open" and there and gone and said:
        return
    yield Propose(
        home=log.home,
        branch=branch_for(facts),
        expects=proposal.head,
        files=stands.files,
        message=title,
        title=title,
        body=body,
        retitle=untouched,
        reopens=proposal.state == "closed",
        anew=log.format in ONE_FILE and not proposal.writers,
        own=digest(repr(decision)) if log.format in ONE_FILE else "",
        because=BECAUSE,
    )


def _noted(facts: Facts, log: Log, stands: Standing, approval: Approval) -> Iterator[Remember]:
    """Who decided, who approved and which commit, kept in our ledger."""
    proposal = log.proposal
    if stands.entry is None:
        return
    kept = note_of(
        stands.entry,
        log.home.id,
        approval,
        proposed_by=stands.made.by if stands.made else "",
        merged_by=proposal.merged_by,
        commit=proposal.commit,
    )
    if last_note(facts.receipts) != kept:
        yield Remember(LOGGED, kept, because=BECAUSE)


def _labels(facts: Facts, policy: Policy, stands: Standing) -> Iterator[AddLabel | RemoveLabel]:
    """The label of its status, and none of another that we put on."""
    named = policy.decisions.statuses if policy.decisions else {}
    status = stands.entry.decision.status if stands.entry else None
    if stands.entry is None and stands.stage in ("proposed", "stuck"):
        status = "proposed"
    if rule_is_held(facts, BECAUSE):
        return
    wanted = existing(facts, named.get(status)) if status and status != "unknown" else None
    if wanted and not has(facts, wanted) and not is_held(facts, wanted):
        yield AddLabel(wanted, because=BECAUSE)
    for label in named.values():
        other = existing(facts, label)
        if other and other != wanted and has(facts, other) and is_ours(facts, other):
            yield RemoveLabel(other, because=BECAUSE)

"""Whether a decision was made in an issue, by whom and when."""

import json
import re
from datetime import datetime

from os2kb.decisions.proposal.seen import Log, Made, Origin, branch_of
from os2kb.governance.actions import Remember
from os2kb.governance.actions.decisions import PROPOSE
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.labels import has
from os2kb.governance.ledger.marks import latest, own_comment
from os2kb.governance.rules.issue.type_cues import without_prefix
from os2kb.policy.policy import Policy

DECIDED = "decision:decided"
MARKER = "decision"
"""Of our comment that says where the decision stands."""
UNMADE = ("not_planned", "duplicate")
"""How an issue is closed in which nothing was decided."""
_DECISION = re.compile(r"\s*\[(?:beslutning|decision)\]\s*", re.IGNORECASE)
_BRANCH = re.compile(
    r"^<!-- os2kb:branch (?P<branch>beslutning/\d{1,19}-\d{1,10}) -->$", re.MULTILINE
)


def made_here(facts: Facts, policy: Policy) -> Made | None:
    """The decision that was made here and stands.

    What `/os2 decide` said stands until the issue is closed as not planned or a duplicate. An
    issue that is closed as completed with the Policy's label is a decision, until it is opened
    again or the label comes off.
    """
    if policy.decisions is None or facts.pull_request is not None:
        return None
    if is_itself_an_entry(facts, policy):
        return _told(facts)
    return _told(facts) or _closed(facts, policy.decisions.label)


def is_itself_an_entry(facts: Facts, policy: Policy, *, ever: bool = False) -> bool:
    """Whether an issue is an entry of a log that consists of issues, or ever was.

    Args:
        ever: also where it wore the label once.
    """
    log = policy.decisions
    if log is None or log.format != "issues" or log.label is None or facts.pull_request is not None:
        return False
    worn = (one.label.casefold() == log.label.casefold() for one in facts.history)
    here = log.repository.casefold() == facts.repository.full_name.casefold()
    return here and (has(facts, log.label) or (ever and any(worn)))


def concerns_log(facts: Facts, policy: Policy) -> bool:
    """Whether the log has to be read: a decision stands here, or one was noted once."""
    if policy.decisions is None or facts.pull_request is not None:
        return False
    noted = any(one.action.startswith("decision:") for one in facts.receipts)
    return noted or made_here(facts, policy) is not None


def may_be_quoted(facts: Facts, log: Log) -> bool:
    """Whether everyone who reads the issue may read the log, and who wrote in its repository."""
    return facts.repository.private or not log.home.private


def origin_of(facts: Facts, policy: Policy) -> Origin:
    """The issue, as far as its entry is made of it."""
    log, here = policy.decisions, facts.repository.full_name
    shared = log is not None and log.repository.casefold() != here.casefold()
    return Origin(
        repository_id=facts.repository.id,
        name=f"{here}#{facts.subject.number}",
        number=facts.subject.number,
        title=_DECISION.sub("", without_prefix(facts.title)) or facts.title,
        body=facts.body,
        url=facts.url,
        deciders=log.deciders if log else (),
        product=(policy.product or "") if shared else "",
    )


def branch_for(facts: Facts) -> str:
    """The branch of its proposal; an issue that was moved here keeps the one it had."""
    comment = own_comment(facts, MARKER)
    if facts.moved_at and comment and not any(one.action == PROPOSE for one in facts.receipts):
        named = _BRANCH.search(comment.body)
        if named:
            return named["branch"]
    return branch_of(facts.repository.id, facts.subject.number)


def awaits_history(facts: Facts, policy: Policy) -> bool:
    """Whether it is closed as a decision and the forge does not list yet who closed it."""
    label = policy.decisions.label if policy.decisions else None
    if facts.open or not label or not has(facts, label) or facts.pull_request is not None:
        return False
    if is_itself_an_entry(facts, policy):
        return False
    return facts.state_reason not in UNMADE and _closing(facts) is None


def decided(by: str, text: str, at: datetime, because: str) -> Remember:
    """The note of what somebody decided with a command."""
    said = {"by": by, "at": at.isoformat(), "text": text}
    return Remember(DECIDED, json.dumps(said, ensure_ascii=False, sort_keys=True), because=because)


def _told(facts: Facts) -> Made | None:
    note = latest(tuple(one for one in facts.receipts if one.state != "planned"), DECIDED)
    if note is None or note.state != "applied":
        return None
    said = json.loads(note.content)
    made = Made(str(said["by"]), datetime.fromisoformat(said["at"]), str(said["text"]))
    closing = _closing(facts)
    over = closing is not None and closing[1] >= made.at.replace(microsecond=0)
    return None if not facts.open and facts.state_reason in UNMADE and over else made


def _closed(facts: Facts, label: str | None) -> Made | None:
    if facts.open or facts.state_reason in UNMADE or not label or not has(facts, label):
        return None
    closing = _closing(facts)
    if closing is None:
        return None
    by, at = closing
    puts = [one for one in facts.history if one.added and one.label.casefold() == label.casefold()]
    if not by:
        people = [one.actor.login for one in puts if not one.actor.is_bot]
        by = people[-1] if people else "" if facts.author.is_bot else facts.author.login
    return Made(by, max([at, *(one.at for one in puts[-1:])]))


def _closing(facts: Facts) -> tuple[str, datetime] | None:
    """Who closed it last, empty for a bot, and when."""
    closed = [one for one in facts.turns if one.turn == "closed"]
    if not closed:
        return None
    actor = closed[-1].actor
    return ("" if actor.is_bot else actor.login), closed[-1].at

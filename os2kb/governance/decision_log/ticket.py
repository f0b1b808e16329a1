"""What the linked ticket shows and is told of a decision, once that stands in the log.

A ticket's own state decides nothing. Its title goes there whether or not the log is public: Jira is
where a product works, and what may hold personal data or a vulnerability does not come this far.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from index.masking import mask
from index.passages import Language
from os2kb.backlog.markup.document import Document, Paragraph, Run
from os2kb.backlog.markup.wiki.writing import write_wiki
from os2kb.decisions.decision import Decision
from os2kb.decisions.proposal.seen import Log
from os2kb.decisions.words import STATUSES, Status
from os2kb.governance.actions import ShowDecision, TellOfDecision, Undo
from os2kb.governance.actions.decisions import BECAUSE
from os2kb.governance.actions.tickets import SHOWN, TOLD
from os2kb.governance.decision_log.approval import approval_of
from os2kb.governance.decision_log.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import safe_address, scrub, shortened
from os2kb.governance.ledger.marks import ALREADY_SO, NOT_CALLED_FOR, latest
from os2kb.governance.receipts import Receipt
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

How = Literal["so", "due", "theirs", "refused"]
"""It is so; it is to be made; a person took it off; or the tracker refused it lately."""
BECAME: Mapping[Status, Phrase] = {
    "accepted": Phrase("er godkendt", "was accepted"),
    "superseded": Phrase("er erstattet", "was superseded"),
    "rejected": Phrase("er afvist", "was rejected"),
    "deprecated": Phrase("er udgået", "was deprecated"),
}
"""What is worth a comment: a decision that is only proposed is none yet."""
_UNAPPROVED = Phrase("kom i loggen uden godkendelse", "came into the log without an approval")
_OVER = ("superseded", "rejected", "deprecated")
_KIND = Phrase("Beslutning", "Decision")
_NAMED = Phrase("Beslutning {}", "Decision {}")
_NAMELESS = Phrase("Beslutningen", "The decision")
_BY = Phrase(" af {}", " by {}")
_LONGEST = 200
_MOST_NAMED = 5
_TRY_AGAIN = timedelta(days=1)


def ticket_actions(
    facts: Facts, policy: Policy, log: Log, stands: Standing, now: datetime
) -> tuple[tuple[ShowDecision | TellOfDecision | Undo, ...], datetime | None]:
    """What is to be written on the ticket now, and when to look whether that was refused.

    Nothing where the ticket is in another project by now.
    """
    ticket = facts.ticket.ticket if facts.ticket else None
    if ticket is None or policy.jira is None or ticket.project != policy.jira.project:
        return (), None
    if stands.entry is None:
        here = [one for one in shown(facts) if one.action == f"{SHOWN}{ticket.id}"]
        return tuple(Undo(one, because=BECAUSE) for one in here if stands.stage == "gone"), None
    decision, language = stands.entry.decision, policy.language
    url = safe_address(log.home.address(stands.entry.path)) or log.home.url
    show = _link(ticket.id, decision, url, language)
    became = _became(facts, log, stands, decision.status)
    tell = _comment(facts, ticket.id, decision, became, url, language)
    wanted = {one: how_it_stands(facts, one.key, one.content, now) for one in (show, tell) if one}
    again = None if set(wanted.values()) <= {"so", "theirs"} else now + _TRY_AGAIN
    return tuple(one for one, how in wanted.items() if how == "due"), again


def shown(facts: Facts) -> tuple[Receipt, ...]:
    """Of each ticket that a link to the decision stands on, the receipt of its last write."""
    last = {one.action: one for one in facts.receipts if one.action.startswith(SHOWN)}
    return tuple(one for one in last.values() if one.state == "applied")


def how_it_stands(facts: Facts, key: str, content: str, now: datetime) -> How:
    """How it stands with a write to the ticket."""
    last = latest(facts.receipts, key)
    if last is None or last.content != content or last.state in ("planned", "undone"):
        return "due"
    if last.state == "applied":
        return "so"
    if last.note == ALREADY_SO:
        ours = any(one.action == key and one.state == "applied" for one in facts.receipts)
        return "theirs" if ours else "due"
    refused = last.note != NOT_CALLED_FOR and now - last.at < _TRY_AGAIN
    return "refused" if refused else "due"


def _link(ticket: str, decision: Decision, url: str, language: Language) -> ShowDecision:
    name, title = _name(decision, language), _title(decision)
    day = decision.date.isoformat() if decision.date else ""
    return ShowDecision(
        ticket=ticket,
        url=url,
        title=f"{name}: {title}" if title else name,
        kind=_KIND.in_language(language),
        status=", ".join(filter(None, (STATUSES[decision.status].in_language(language), day))),
        over=decision.status in _OVER,
        because=BECAUSE,
    )


def _became(facts: Facts, log: Log, stands: Standing, status: Status) -> Phrase | None:
    """What it has become; None for nothing to tell of."""
    merged = status == "accepted" and log.proposal.state == "merged"
    if merged and not approval_of(facts, log, stands.made).by:
        return _UNAPPROVED
    return BECAME.get(status)


def _comment(
    facts: Facts,
    ticket: str,
    decision: Decision,
    became: Phrase | None,
    url: str,
    language: Language,
) -> TellOfDecision | None:
    """What the decision has become, where that is news to the ticket."""
    told = [
        one.content
        for one in facts.receipts
        if one.action.startswith(f"{TOLD}{ticket}:") and one.state == "applied"
    ]
    if became is None or told[-1:] == [decision.status]:
        return None
    said = f"{_name(decision, language)} {became.in_language(language)}"
    if decision.status == "superseded" and decision.superseded_by:
        by = ", ".join(decision.superseded_by[:_MOST_NAMED])
        said += _BY.in_language(language).format(shortened(by, _LONGEST))
    title = _title(decision)
    line = (Run(f"{said}: "), Run(title, link=url)) if title else (Run(said, link=url),)
    return TellOfDecision(
        ticket=ticket,
        status=decision.status,
        time=told.count(decision.status) + 1,
        body=write_wiki(Document((Paragraph((line,)),))),
        because=BECAUSE,
    )


def _name(decision: Decision, language: Language) -> str:
    named = _NAMED if decision.id else _NAMELESS
    return named.in_language(language).format(decision.id)


def _title(decision: Decision) -> str:
    """The title; empty where it holds what is nobody's business."""
    title = " ".join(scrub(decision.title).split())
    return "" if mask(decision.title) != decision.title else shortened(title, _LONGEST)

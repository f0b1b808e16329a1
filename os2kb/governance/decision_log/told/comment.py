"""What people read of a decision: our comment on its issue, and the text of its proposal."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from index.passages import Language
from os2kb.decisions.approval import Approval
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.seen import Log, Made
from os2kb.decisions.words import STATUSES
from os2kb.governance.actions import PutComment
from os2kb.governance.actions.decisions import WITHDRAWN
from os2kb.governance.comments.moments import day_in_words
from os2kb.governance.comments.render import comment, text
from os2kb.governance.decision_log.made import MARKER, branch_for, made_here, may_be_quoted
from os2kb.governance.decision_log.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span, link
from os2kb.governance.ledger.marks import (
    edited_by_a_person,
    own_comment,
    same_text,
    settled,
)
from os2kb.phrases import NOTHING
from os2kb.policy.policy import Policy

_KEY = f"comment:{MARKER}"
_HERE = ZoneInfo("Europe/Copenhagen")


def decision_comment(
    facts: Facts, policy: Policy, stands: Standing | None, approval: Approval
) -> Iterator[PutComment]:
    """The comment where it says something new; at most one.

    Our comment that is gone was deleted by a person, and stays so; an edited one stays as it is.

    Args:
        stands: None where the log cannot be read.
        approval: of the proposal.
    """
    unread = stands is None and facts.log_problem != NOTHING
    if facts.locked or (stands is None and not (unread and made_here(facts, policy))):
        return
    present = own_comment(facts, MARKER)
    if _is_too_early(facts, stands) or (present is None and settled(facts.receipts, _KEY)):
        return
    if present is not None and edited_by_a_person(facts, present, _KEY):
        return
    body = _body(facts, policy, stands, approval)
    if present is None or not same_text(present.body, body):
        yield PutComment(MARKER, body, because="decision")


def _is_too_early(facts: Facts, stands: Standing | None) -> bool:
    """Before the proposal is there, there is nothing to link to."""
    proposed = stands is not None and stands.stage == "proposed"
    seen = facts.log.proposal if facts.log else None
    return proposed and not (seen and seen.number and seen.state == "open")


def _body(facts: Facts, policy: Policy, stands: Standing | None, approval: Approval) -> str:
    named = bool(facts.log and may_be_quoted(facts, facts.log))

    def compose(limit: int) -> Markdown:
        values = {
            "stage": stands.stage if stands else "unread",
            "branch": Markdown(f"<!-- os2kb:branch {branch_for(facts)} -->"),
            "problem": facts.log_problem.in_language(facts.language),
            "format": policy.decisions.format if policy.decisions else "",
            "proposer": code_span(stands.made.by) if stands and stands.made else Markdown(""),
            "by": _people(approval.by if named else ()),
            "approved": bool(approval.by),
            "later": _people(approval.later if named else ()),
            "approved_later": bool(approval.later),
            "merged": bool(facts.log and facts.log.proposal.state == "merged"),
            "number": stands.number if stands else "",
            "edited": bool(stands and stands.edited),
        }
        entry = stands.entry if stands else None
        return text(
            "decision",
            facts.language,
            **values,
            **_of_log(facts.log),
            **_told_here(facts, entry, limit),
        )

    return comment(MARKER, compose)


def _people(logins: Iterable[str]) -> Markdown:
    return Markdown(", ".join(map(code_span, logins)))


def _of_log(log: Log | None) -> dict[str, object]:
    """Links to the log, to the proposal and to the commit that merged it."""
    if log is None:
        return {"log": "", "pull": "", "commit": ""}
    proposal = log.proposal
    commit = proposal.commit
    return {
        "log": link(log.home.full_name, log.home.address(log.path)),
        "pull": link(f"#{proposal.number}", proposal.url) if proposal.number else "",
        "commit": link(commit[:7], f"{log.home.url}/commit/{commit}") if commit else "",
    }


def _told_here(facts: Facts, entry: Entry | None, limit: int) -> dict[str, object]:
    """What the issue tells of the entry: of a private log no words where everyone reads."""
    told, log = _of_entry(facts.log, entry, facts.language, limit), facts.log
    if log is None or entry is None or may_be_quoted(facts, log):
        return told
    here = link(log.home.full_name, log.home.address(log.path))
    status = STATUSES[entry.decision.status].in_language(facts.language)
    return {**dict.fromkeys(told, ""), "entry": here, "status": status}


def _of_entry(
    log: Log | None, entry: Entry | None, language: Language, limit: int
) -> dict[str, object]:
    """What the log says."""
    if log is None or entry is None:
        return dict.fromkeys(("entry", "status", "day", "deciders", "replaced_by"), "")
    said = entry.decision
    plain = STATUSES[said.status].in_language(language)
    return {
        "entry": link(said.title, log.home.address(entry.path), limit),
        "status": plain if said.said.plain else said.status_text,
        "day": day_in_words(said.date, language) if said.date else "",
        "deciders": ", ".join(said.deciders),
        "replaced_by": ", ".join(said.superseded_by),
    }


def proposal_body(facts: Facts, policy: Policy, made: Made, number: str) -> str:
    """The text of the pull request, in the language of the log's product."""
    name = f"{facts.repository.full_name}#{facts.subject.number}"
    day = day_in_words(made.at.astimezone(_HERE).date(), policy.language)
    said = text(
        "proposal",
        policy.language,
        number=number,
        issue=link(name, facts.url),
        proposer=code_span(made.by),
        day=day,
    )
    return str(said).rstrip()


def withdrawal(facts: Facts, policy: Policy, log: Log, entry: Entry | None) -> str:
    """Why a proposal is closed by us, in the language of the log's product.

    Args:
        entry: of the decision in the log, where that is why.
    """
    name = f"{facts.repository.full_name}#{facts.subject.number}"

    def compose(limit: int) -> Markdown:
        return text(
            "withdrawn",
            policy.language,
            issue=link(name, facts.url),
            entry=_of_entry(log, entry, policy.language, limit)["entry"],
            why="open" if facts.open else facts.state_reason,
        )

    return comment(WITHDRAWN, compose)

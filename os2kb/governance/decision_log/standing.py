"""Where a decision stands: proposed, refused, in the log, or none any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.entry import entry_of, number_for, path_for
from os2kb.decisions.proposal.files import WRITTEN, files_of
from os2kb.decisions.proposal.insertion import ONE_FILE
from os2kb.decisions.proposal.seen import Log, Made, Origin, entry_for, same_issue
from os2kb.decisions.reading.read import read_file
from os2kb.governance.actions import Action
from os2kb.governance.actions.decisions import PROPOSE, digest
from os2kb.governance.decision_log.made import made_here, origin_of
from os2kb.governance.decision_log.written import Written, written_before
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import latest
from os2kb.policy.policy import Policy

Stage = Literal[
    "none",  # nothing was decided here that is ours to see to
    "private",  # a decision of a private issue is not proposed where everyone reads
    "unwritable",  # the log is archived, or in a format that is read only
    "proposed",
    "stuck",  # the proposal could not be written
    "refused",  # a person closed the proposal
    "withdrawn",
    "logged",
    "gone",  # it was merged, and is not in the log any more
]
_OLD = timedelta(days=30)
"""What was decided so long before we saw it is left to people."""
NEW_TRY = timedelta(hours=1)
_NUMBER = "decision:number:"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it stands.

    Attributes:
        made: None where it is made no more.
        entry: in the log.
        decision: what is to be proposed; None where nothing is.
        files: path to text of it, its own first; None for one that goes.
        number: of the decision; empty for none.
        edited: a person changed the proposal's text.
        again_at: when a proposal that could not be written may be tried again.
    """

    stage: Stage
    made: Made | None = None
    entry: Entry | None = None
    decision: Decision | None = None
    files: tuple[tuple[str, str | None], ...] = ()
    number: str = ""
    edited: bool = False
    again_at: datetime | None = None


def standing_of(
    facts: Facts, policy: Policy, log: Log, now: datetime, *, withheld: bool = False
) -> Standing:
    """Where the decision stands.

    Args:
        log: as it was read.
        withheld: the text may not be forwarded, so that no decision is made of it.
    """
    made = None if withheld else made_here(facts, policy)
    before = written_before(facts.receipts)
    proposal, path = log.proposal, _path(log, before)
    # Until then the file may be another's, as where one holds them all.
    merged = path if proposal.state == "merged" and log.format not in ONE_FILE else ""
    entry = entry_for(log, origin_of(facts, policy).name, merged)
    if entry is not None and (made or proposal.state == "merged"):
        number = entry.decision.id
        if not before and not proposal.number and not _is_new(made, now):
            return Standing("none")
        return Standing("logged", made, entry, number=number)
    if proposal.number and proposal.state == "merged":
        return Standing("gone", made)
    if made is None:
        return Standing("withdrawn" if proposal.number else "none")
    if not before and not proposal.number and not _is_new(made, now):
        return Standing("none")
    if log.home.archived or log.format not in WRITTEN | ONE_FILE:
        return Standing("unwritable", made)
    if facts.repository.private and not log.home.private:
        return Standing("private", made)
    refused = proposal.number and proposal.state == "closed"
    if refused and proposal.closed_at and made.at < proposal.closed_at:
        return Standing("refused", made)
    return _proposed(facts, origin_of(facts, policy), made, log, before, path, now)


def standing_here(
    facts: Facts, policy: Policy, now: datetime, *, withheld: bool
) -> Standing | None:
    """The same of what was seen; None of a pull request, and where no log was read.

    It reads the whole issue, which may be long: ask it once.
    """
    if facts.log is None or facts.pull_request is not None or policy.decisions is None:
        return None
    return standing_of(facts, policy, facts.log, now, withheld=withheld)


def _proposed(
    facts: Facts,
    origin: Origin,
    made: Made,
    log: Log,
    before: tuple[Written, ...],
    path: str,
    now: datetime,
) -> Standing:
    there = log.proposal.files.get(path) if path else None
    edited = there is not None and digest(there) not in {one.text for one in before}
    if there is not None and edited:
        number = _number_in(path, there, origin.name)
        return Standing("proposed", made, number=number, edited=True)
    given = _number_given(facts, log) or _number_in(path, there, origin.name)
    number = number_for(origin, log, given)
    decision = entry_of(origin, made, number)
    own = path_for(decision, log, path)
    files: dict[str, str | None] = dict(files_of(decision, own, log))
    if not files:
        return Standing("unwritable", made)
    # Without a branch a new one is begun, where the file that has the name now is another's.
    if path and own != path and there is not None and log.proposal.head:
        files[path] = None
    stuck, again = _stuck(facts, now)
    return Standing(
        "stuck" if stuck else "proposed",
        made,
        decision=decision,
        files=tuple(files.items()),
        number=number,
        again_at=again,
    )


def _stuck(facts: Facts, now: datetime) -> tuple[bool, datetime | None]:
    """Whether the last try came to nothing, and until when no other is made."""
    last = latest(facts.receipts, PROPOSE)
    if last is None or last.state != "skipped" or not last.note:
        return False, None
    again = last.at + NEW_TRY
    return True, again if again > now else None


def _path(log: Log, before: tuple[Written, ...]) -> str:
    """Where its file is, or was proposed to be."""
    if before:
        return before[-1].path
    added = [one for one, text in log.proposal.files.items() if text and one.endswith(".md")]
    return added[0] if len(added) == 1 else ""


def _number_given(facts: Facts, log: Log) -> str:
    note = latest(
        tuple(one for one in facts.receipts if one.state == "applied"), number_key(log.home.id)
    )
    return note.content if note else ""


def _number_in(path: str, text: str | None, name: str) -> str:
    """The number of an issue's entry in a file, which may hold others."""
    read = [one.decision for one in read_file(path, text)] if text else []
    own = read if len(read) == 1 else [one for one in read if same_issue(one, name)]
    return own[0].id if len(own) == 1 else ""


def number_key(log: int) -> str:
    """Under which our ledger keeps the number that a decision was given in a log's repository."""
    return f"{_NUMBER}{log}"


def gives_number(action: Action) -> bool:
    """Whether a decision gets a number by it."""
    return action.key.startswith(_NUMBER)


def _is_new(made: Made | None, now: datetime) -> bool:
    return made is not None and now - made.at < _OLD

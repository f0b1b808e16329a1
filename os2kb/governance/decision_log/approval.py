"""Who approved a proposal, and the check that waits for somebody else than the proposer."""

import json
from collections.abc import Iterable
from typing import Literal

from os2kb.decisions.approval import Approval
from os2kb.decisions.proposal.seen import Log, Made, Proposal, Review
from os2kb.governance.actions import Elsewhere, SetCheck
from os2kb.governance.actions.decisions import BECAUSE, digest
from os2kb.governance.decision_log.noted import approval_in, last_note
from os2kb.governance.decision_log.written import Written, written_before
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import code_span
from os2kb.governance.ledger.marks import is_said
from os2kb.phrases import Phrase

Objection = Literal["proposed it", "wrote in it", "may not write", "read another text"]
"""Why somebody's approval does not count."""
NAME = "os2kb / decision"
_APPROVED = Phrase("Godkendt af {}", "Approved by {}")
_WAITS = Phrase("Mangler en godkendelse", "Waits for an approval")
_HOW = Phrase(
    "En beslutning kommer først i loggen, når en anden end den, der foreslog den, har godkendt "
    "den. Det skal være en, der må skrive i dette repository, og godkendelsen gælder teksten, som "
    "den er nu. os2kb godkender og fletter aldrig selv.",
    "A decision enters the log once somebody else than its proposer has approved it. It takes "
    "somebody who may write in this repository, and the approval holds for the text as it is now. "
    "os2kb itself never approves nor merges.",
)
_HOW_OF_MINUTES = Phrase(
    "Hvad et referat siger er besluttet, kommer først i loggen, når et menneske har holdt det op "
    "mod referatet og godkendt det. Det skal være en, der må skrive i dette repository og ikke "
    "selv har skrevet i grenen, og godkendelsen gælder teksten, som den er nu. os2kb godkender og "
    "fletter aldrig selv.",
    "What minutes say was decided enters the log once a person has held it against the minutes and "
    "approved it. It takes somebody who may write in this repository and has not written in the "
    "branch, and the approval holds for the text as it is now. os2kb itself never approves nor "
    "merges.",
)
_BY = Phrase("Foreslået af {}.", "Proposed by {}.")


def approval_of(facts: Facts, log: Log, made: Made | None) -> Approval:
    """The people who approved what the proposal says now, without those who wrote it.

    Who had approved it when it was merged is noted then, and stays so: whoever has left the
    repository since had approved it all the same.
    """
    proposal = log.proposal
    by = _counting(facts, log, made, proposal.reviews)
    if proposal.state != "merged":
        return Approval(by)
    note = json.loads(last_note(facts.receipts) or "{}")
    noted = approval_in(note) if note.get("commit") == proposal.commit else None
    by, known = (noted.by, noted.later) if noted else (by, ())
    later = dict.fromkeys((*known, *_counting(facts, log, made, proposal.later)))
    return Approval(by, tuple(one for one in later if one not in by))


def _counting(
    facts: Facts, log: Log, made: Made | None, reviews: Iterable[Review]
) -> tuple[str, ...]:
    return tuple(one.login for one, why in approvals(facts, log, made, reviews) if why is None)


def approvals(
    facts: Facts, log: Log, made: Made | None, reviews: Iterable[Review]
) -> tuple[tuple[Review, Objection | None], ...]:
    """Each approval among some reviews, and why it does not count; None for one that does."""
    alike, writers = _commits_alike(facts, log.proposal), _writers(facts, log.proposal)
    return tuple(
        (one, _objection(one, writers, made, alike)) for one in reviews if one.opinion == "approved"
    )


def _objection(
    review: Review, writers: frozenset[str], made: Made | None, alike: frozenset[str]
) -> Objection | None:
    login = review.login.casefold()
    if made and login == made.by.casefold():
        return "proposed it"
    if login in writers:
        return "wrote in it"
    if not review.may_write:
        return "may not write"
    return None if review.commit in alike else "read another text"


def _writers(facts: Facts, proposal: Proposal) -> frozenset[str]:
    """Who wrote what it says, folded; who only brought its branch up to date did not."""
    ours = any(_is_as(one, proposal) for one in written_before(facts.receipts))
    wrote = proposal.writers if ours else proposal.writers | proposal.mergers
    return frozenset(map(str.casefold, wrote))


def _is_as(ours: Written, proposal: Proposal) -> bool:
    """Whether its files say just what we wrote."""
    text = proposal.files.get(ours.path)
    others = tuple((path, said) for path, said in proposal.files.items() if path != ours.path)
    return text is not None and (digest(text), digest(repr(others))) == (ours.text, ours.others)


def _commits_alike(facts: Facts, proposal: Proposal) -> frozenset[str]:
    """The head, and commits of ours in which the decision said just the same.

    A person's commit on top may have changed any file: then only it itself is approved.
    """
    ours = [one for one in written_before(facts.receipts) if one.commit]
    now = {one.approvable for one in ours if one.commit == proposal.head}
    alike = {one.commit for one in ours if one.approvable in now}
    return frozenset(alike | {proposal.head})


def approval_check(facts: Facts, log: Log, made: Made | None) -> tuple[SetCheck, ...]:
    """The check on the proposal, where it does not say so yet.

    Args:
        facts: of the issue, or of the pull request itself where it proposes what minutes say.
        log: with the proposal.
        made: by whom; None for minutes.
    """
    proposal, language = log.proposal, facts.language
    if not proposal.number or proposal.state != "open" or not proposal.head:
        return ()
    by = approval_of(facts, log, made).by
    title = (_APPROVED if by else _WAITS).in_language(language)
    by_whom = _BY.in_language(language).format(code_span(made.by)) if made and made.by else ""
    how = _HOW if made else _HOW_OF_MINUTES
    there = Elsewhere(log.home.id, log.home.full_name, proposal.number)
    check = SetCheck(
        name=NAME,
        head_sha=proposal.head,
        conclusion="success" if by else "action_required",
        title=title.format(", ".join(by)),
        summary="\n\n".join(filter(None, (by_whom, how.in_language(language)))),
        because=BECAUSE,
        on=None if facts.pull_request else there,
    )
    return () if is_said(facts, check.key, check.content) else (check,)

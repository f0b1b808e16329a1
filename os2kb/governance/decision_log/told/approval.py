"""Who approved a proposal, whose approval is lacking or does not count, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping

from os2kb.decisions.proposal.seen import Log, Made, Review
from os2kb.governance.decision_log.approval import Objection, approval_of, approvals
from os2kb.governance.decision_log.made import may_be_quoted
from os2kb.governance.facts import Facts
from os2kb.phrases import Phrase

_CAN_BE_MERGED = Phrase(
    "{} har godkendt den, så den kan flettes.", "{} approved it, so it can be merged."
)
_IS_APPROVED = Phrase("Den er godkendt, så den kan flettes.", "It was approved; it can be merged.")
_MUST_APPROVE = Phrase(
    "Den mangler en godkendelse af en, der må skrive i {}, og som hverken har foreslået den eller "
    "skrevet i den.",
    "It lacks the approval of somebody who may write in {}, and neither proposed it nor wrote in "
    "it.",
)
_DOES_NOT_COUNT: Mapping[Objection, Phrase] = {
    "proposed it": Phrase(
        "{} har godkendt, men har selv foreslået den.", "{} approved, but proposed it."
    ),
    "wrote in it": Phrase(
        "{} har godkendt, men har selv skrevet i den.", "{} approved, but wrote in it."
    ),
    "may not write": Phrase(
        "{} har godkendt, men må ikke skrive i loggens repository.",
        "{} approved, but may not write in the log's repository.",
    ),
    "read another text": Phrase(
        "{} har godkendt, men det var en anden tekst end den, der står nu.",
        "{} approved, but that was another text than it has now.",
    ),
}
_WANTS_CHANGES = Phrase("{} har bedt om ændringer.", "{} asked for changes.")
_MERGED = Phrase(
    "Den kom i loggen med {}, godkendt af {}, flettet af {}.",
    "It came into the log with {}, approved by {}, merged by {}.",
)
_UNAPPROVED = Phrase(
    "Den kom i loggen med {} uden godkendelse, flettet af {}.",
    "It came into the log with {} without an approval, merged by {}.",
)
_CAME_WITH = Phrase("Den kom i loggen med {}.", "It came into the log with {}.")
_CAME_UNAPPROVED = Phrase(
    "Den kom i loggen med {} uden godkendelse.", "It came into the log with {} without an approval."
)
_LATER = Phrase("Den er godkendt bagefter af {}.", "It was approved afterwards by {}.")
_A_PERSON = Phrase("nogen", "somebody")
_SOMEBODY = Phrase("en ukendt", "somebody unknown")


def approval_told(facts: Facts, log: Log, made: Made | None) -> Iterator[Phrase]:
    """Who approved what waits, and whose approval is lacking; no name where it may not be told."""
    by, named = approval_of(facts, log, made).by, may_be_quoted(facts, log)
    if by:
        yield _CAN_BE_MERGED.filled(", ".join(by)) if named else _IS_APPROVED
    else:
        yield _MUST_APPROVE.filled(log.home.full_name)
    yield from _not_counting(facts, log, made, log.proposal.reviews)
    for one in log.proposal.reviews:
        if one.opinion == "changes_requested":
            yield _WANTS_CHANGES.filled(one.login if named else _A_PERSON)


def merge_told(facts: Facts, log: Log, made: Made | None, pull: str) -> Iterator[Phrase]:
    """Who let it into the log, and that nobody did.

    Args:
        pull: `owner/repo#12`, which was merged.
    """
    approval, proposal = approval_of(facts, log, made), log.proposal
    named = may_be_quoted(facts, log)
    merged_by = proposal.merged_by or _SOMEBODY
    if approval.by and named:
        yield _MERGED.filled(pull, ", ".join(approval.by), merged_by)
    elif approval.by:
        yield _CAME_WITH.filled(pull)
    else:
        yield _UNAPPROVED.filled(pull, merged_by) if named else _CAME_UNAPPROVED.filled(pull)
        yield from _not_counting(facts, log, made, (*proposal.reviews, *proposal.later))
    if approval.later:
        yield _LATER.filled(", ".join(approval.later) if named else _A_PERSON)


def _not_counting(
    facts: Facts, log: Log, made: Made | None, reviews: Iterable[Review]
) -> Iterator[Phrase]:
    """The approvals that do not count, and why."""
    named = may_be_quoted(facts, log)
    for one, why in approvals(facts, log, made, reviews):
        if why is not None:
            yield _DOES_NOT_COUNT[why].filled(one.login if named else _A_PERSON)

"""What is told of a decision to whoever asks: where it stands, and what stands in its way.

Plain lines. None has the decision's own words, nor a path or title of a log that not everyone who
reads the issue may read.
"""

import json
from collections.abc import Iterator, Mapping

from os2kb.decisions.proposal.seen import Log
from os2kb.decisions.words import STATUSES
from os2kb.governance.decision_log.made import (
    DECIDED,
    UNMADE,
    awaits_history,
    is_itself_an_entry,
    made_here,
    may_be_quoted,
)
from os2kb.governance.decision_log.noted import LOGGED, noted_of
from os2kb.governance.decision_log.standing import Stage, Standing
from os2kb.governance.decision_log.told.approval import approval_told, merge_told
from os2kb.governance.decision_log.told.asked import asked_to_decide, refused
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.labels import has
from os2kb.governance.ledger.marks import latest
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

_NO_LOG = Phrase(
    "/os2 decide har intet at foreslå til: policyen har ingen beslutningslog (decisions).",
    "/os2 decide has nowhere to propose to: the Policy has no decision log (decisions).",
)
_UNREAD = Phrase("Beslutningsloggen kan ikke læses: {}", "The decision log cannot be read: {}")
_WITHHELD = Phrase(
    "Teksten ser ud til at rumme noget, der ikke må gives videre, så ingen indførsel laves af den.",
    "The text seems to hold what may not be passed on, so that no entry is made of it.",
)
_AWAITS = Phrase(
    "Det er ikke sagt endnu, hvem der lukkede issuet; der ses efter igen om lidt.",
    "It is not said yet who closed the issue; it is looked at again in a while.",
)
_TAKEN_BACK = Phrase(
    "Beslutningen blev taget tilbage med /os2 undo.", "The decision was taken back by /os2 undo."
)
_UNMADE = Phrase(
    "Issuet er lukket som ikke planlagt eller som en dublet, så intet er besluttet i det.",
    "The issue was closed as not planned or as a duplicate, so that nothing was decided in it.",
)
_ITSELF = Phrase(
    "Issuet er selv en indførsel i beslutningsloggen, som er issues med etiketten “{}”. Dets "
    "tekst, tilstand og etiketter siger, hvad der gælder; der foreslås ikke andet.",
    "The issue is itself an entry of the decision log, which is the issues with the label “{}”. "
    "Its text, state and labels say what holds; nothing else is proposed.",
)
_NOT_YET = Phrase(
    "Det bliver en beslutning, når issuet lukkes som løst med etiketten “{}”, eller nogen, der må, "
    "skriver /os2 decide.",
    "It becomes a decision once the issue is closed as completed with the label “{}”, or somebody "
    "who may writes /os2 decide.",
)
_BY_COMMAND_ALONE = Phrase(
    "Det bliver en beslutning, når nogen, der må, skriver /os2 decide.",
    "It becomes a decision once somebody who may writes /os2 decide.",
)
_TOO_OLD = Phrase(
    "Beslutningen var mere end tredive dage gammel, da den først blev set, så den er for mennesker "
    "at skrive ind.",
    "The decision was more than thirty days old when it was first seen, so it is for people to "
    "write in.",
)
_DECIDED = Phrase(
    "Det er en beslutning, fordi {} skrev /os2 decide.",
    "It is a decision because {} wrote /os2 decide.",
)
_CLOSED = Phrase(
    "Det er en beslutning, fordi issuet er lukket som løst med etiketten “{}”.",
    "It is a decision because the issue was closed as completed with the label “{}”.",
)
_PROPOSER = Phrase("Den regnes for foreslået af {}.", "It counts as proposed by {}.")
_STAGES: Mapping[Stage, Phrase] = {
    "private": Phrase(
        "Issuet er privat og loggen {} offentlig, så beslutningen foreslås ikke dér.",
        "The issue is private and the log {} public, so the decision is not proposed there.",
    ),
    "unwritable": Phrase(
        "Den kan ikke foreslås til {}: loggen er arkiveret, eller dens format kan ikke rumme den.",
        "It cannot be proposed to {}: the log is archived, or its format cannot hold it.",
    ),
    "stuck": Phrase(
        "Den kunne ikke foreslås til {}; os2kb deliveries list --failed siger hvorfor.",
        "It could not be proposed to {}; os2kb deliveries list --failed tells why.",
    ),
    "refused": Phrase(
        "{1} blev lukket uden at blive flettet, så den står ikke i {0}.",
        "{1} was closed without being merged, so it is not in {0}.",
    ),
    "withdrawn": Phrase(
        "Forslaget {1} til {0} gælder ikke længere.", "The proposal {1} to {0} holds no more."
    ),
    "gone": Phrase(
        "{1} er flettet, men beslutningen står ikke længere i {0}.",
        "{1} was merged, but the decision is no longer in {0}.",
    ),
}
_PROPOSED = Phrase(
    "Den er foreslået til {} som nr. {} i {}.", "It is proposed to {} as no. {} in {}."
)
_TO_PROPOSE = Phrase("Den foreslås til {} som nr. {}.", "It is to be proposed to {} as no. {}.")
_EDITED = Phrase(
    "Et menneske har rettet teksten i forslaget, så den bliver, som den er.",
    "A person edited the proposal's text, so it stays as it is.",
)
_LOGGED = Phrase("Den står i {} som nr. {}: {}.", "It is in {} as no. {}: {}.")
_NAMELESS = Phrase("Den står i {} uden nummer: {}.", "It is in {} without a number: {}.")
_BY_HAND = Phrase("Indførslen er skrevet i hånden.", "The entry was written by hand.")
_CHANGED = Phrase(
    "Siden den kom i loggen, er dette rettet dér: {}.",
    "Since it came into the log, this was changed there: {}.",
)
_REPLACED = Phrase("Den er erstattet af {}.", "It was superseded by {}.")
_PARTS = {
    "number": Phrase("nummer", "number"),
    "path": Phrase("fil", "file"),
    "title": Phrase("titel", "title"),
    "status": Phrase("status", "status"),
    "day": Phrase("dato", "date"),
    "deciders": Phrase("beslutningstagere", "deciders"),
    "replaced_by": Phrase("hvad den er erstattet af", "what it was superseded by"),
}


def decision_told(
    facts: Facts, policy: Policy, stands: Standing | None, *, withheld: bool
) -> tuple[Phrase, ...]:
    """How it stands with the decision of an issue; empty where none is at stake.

    Args:
        stands: where it stands; None where no log was read.
        withheld: its text may not be passed on.
    """
    if facts.pull_request is not None:  # of minutes
        return tuple(approval_told(facts, facts.log, None)) if facts.log else ()
    asked = tuple(asked_to_decide(facts))
    if policy.decisions is None:
        return (_NO_LOG,) if asked else ()
    known = facts.log is not None or facts.log_problem != NOTHING
    label = policy.decisions.label
    if not (known or asked or (label and has(facts, label))):
        return ()
    return (
        *_how_it_stands(facts, policy, stands, withheld=withheld),
        *refused(asked, facts, policy),
    )


def _how_it_stands(
    facts: Facts, policy: Policy, stands: Standing | None, *, withheld: bool
) -> Iterator[Phrase]:
    if withheld:
        yield _WITHHELD
    made = made_here(facts, policy)
    if made is None:
        yield _why_none(facts, policy)
    elif not withheld:
        label = policy.decisions.label if policy.decisions else None
        yield _DECIDED.filled(made.by) if made.text else _CLOSED.filled(label or "")
        if made.by and not made.text:
            yield _PROPOSER.filled(made.by)
    if facts.log_problem != NOTHING:
        yield _UNREAD.filled(facts.log_problem)
    if facts.log is None or stands is None:
        return
    if stands.stage == "none" and made and not withheld:
        yield _TOO_OLD
    yield from _at_stage(facts, facts.log, stands)


def _why_none(facts: Facts, policy: Policy) -> Phrase:
    """Why nothing counts as decided here."""
    label = policy.decisions.label if policy.decisions else None
    note = latest(facts.receipts, DECIDED)
    if label and is_itself_an_entry(facts, policy):
        return _ITSELF.filled(label)
    if not facts.open and facts.state_reason in UNMADE:
        return _UNMADE
    if awaits_history(facts, policy):
        return _AWAITS
    if note is not None and note.state == "undone":
        return _TAKEN_BACK
    return _NOT_YET.filled(label) if label else _BY_COMMAND_ALONE


def _at_stage(facts: Facts, log: Log, stands: Standing) -> Iterator[Phrase]:
    proposal, name = log.proposal, log.home.full_name
    pull = f"{name}#{proposal.number}" if proposal.number else ""
    if stands.stage == "logged":
        yield from _in_the_log(facts, log, stands, pull)
    elif stands.stage == "proposed" and proposal.number and proposal.state == "open":
        yield _PROPOSED.filled(name, stands.number, pull)
    elif stands.stage == "proposed":
        yield _TO_PROPOSE.filled(name, stands.number)
    elif stands.stage in _STAGES:
        yield _STAGES[stands.stage].filled(name, pull)
    if stands.edited:
        yield _EDITED
    if stands.stage in ("proposed", "stuck") and pull and proposal.state == "open":
        yield from approval_told(facts, log, stands.made)


def _in_the_log(facts: Facts, log: Log, stands: Standing, pull: str) -> Iterator[Phrase]:
    entry, proposal = stands.entry, log.proposal
    if entry is None:
        return
    decision, quoted = entry.decision, may_be_quoted(facts, log)
    name, status = log.home.full_name, STATUSES[decision.status]
    if decision.id:
        yield _LOGGED.filled(name, decision.id, status)
    else:
        yield _NAMELESS.filled(name, status)
    if pull and proposal.state == "merged":
        yield from merge_told(facts, log, stands.made, pull)
    else:
        yield _BY_HAND
    changed = [_PARTS[one] for one in _changed(facts, stands) if one in _PARTS]
    if changed and quoted:
        da, en = (", ".join(getattr(one, code) for one in changed) for code in ("da", "en"))
        yield _CHANGED.filled(Phrase(da, en))
    replacing = [one for one in decision.superseded_by if quoted or one.isdecimal()]
    if decision.status == "superseded" and replacing:
        yield _REPLACED.filled(", ".join(replacing))


def _changed(facts: Facts, stands: Standing) -> list[str]:
    """What the entry says otherwise than when our ledger first knew it."""
    notes = (one for one in facts.receipts if one.action == LOGGED and one.state == "applied")
    first = next(notes, None)
    if first is None or stands.entry is None:
        return []
    said = json.loads(first.content)
    return [key for key, value in noted_of(stands.entry).items() if said.get(key, value) != value]

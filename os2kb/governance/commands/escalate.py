"""`/os2 escalate [reason]`: tell the rung that waits, or else the next one up.

Our ledger notes it, and whoever is told is told by what it says then.
"""

from os2kb.governance.actions import Remember
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.outcome import Outcome, say
from os2kb.governance.comments.escalation import told_in
from os2kb.governance.comments.told import named
from os2kb.governance.escalation.from_facts import happenings_of
from os2kb.governance.escalation.happenings import Happening
from os2kb.governance.escalation.ladder import Told
from os2kb.governance.escalation.quiet import quiet_until
from os2kb.governance.escalation.standing import Standing, standing
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, neutralise
from os2kb.governance.ledger.holds import ESCALATED, is_paused
from os2kb.governance.ledger.told import told
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import Escalation

_TOLD = Phrase("Trin {} af {}, {}, får besked: {}.", "Rung {} of {}, {}, is told: {}.")
_KNOWN = Phrase(
    "Trin {} af {}, {}, er nået, og alle på det har fået besked før.",
    "Rung {} of {}, {}, is reached, and everybody on it was told before.",
)
_TOMORROW = Phrase(
    "{} har fået dagens beskeder og hører det i morgen.",
    "{} had the messages of the day and will hear of it tomorrow.",
)
_LATER = Phrase("Der er ro nu, så beskeden kommer {}.", "It is quiet now, so they are told on {}.")
_NO_MODEL = Phrase(
    "Policyen har ingen eskaleringsmodel, så her er ingen stige at gå op ad.",
    "The Policy has no escalation model, so there is no ladder to climb here.",
)
_PROPOSED = Phrase(
    "Eskaleringsmodellen er et forslag, så ingen får besked, før der står `status: vedtaget`.",
    "The escalation model is a proposal, so nobody is told until it says `status: vedtaget`.",
)
_NO_FAULT = Phrase(
    "Kun et åbent issue kan eskaleres.", "Only an issue that is open can be escalated."
)
_PAUSED = Phrase(
    "Jeg holder pause her, så ingen får besked; skriv `/os2 resume` først.",
    "I pause here, so nobody is told; write `/os2 resume` first.",
)
_PRIVATE = Phrase("Det her går ikke op ad stigen.", "This does not go up the ladder.")
_TOP = Phrase(
    "Der er ikke flere trin på stigen, så alle har fået besked.",
    "There is no rung left on the ladder: everybody was told.",
)


def escalate(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """The rung is told; where none is left, nothing is done."""
    model = policy.escalation
    if model is None:
        return Outcome(say(_NO_MODEL, facts.language))
    if refusal := _refusal(facts, model):
        return Outcome(say(refusal, facts.language))
    before, after = _with_and_without(command, facts, policy)
    if after.private:
        return Outcome(say(_PRIVATE, facts.language))
    were = {one.rung for one in before.told}
    reached = next((one for one in after.told if one.rung not in were), None)
    if reached is None:
        return Outcome(say(_TOP, facts.language))
    note = Remember(ESCALATED, str(command.comment_id), because=command.because)
    known = any((one.action, one.content) == (note.key, note.content) for one in facts.receipts)
    said = _said(reached, after, model, facts)
    return Outcome(said, () if known else (note,))


def _refusal(facts: Facts, model: Escalation) -> Phrase | None:
    if not model.is_adopted:
        return _PROPOSED
    if facts.pull_request is not None or not facts.open:
        return _NO_FAULT
    return _PAUSED if is_paused(facts) else None


def _with_and_without(command: Command, facts: Facts, policy: Policy) -> tuple[Standing, Standing]:
    """How it stood when the command was written, but for it, and with it."""
    at = next(one.created_at for one in facts.comments if one.id == command.comment_id)
    others = [one for one in happenings_of(facts, policy) if (one.kind, one.at) != ("escalate", at)]
    return (
        standing(others, policy, at),
        standing((*others, Happening(at, "escalate")), policy, at),
    )


def _is_told(name: str, facts: Facts) -> bool:
    """Whether there is anybody by that name: a field needs a ticket."""
    return facts.ticket is not None or not name.startswith("jira:")


def _said(reached: Told, stands: Standing, model: Escalation, facts: Facts) -> Markdown:
    """Which rung, who of it is told, and when if not now; code mentions nobody."""
    language, known = facts.language, {name.casefold() for name in told(facts)}
    to = [name for name in reached.to if name.casefold() not in known and _is_told(name, facts)]
    rung = (Markdown(reached.rung), Markdown(len(model.ladder)), neutralise(reached.name))
    if not to:
        return say(_KNOWN, language, *rung)
    said = say(_TOLD, language, *rung, named(to, language))
    worst = stands.severity == next(iter(model.severities))
    end = None if worst else quiet_until(model, reached.at)
    if end is not None:
        moment = told_in(language, model, facts.created_at).moment(end)
        return Markdown(f"{said} {say(_LATER, language, Markdown(moment))}")
    full = [name for name in to if facts.messages.get(name.casefold(), 0) >= model.budget]
    return Markdown(f"{said} {say(_TOMORROW, language, named(full, language))}") if full else said

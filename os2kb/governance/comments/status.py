"""The status comment: one for each subject, edited in place."""

from os2kb.governance.actions import PutComment
from os2kb.governance.comments.escalation import with_section
from os2kb.governance.comments.left_out import left_out_clause, left_out_line
from os2kb.governance.comments.render import comment, text
from os2kb.governance.comments.verdicts import (
    Verdicts,
    count,
    findings_list,
    fine_line,
    verdicts,
)
from os2kb.governance.comments.views import views
from os2kb.governance.comments.welcome import greeting, guidelines
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import Markdown
from os2kb.governance.ledger.marks import (
    edited_by_a_person,
    own_comment,
    same_text,
    settled,
    unpinned,
)
from os2kb.governance.rules import ALARMS
from os2kb.governance.tickets.in_step import InStep
from os2kb.governance.tickets.told import ticket_line
from os2kb.governance.tickets.told_in_step import waits_line
from os2kb.governance.wording.worded import worded
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

MARKER = "status"
_MISSING = Phrase("Det her skal også rettes:", "This has to be mended, too:")
_ADVICE = Phrase("Overvej også:", "Consider also:")
_KEY = f"comment:{MARKER}"
NO_SECTION = Markdown("")
_COMMANDS = Phrase(
    "<sub>Skriv `/os2 why` for begrundelsen og `/os2 help` for, hvad du ellers kan bede om.</sub>",
    "<sub>Write `/os2 why` for the reasons and `/os2 help` for what else you can ask.</sub>",
)


def status_comment(
    facts: Facts,
    policy: Policy,
    findings: tuple[Finding, ...],
    escalation: Markdown = NO_SECTION,
    step: InStep | None = None,
) -> tuple[PutComment, ...]:
    """The comment where it is called for and says something new; at most one.

    A comment that we wrote and that is gone was deleted by a person, and stays deleted; one that a
    person edited stays as it is.

    Args:
        facts: of the subject.
        policy: may want nothing said where everything passes.
        findings: what to tell.
        escalation: how it stands as a fault. Whoever waits for its mending is told even where all
            else passes, once the model is adopted: a proposal promises nothing. Which ticket it
            goes with is told likewise.
        step: what of it and of its ticket goes along.
    """
    present = own_comment(facts, MARKER)
    found = verdicts(findings)
    if present is None:
        told = (bool(escalation) and _is_adopted(policy)) or facts.ticket is not None
        if not told and (not found or (policy.quiet and not found.failing)):
            return ()
        if settled(facts.receipts, _KEY):
            return ()
    body = _body(facts, findings, found, escalation, step)
    if present is not None and (
        same_text(unpinned(present.body), unpinned(body)) or is_edited(facts)
    ):
        return ()
    because = ", ".join(finding.rule for finding in found.failing)
    otherwise = "severity" if escalation else "guidelines"
    return (PutComment(MARKER, body, because=because or otherwise),)


def status_section(facts: Facts, escalation: Markdown) -> tuple[PutComment, ...]:
    """The comment with nothing changed but how it stands as a fault, where it tells that.

    Of what is closed or paused nothing else is judged, and yet nothing in it may look due.
    """
    present = own_comment(facts, MARKER)
    if present is None or is_edited(facts):
        return ()
    body = with_section(present.body, escalation)
    return () if same_text(present.body, body) else (PutComment(MARKER, body, because="severity"),)


def _is_adopted(policy: Policy) -> bool:
    return policy.escalation is not None and policy.escalation.is_adopted


def is_edited(facts: Facts) -> bool:
    """Whether a person edited our status comment."""
    present = own_comment(facts, MARKER)
    return present is not None and edited_by_a_person(facts, present, _KEY)


def _body(
    facts: Facts,
    findings: tuple[Finding, ...],
    found: Verdicts,
    escalation: Markdown,
    step: InStep | None,
) -> str:
    language = facts.language
    waits = waits_line(step, language) if step else ""
    ticket = Markdown(" ".join(filter(None, (ticket_line(facts, language), waits))))

    def compose(limit: int) -> Markdown:
        values = {
            "greeting": greeting(facts),
            "guidelines": guidelines(facts),
            "count": count(found.missing, language),
            "alarm": findings_list(found.alarms, language, limit),
            "missing": _headed(found.missing, _MISSING if found.alarms else NOTHING, facts, limit),
            "advice": _headed(found.advice, _advice_head(found), facts, limit),
            "fine": _fine(found, facts, limit),
            "left-out": left_out_clause(found.left_out, facts),
            "details": _folded(_details(findings, facts, limit), escalation),
            "commands": _below(ticket, _COMMANDS.in_language(language)),
        }
        return worded(_outcome(found), language, facts.wordings, values)

    return comment(MARKER, compose)


def _outcome(found: Verdicts) -> str:
    """Which of the six texts it is."""
    if found.alarms:
        return "status-alarm"
    if found.missing:
        return "status-missing"
    if found.left_out:
        return "status-left-out"
    if found.advice:
        return "status-advice"
    return "status-unsure" if found.unsure else "status-fine"


def _advice_head(found: Verdicts) -> Phrase:
    """Beside what is worse, or unknown, advice says that it is no more than that."""
    return _ADVICE if found.alarms or found.missing or found.left_out else NOTHING


def _fine(found: Verdicts, facts: Facts, limit: int) -> Markdown:
    """What is in order and, beside what is not, what is left out; the text for that says it."""
    fine = fine_line(found.fine, facts.language, limit)
    left_out = left_out_line(found.left_out, facts) if found.alarms or found.missing else ""
    return _below(fine, left_out)


def _folded(*sections: Markdown) -> Markdown:
    """What unfolds, one below the other."""
    return Markdown("\n".join(one for one in sections if one))


def _below(*paragraphs: str) -> Markdown:
    return Markdown("\n\n".join(one for one in paragraphs if one))


def _headed(findings: tuple[Finding, ...], head: Phrase, facts: Facts, limit: int) -> Markdown:
    """The list, below a line that says what it is where the text does not."""
    listed = findings_list(findings, facts.language, limit)
    said = head.in_language(facts.language)
    return Markdown(f"{said}\n\n{listed}") if said and listed else listed


def _details(findings: tuple[Finding, ...], facts: Facts, limit: int) -> Markdown:
    """Each rule that says something, with its evidence and its paragraph, folded."""
    told = tuple(
        one
        for one in findings
        if one.verdict != "n/a" and not (one.rule in ALARMS and one.verdict == "pass")
    )
    if not told:
        return Markdown("")
    return text("details", facts.language, rules=views(told, facts.language, limit))

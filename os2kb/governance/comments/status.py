"""The status comment: one for each subject, edited in place."""

from index.passages import Language
from os2kb.governance.comments.render import comment, text
from os2kb.governance.comments.views import views
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.marks import edited_by_a_person, own_comment, same_text, settled
from os2kb.governance.neutralise import Markdown
from os2kb.governance.plan import PutComment
from os2kb.governance.rules import ALARMS
from os2kb.policy.policy import Policy

MARKER = "status"
_KEY = f"comment:{MARKER}"


def status_comment(
    facts: Facts, policy: Policy, findings: tuple[Finding, ...]
) -> tuple[PutComment, ...]:
    """The comment where it is called for and says something new; at most one.

    A comment that we wrote and that is gone was deleted by a person, and stays deleted; one that a
    person edited stays as it is.
    """
    present = own_comment(facts, MARKER)
    told = [one for one in findings if one.verdict in ("pass", "fail") and one.rule not in ALARMS]
    failing = any(finding.verdict == "fail" for finding in findings)
    if present is None:
        if not told or (policy.quiet and not failing):
            return ()
        if settled(facts.receipts, _KEY):
            return ()
    body = status_body(findings, facts.language)
    if present is not None and (same_text(present.body, body) or is_edited(facts)):
        return ()
    return (PutComment(MARKER, body, _because(findings)),)


def is_edited(facts: Facts) -> bool:
    """Whether a person edited our status comment."""
    present = own_comment(facts, MARKER)
    return present is not None and edited_by_a_person(facts, present, _KEY)


def status_body(findings: tuple[Finding, ...], language: Language) -> str:
    """What the comment says of these Findings."""

    def compose(limit: int) -> Markdown:
        shown = views(findings, language, limit)
        missing = [
            view for view, finding in zip(shown, findings, strict=True) if finding.verdict == "fail"
        ]
        fine = [
            view.asks
            for view, finding in zip(shown, findings, strict=True)
            if finding.verdict == "pass" and finding.rule not in ALARMS
        ]
        unsure = any(finding.verdict == "unknown" for finding in findings)
        return text("status", language, missing=missing, unsure=unsure, fine=fine, all=shown)

    return comment(MARKER, compose)


def _because(findings: tuple[Finding, ...]) -> str:
    failing = [finding.rule for finding in findings if finding.verdict == "fail"]
    return ", ".join(failing) or "guidelines"

"""The check run on a pull request: whether it meets the guidelines, and the lines that do not."""

from collections.abc import Iterator
from itertools import islice

from os2kb.governance.actions import Annotation, SetCheck
from os2kb.governance.actions.checks import Level
from os2kb.governance.comments.left_out import left_out_line
from os2kb.governance.comments.render import text
from os2kb.governance.comments.verdicts import (
    Verdicts,
    count,
    findings_list,
    fine_line,
    quotes,
    verdicts,
)
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding, Place
from os2kb.governance.harmless.neutralise import scrub, shortened
from os2kb.governance.ledger.marks import is_said
from os2kb.governance.rules import ALARMS
from os2kb.phrases import Phrase

NAME = "os2kb / guidelines"
_SUMMARY_CHARS = 60_000  # GitHub takes 65,535
_MESSAGE_CHARS = 1_000
_MOST_ANNOTATIONS = 50  # that one request may carry
_MISSING = Phrase("{} skal rettes", "{} to mend")
_ADVICE = Phrase(
    "Kravene er opfyldt; se anbefalingerne", "The requirements are met; see the advice"
)
_FINE = Phrase("Alt er på plads", "All is in place")
_UNSURE = Phrase("Intet fundet, der skal rettes", "Nothing found that has to be mended")
_LEFT_OUT = Phrase("Intet at rette; ser bort fra {}", "Nothing to mend; leaves out {}")
_RULES = Phrase("{} regler", "{} rules")
_MOST_NAMED = 3
_NOTHING = Phrase("Ingen af reglerne gælder her.", "None of the rules applies here.")


def guidelines_check(facts: Facts, findings: tuple[Finding, ...]) -> tuple[SetCheck, ...]:
    """The check, where rules hold and it does not say so yet.

    It is set also where each of them has nothing to say, because a branch may be protected by it.
    """
    pull = facts.pull_request
    if pull is None or all(one.rule in ALARMS and one.verdict != "fail" for one in findings):
        return ()
    found = verdicts(findings)
    check = SetCheck(
        name=NAME,
        head_sha=pull.head_sha,
        conclusion="action_required" if found.blocking else "success",
        title=_title(found, facts),
        summary=_summary(found, facts),
        because=", ".join(one.rule for one in found.failing) or "guidelines",
        annotations=_annotations(found, facts),
    )
    return () if is_said(facts, check.key, check.content) else (check,)


def _title(found: Verdicts, facts: Facts) -> str:
    if found.blocking:
        title = _MISSING.in_language(facts.language)
        return title.format(count(found.blocking, facts.language))
    if found.left_out:
        return _left_out(found, facts)
    if found.advised:
        return _ADVICE.in_language(facts.language)
    return (_UNSURE if found.unsure or not found else _FINE).in_language(facts.language)


def _left_out(found: Verdicts, facts: Facts) -> str:
    """That nobody knows of these rules, by name where they are few; a title is plain text."""
    rules = [one.rule for one in found.left_out]
    many = _RULES.in_language(facts.language).format(len(rules))
    named = many if len(rules) > _MOST_NAMED else ", ".join(rules)
    return _LEFT_OUT.in_language(facts.language).format(named)


def _summary(found: Verdicts, facts: Facts) -> str:
    language = facts.language
    for limit in (8_000, 400, 100):
        said = text(
            "check",
            language,
            missing=findings_list(found.blocking, language, limit),
            advice=findings_list(found.advised, language, limit),
            fine=fine_line(found.fine, language, limit),
            left_out=left_out_line(found.left_out, facts),
            quotes=quotes(found.failing, language, limit),
        )
        if len(said) <= _SUMMARY_CHARS:
            break
    return str(said).strip() or _NOTHING.in_language(language)


def _annotations(found: Verdicts, facts: Facts) -> tuple[Annotation, ...]:
    """A remark on each line at fault; it is plain text there, no Markdown."""
    remarks = (
        Annotation(scrub(place.path), place.line, message, level)
        for message, level, places in _remarks(found, facts)
        for place in places
    )
    return tuple(islice(remarks, _MOST_ANNOTATIONS))


def _remarks(found: Verdicts, facts: Facts) -> Iterator[tuple[str, Level, tuple[Place, ...]]]:
    for finding in found.failing:
        if finding.places:
            level: Level = "failure" if finding.required else "warning"
            yield _message(finding, facts), level, finding.places


def _message(finding: Finding, facts: Facts) -> str:
    said = (finding.evidence, finding.remedy)
    line = " ".join(one.in_language(facts.language) for one in said).strip()
    return shortened(scrub(line), _MESSAGE_CHARS)

"""The check on a pull request that edits the product's own texts."""

from os2kb.governance.actions import SetCheck
from os2kb.governance.comments.checks.problems import annotations_of, lines_of
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import is_said
from os2kb.governance.wording.check import UNREADABLE, wording_problems
from os2kb.phrases import Phrase
from os2kb.policy.problem import PolicyProblem

NAME = "os2kb / texts"
_FINE = Phrase("Teksterne kan bruges.", "The texts can be used.")
_FINE_SUMMARY = Phrase(
    "De gælder, når de er flettet ind i standardgrenen.",
    "They hold once they are merged into the default branch.",
)
_ONE = Phrase("Der er én fejl i teksterne.", "The texts have one mistake.")
_MANY = Phrase("Der er {} fejl i teksterne.", "The texts have {} mistakes.")
_SUMMARY = Phrase(
    "En tekst med en fejl i bliver ikke brugt; os2kb's egen står i stedet, til den er rettet.",
    "A text with a mistake in it is not used; os2kb's own stands there until it is mended.",
)


def texts_check(facts: Facts) -> tuple[SetCheck, ...]:
    """The check, where the pull request edits such texts and the check does not say so yet."""
    pull = facts.pull_request
    if pull is None or not facts.open or not facts.proposed_wordings:
        return ()
    problems = tuple(
        problem
        for path, text in facts.proposed_wordings.items()
        for problem in _problems(path, text)
    )
    check = SetCheck(
        name=NAME,
        head_sha=pull.head_sha,
        conclusion="failure" if problems else "success",
        title=_title(problems).in_language(facts.language).format(len(problems)),
        summary=_summary(facts, problems),
        because="texts",
        annotations=annotations_of(problems, facts.language),
    )
    return () if is_said(facts, check.key, check.content) else (check,)


def _problems(path: str, text: str | None) -> tuple[PolicyProblem, ...]:
    if text is None:
        return (PolicyProblem(path, None, UNREADABLE),)
    return wording_problems(path, text)


def _title(problems: tuple[PolicyProblem, ...]) -> Phrase:
    if not problems:
        return _FINE
    return _ONE if len(problems) == 1 else _MANY


def _summary(facts: Facts, problems: tuple[PolicyProblem, ...]) -> str:
    if not problems:
        return _FINE_SUMMARY.in_language(facts.language)
    said = _SUMMARY.in_language(facts.language)
    return "\n".join([said, "", *lines_of(problems, facts.language)])

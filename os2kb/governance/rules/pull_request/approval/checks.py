"""Purpose: automatic checks pass, or somebody says why they need not."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from os2kb.governance.facts import CheckResult, Comment, Facts
from os2kb.governance.findings import Finding
from os2kb.governance.reading.prose import visible_lines
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "checks"
# https://docs.github.com/en/rest/checks/runs and /rest/commits/statuses
_FINE = frozenset({"success", "neutral", "skipped"})
_WAITING = frozenset({None, "pending", "stale"})
_REASON = re.compile(
    r"\b(fordi|skyldes|på grund af|pga|uden forbindelse|uafhængig|ustabil|kendt fejl|undtage\w*"
    r"|because|since|due to|caused by|unrelated|flaky|known (?:issue|failure)|exempt\w*)\b",
    re.IGNORECASE,
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks at each check and status of the last commit, and for comments that explain one."""
    exempt = policy.guidelines.rules.checks.exempt
    results = [one for one in pull_of(facts).checks or () if not matches(one.name, exempt)]
    if not results:
        return not_applicable(ID, "Der er ingen kontroller.", "There are no checks.")
    failing = [one for one in results if one.conclusion not in _FINE | _WAITING]
    reasons = _reasons(facts.comments) if failing else []
    explained = [one for one in failing if _is_explained(one, reasons)]
    unexplained = [one for one in failing if one not in explained]
    if unexplained:
        return _failing(unexplained)
    waiting = [one for one in results if one.conclusion in _WAITING]
    if waiting:
        return unsure(
            ID,
            f"Disse kontroller er ikke færdige: {_names(waiting)}.",
            f"These checks have not finished: {_names(waiting)}.",
        )
    if explained:
        return passes(
            ID,
            f"En kommentar forklarer, hvorfor {_names(explained)} fejler.",
            f"A comment explains why {_names(explained)} fails.",
        )
    return passes(ID, "Alle kontroller er bestået.", "All checks pass.")


def _reasons(comments: Iterable[Comment]) -> list[str]:
    """What people say that gives a reason. Reading Markdown costs most, so each is read once."""
    theirs = (one.body for one in comments if not (one.author.is_bot or one.author.is_self))
    read = ("\n".join(visible_lines(body)) for body in theirs if _REASON.search(body))
    return [text for text in read if _REASON.search(text)]


def _is_explained(result: CheckResult, reasons: Iterable[str]) -> bool:
    """Whether a comment that gives a reason names the check."""
    name = re.compile(rf"(?<!\w){re.escape(result.name)}(?!\w)", re.IGNORECASE)
    return any(name.search(text) for text in reasons)


def _failing(results: list[CheckResult]) -> Finding:
    names = _names(results)
    return Finding(
        ID,
        "fail",
        Phrase(f"Disse kontroller fejler: {names}.", f"These checks fail: {names}."),
        Phrase(
            "Ret fejlen, eller skriv en kommentar, der nævner kontrollen ved navn og siger, "
            '"fordi …".',
            'Mend the fault, or write a comment that names the check and says "because …".',
        ),
    )


def _names(results: list[CheckResult]) -> str:
    names = list(dict.fromkeys(one.name for one in results))
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


RULE = Rule(
    id=ID,
    asks=Phrase("består de automatiske kontroller", "passes the automatic checks"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "bestå alle +automatiserede +kontroller / "
        "de +automatiske +kontroller er grønne / "
        "koden skal bestå +CI / "
        "pass +continuous +integration / "
        "patch passes all +CI +checks / "
        "+green build +status"
    ),
    concepts=(),
    setting=lambda rules: rules.checks,
    check=check,
    needs=frozenset({"checks"}),
    events=frozenset({"pull_request", "check_run", "issue_comment"}),
    # Of a fork's checks, and of commit statuses, no delivery says whose they are.
    look_again={"unknown": timedelta(minutes=10)},
)

"""Purpose: who reports what is already reported is led there, and everyone talks in one place.

Nothing is closed and no label is set: that two issues say the same is for people to judge.
"""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding, Reference
from os2kb.governance.learned import Near
from os2kb.governance.reading.references import named_issues
from os2kb.governance.rules.rule import Rule, not_applicable, passes, unsure
from os2kb.governance.rules.text.security_report import suspected
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "duplicate"
_MOST = 3
_REMEDY = Phrase(
    "Er det det samme, så skriv videre dér.",
    "If it is the same, go on writing there.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Takes the nearest older issues that are near enough and that nobody has named here yet."""
    if suspected(facts, policy):
        return not_applicable(
            ID, "Sikkerhed sammenlignes ikke.", "Security reports are not compared."
        )
    if facts.near is None:
        return unsure(
            ID,
            "Andre issues er ikke slået op; det bliver de ikke, når en policy kun prøves.",
            "Other issues were not looked up; they are not where a Policy is only tried.",
        )
    threshold = policy.guidelines.rules.duplicate.threshold
    alike = [one for one in facts.near if one.score >= threshold][:_MOST]
    if not alike:
        return passes(ID, "Intet tidligere issue ligner det.", "No earlier issue is like it.")
    named = _named(facts)
    unnamed = [one for one in alike if (_here(one, facts), one.number) not in named]
    if not unnamed:
        return passes(ID, "Det issue, det ligner, er nævnt.", "The issue it is like is named.")
    told = ", ".join(_reference(one, facts) for one in unnamed)
    return Finding(
        ID,
        "fail",
        Phrase(f"Issuet ligner {told}.", f"The issue is like {told}."),
        _REMEDY,
        see=tuple(Reference(_reference(one, facts), one.title, one.url) for one in unnamed),
    )


def compared(facts: Facts, policy: Policy) -> bool:
    """Whether it is worth knowing which issues are like this one."""
    return (
        RULE.level(policy) != "off"
        and facts.pull_request is None
        and not facts.author.is_bot
        and not suspected(facts, policy)
    )


def _named(facts: Facts) -> set[tuple[bool, int]]:
    """The issues of this repository that its text or a person's comment names."""
    theirs = [one.body for one in facts.comments if not (one.author.is_bot or one.author.is_self)]
    texts = [(facts.title, facts.body), *(("", body) for body in theirs)]
    return {
        (True, number)
        for title, body in texts
        for number in named_issues(title, body, "", facts.repository.full_name)
    }


def _here(one: Near, facts: Facts) -> bool:
    return one.url.casefold().startswith(f"{facts.repository.url}/".casefold())


def _reference(one: Near, facts: Facts) -> str:
    """`#12`, or `owner/repo#12` where it stands in another repository of the product."""
    if _here(one, facts):
        return f"#{one.number}"
    name = "/".join(one.url.split("/")[-4:-2])
    return f"{name}#{one.number}"


RULE = Rule(
    id=ID,
    asks=Phrase("ligner ikke et tidligere issue", "is not like an earlier issue"),
    applies_to=frozenset({"issue"}),
    topic=(
        "+søg efter et +issue, før du opretter et nyt / "
        "undersøg om fejlen +allerede er +meldt / "
        "+search +existing issues before opening a new one / "
        "check for +duplicate issues"
    ),
    concepts=(),
    setting=lambda rules: rules.duplicate,
    check=check,
    needs=frozenset({"near"}),
    events=frozenset({"issues", "issue_comment"}),
    asks_bots=False,
)

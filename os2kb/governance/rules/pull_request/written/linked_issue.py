"""Purpose: a pull request names the issue it solves, so that the why is written down first."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.reading.prose import link_targets, prose
from os2kb.governance.reading.references import MOST_LOOKED_UP, named_issues
from os2kb.governance.rules.rule import Rule, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.pattern import found
from os2kb.policy.policy import Policy

ID = "linked-issue"
_REMEDY = Phrase(
    'Skriv issuets nummer i beskrivelsen, for eksempel "Løser #12", eller opret et issue først.',
    'Write its number in the description, for example "Closes #12", or open an issue first.',
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks at the issues that the forge knows among those the pull request names."""
    also = policy.guidelines.rules.linked_issue.also
    if facts.linked:
        numbers = ", ".join(f"#{issue.number}" for issue in facts.linked[:5])
        return passes(
            ID, f"Pull requesten henviser til {numbers}.", f"The pull request names {numbers}."
        )
    if also is not None and found(also, _said(facts)):
        return passes(
            ID,
            "Pull requesten henviser til en sag i et andet system.",
            "The pull request names a ticket that is kept elsewhere.",
        )
    if names_more_than_looked_up(facts):
        return unsure(
            ID,
            "Der er nævnt flere numre, end jeg slår op.",
            "It names more numbers than are looked up.",
        )
    return Finding(ID, "fail", _missing(facts), _REMEDY, label="status.needs-issue")


def names_more_than_looked_up(facts: Facts) -> bool:
    """Whether an issue may be among those that nobody looked for."""
    return len(_named(facts)) > MOST_LOOKED_UP


def _named(facts: Facts) -> tuple[int, ...]:
    branch = pull_of(facts).head_branch
    named = named_issues(facts.title, facts.body, branch, facts.repository.full_name)
    return tuple(number for number in named if number != facts.subject.number)


def _said(facts: Facts) -> str:
    """What title, branch and description say, and where links lead; no comments and quotes."""
    lines = [facts.title, pull_of(facts).head_branch, prose(facts.body), *link_targets(facts.body)]
    return "\n".join(lines)


def _missing(facts: Facts) -> Phrase:
    named = _named(facts)
    if not named:
        return Phrase(
            "Hverken titel, beskrivelse eller gren nævner et issue.",
            "Neither title, description nor branch names an issue.",
        )
    numbers = ", ".join(f"#{number}" for number in named[:5])
    return Phrase(
        f"Der er nævnt {numbers}, men det er ikke et issue i dette repository.",
        f"It names {numbers}, which is no issue in this repository.",
    )


RULE = Rule(
    id=ID,
    asks=Phrase("henviser til et issue", "names an issue"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "link til det +relevante +issue / "
        "+henvis til et +issue / "
        "skriv +issuets +nummer / "
        "description should +include a +link to the +issue / "
        "commit message refers to the +issue +number / "
        "format your commit message with the +issue"
    ),
    concepts=("status.needs-issue",),
    setting=lambda rules: rules.linked_issue,
    check=check,
    needs=frozenset({"linked"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)

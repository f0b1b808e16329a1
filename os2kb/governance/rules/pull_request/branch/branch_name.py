"""Purpose: branches are named as the product agreed, so that everyone sees what they are for."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.pull_request.branch.long_lived import is_long_lived
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "branch-name"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Holds the head branch against the Policy's globs."""
    if is_long_lived(facts):
        return not_applicable(
            ID, "Den kommer fra en af de faste grene.", "It comes from a long-lived branch."
        )
    branch = pull_of(facts).head_branch
    patterns = policy.guidelines.rules.branch_name.patterns
    if matches(branch, patterns):
        return passes(ID, f"Grenen hedder {branch}.", f"The branch is called {branch}.")
    allowed = ", ".join(patterns)
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Grenen hedder {branch}, og det passer ikke til {allowed}.",
            f"The branch is called {branch}, which fits none of {allowed}.",
        ),
        Phrase(
            f"Brug en gren, hvis navn passer til {allowed}, næste gang; eller åbn pull requesten "
            "igen fra en sådan.",
            f"Use a branch whose name fits {allowed} next time, or open the pull request again "
            "from one.",
        ),
    )


RULE = Rule(
    id=ID,
    asks=Phrase("kommer fra en gren med et aftalt navn", "comes from a branch with an agreed name"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "opret en ny +branch til dit arbejde / "
        "+grene navngives feature og hotfix / "
        "+navnet +viser, hvad slags ændring der er tale om / "
        "create a new +branch and +name it / "
        "+branch +names with a prefix / "
        "+naming +convention for branches"
    ),
    concepts=(),
    setting=lambda rules: rules.branch_name,
    check=check,
    events=frozenset({"pull_request"}),
    asks_bots=False,
)

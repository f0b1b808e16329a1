"""Purpose: what is changed in the code is told in the documentation."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.pull_request.files.companions import companions
from os2kb.governance.rules.rule import Rule
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "documentation"
_WHAT = Phrase("dokumentation", "documentation")
_REMEDY = Phrase(
    "Ret dokumentationen, så den passer til ændringen.",
    "Change the documentation so that it fits the change.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for changed documentation beside changed code."""
    return companions(ID, facts, policy.guidelines.rules.documentation, _WHAT, _REMEDY)


RULE = Rule(
    id=ID,
    asks=Phrase("retter dokumentationen med", "changes the documentation too"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "+opdater +dokumentationen / "
        "+tilføj +dokumentation og tests / "
        "+vejledningen rettes i samme +pull request som koden / "
        "funktionalitet skal være +dokumenteret / "
        "+update the +documentation"
    ),
    concepts=("status.needs-change",),
    setting=lambda rules: rules.documentation,
    check=check,
    needs=frozenset({"files"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)

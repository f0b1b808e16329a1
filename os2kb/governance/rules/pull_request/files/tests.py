"""Purpose: a change of the code comes with tests that show it works."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.pull_request.files.companions import companions
from os2kb.governance.rules.rule import Rule
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "tests"
_WHAT = Phrase("test", "test")
_REMEDY = Phrase(
    "Tilføj eller ret en test, der viser, at ændringen virker.",
    "Add or change a test that shows that the change works.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for changed tests beside changed code."""
    return companions(ID, facts, policy.guidelines.rules.tests, _WHAT, _REMEDY)


RULE = Rule(
    id=ID,
    asks=Phrase("har tests til det, der er ændret", "has tests for what is changed"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "skriv +tests, der +viser ny kode / "
        "tilføj +tests / "
        "+test din +kode / "
        "nye +funktioner skal have automatiske +test / "
        "funktionalitet skal være +testbar / "
        "+add +tests / "
        "code is +covered by +test cases"
    ),
    concepts=("status.needs-change",),
    setting=lambda rules: rules.tests,
    check=check,
    needs=frozenset({"files"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)

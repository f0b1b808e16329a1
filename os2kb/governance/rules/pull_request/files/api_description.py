"""Purpose: the API's description is generated again where the API is changed."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.pull_request.files.companions import companions
from os2kb.governance.rules.rule import Rule
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "api-description"
_WHAT = Phrase("API-beskrivelse", "API description")
_REMEDY = Phrase(
    "Dan API-beskrivelsen igen, og læg den med i pull requesten.",
    "Generate the API description again and add it to the pull request.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for a changed API description beside changes of the API."""
    options = policy.guidelines.rules.api_description
    return companions(ID, facts, options, _WHAT, _REMEDY, shows_where=True)


RULE = Rule(
    id=ID,
    asks=Phrase("har en opdateret API-beskrivelse", "has an up-to-date API description"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "dan +API +beskrivelsen igen / "
        "opdater +OpenAPI / "
        "regenerate the +API +specification / "
        "update the +OpenAPI spec"
    ),
    concepts=("status.needs-change",),
    setting=lambda rules: rules.api_description,
    check=check,
    needs=frozenset({"files"}),
    events=frozenset({"pull_request"}),
    asks_bots=False,
)

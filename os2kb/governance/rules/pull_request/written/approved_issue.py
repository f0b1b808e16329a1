"""Purpose: no code before the product has said yes to the issue, so that no work is wasted."""

from datetime import datetime, timedelta

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.labels import existing
from os2kb.governance.rules.pull_request.written.linked_issue import names_more_than_looked_up
from os2kb.governance.rules.rule import Rule, passes, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "approved-issue"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for a label of approval on the issues that the pull request names.

    Who put it on is not asked: GitHub lets nobody below the triage role do it.
    """
    names = policy.guidelines.rules.approved_issue.labels
    wanted = {name.casefold() for name in names}
    for issue in facts.linked:
        label = next((one for one in issue.labels if one.casefold() in wanted), None)
        if label is not None:
            return passes(
                ID,
                f"#{issue.number} har etiketten {label}.",
                f"#{issue.number} carries the label {label}.",
            )
    approval = next((label for name in names if (label := existing(facts, name))), None)
    if approval is None:
        listed = ", ".join(names)
        return unsure(
            ID,
            f"Ingen af policyens etiketter for godkendelse findes i dette repository: {listed}.",
            f"None of the Policy's labels of approval exists in this repository: {listed}.",
        )
    if names_more_than_looked_up(facts):
        return unsure(
            ID,
            "Der er nævnt flere numre, end jeg slår op.",
            "It names more numbers than are looked up.",
        )
    return _not_approved(facts, approval)


def _not_approved(facts: Facts, approval: str) -> Finding:
    numbers = ", ".join(f"#{issue.number}" for issue in facts.linked[:5])
    if not numbers:
        seen = Phrase(
            "Pull requesten henviser ikke til et issue, der kan være godkendt.",
            "The pull request names no issue that could be approved.",
        )
        remedy = Phrase(
            f"Henvis til det issue, der har etiketten {approval}, eller opret et og vent på svar.",
            f"Name the issue that carries the label {approval}, or open one and wait for the "
            "answer.",
        )
    else:
        seen = Phrase(
            f"{numbers} har ikke etiketten {approval}.",
            f"{numbers} does not carry the label {approval}.",
        )
        remedy = Phrase(
            f"Vent med koden, til {numbers} er godkendt og har etiketten {approval}.",
            f"Wait with the code until {numbers} is approved and carries the label {approval}.",
        )
    return Finding(ID, "fail", seen, remedy, label="status.blocked")


RULE = Rule(
    id=ID,
    asks=Phrase("bygger på et godkendt issue", "rests on an approved issue"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "udvikling må ikke +påbegyndes før godkendelse / "
        "gå ikke i gang med at +programmere før godkendelse / "
        "vent, til +koordinationsgruppen har +godkendt issuet / "
        "issue is +accepted for inclusion / "
        "+issue gives an opportunity before you start +coding / "
        "+consulting the maintainers before large changes"
    ),
    concepts=("status.blocked",),
    setting=lambda rules: rules.approved_issue,
    check=check,
    needs=frozenset({"linked"}),
    events=frozenset({"pull_request"}),
    # The label is put on another subject, whose deliveries name no pull request.
    look_again={"fail": timedelta(hours=1)},
    asks_bots=False,
)

"""Purpose: what reviewers asked is answered before the change goes in."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "discussions"
_REMEDY = Phrase(
    'Svar i hver tråd, og tryk "Resolve conversation", når den er færdig.',
    'Answer in each thread, and press "Resolve conversation" when it is done.',
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Counts unresolved threads, outdated ones among them, as GitHub's own protection does."""
    threads = pull_of(facts).threads or ()
    if not threads:
        return not_applicable(ID, "Der er ingen diskussioner.", "There are no discussions.")
    unresolved = sum(not one.resolved for one in threads)
    if not unresolved:
        return passes(ID, "Alle diskussioner er afsluttet.", "All discussions are resolved.")
    return Finding(
        ID,
        "fail",
        Phrase(
            f"{unresolved} af {len(threads)} diskussioner er ikke afsluttet.",
            f"{unresolved} of {len(threads)} discussions are not resolved.",
        ),
        _REMEDY,
    )


RULE = Rule(
    id=ID,
    asks=Phrase("har afsluttet alle diskussioner", "has all discussions resolved"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "alle +diskussioner skal afsluttes / "
        "retter koden efter reviewerens +kommentarer / "
        "all +discussion have to be +resolved / "
        "+follow up on review comments and questions"
    ),
    concepts=(),
    setting=lambda rules: rules.discussions,
    check=check,
    needs=frozenset({"threads"}),
    events=frozenset({"pull_request", "pull_request_review", "pull_request_review_thread"}),
)

"""Purpose: a branch is brought up to date by rebasing, so that its history can be read."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.pull_request.branch.long_lived import gathers_finished_work
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "merge-commits"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for commits of several parents; a release is made of them."""
    pull = pull_of(facts)
    if gathers_finished_work(facts):
        return not_applicable(
            ID, "Den samler færdigt arbejde.", "It gathers what was finished before."
        )
    merges = [one for one in pull.commits or () if one.parents > 1]
    if not merges and pull.commits_cut:
        return unsure(
            ID,
            "Der er flere commits, end jeg kan se.",
            "There are more commits than can be seen here.",
        )
    if not merges:
        return passes(ID, "Der er ingen merge-commits.", "There are no merge commits.")
    base = pull.base_branch
    return Finding(
        ID,
        "fail",
        Phrase(
            f"{len(merges)} merge-commits, det første er {merges[0].sha[:7]}.",
            f"{len(merges)} merge commits, the first of which is {merges[0].sha[:7]}.",
        ),
        Phrase(
            f"Kør git pull --rebase origin {base}, og push grenen igen med --force-with-lease.",
            f"Run git pull --rebase origin {base} and push the branch with --force-with-lease.",
        ),
        label="status.needs-change",
    )


RULE = Rule(
    id=ID,
    asks=Phrase("er uden merge-commits", "is without merge commits"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "+rebase din branch / "
        "historikken skal være +lineær / "
        "+rebase your branch instead of merging / "
        "keep a +linear history"
    ),
    concepts=("status.needs-change",),
    setting=lambda rules: rules.merge_commits,
    check=check,
    needs=frozenset({"commits"}),
    events=frozenset({"pull_request"}),
)

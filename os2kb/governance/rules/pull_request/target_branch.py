"""Purpose: each kind of branch goes into the base that the product's branching model gives it."""

from datetime import datetime
from fnmatch import fnmatchcase

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.rule import Rule, not_applicable
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "target-branch"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Takes the first of the Policy's globs that fits the head branch."""
    pull = facts.pull_request
    allow = policy.guidelines.rules.target_branch.allow
    base = next(
        (base for glob, base in allow.items() if pull and fnmatchcase(pull.head_branch, glob)), None
    )
    if pull is None or base is None:
        return not_applicable(
            ID,
            "Policyen siger ikke, hvor grene af den slags skal hen.",
            "The Policy does not say where branches of that kind go.",
        )
    if pull.base_branch == base:
        return Finding(ID, "pass", Phrase(f"Den går ind i {base}.", f"It goes into {base}."))
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Den går ind i {pull.base_branch}, ikke i {base}.",
            f"It goes into {pull.base_branch}, not {base}.",
        ),
        Phrase(
            f'Vælg {base} som base: tryk "Edit" ud for titlen.',
            f'Choose {base} as the base: press "Edit" beside the title.',
        ),
    )


RULE = Rule(
    id=ID,
    asks=Phrase("går ind i den rette gren", "goes into the right branch"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "pull request fra din branch til main / "
        "pull request target branch / "
        "base branch for pull requests"
    ),
    concepts=(),
    setting=lambda rules: rules.target_branch,
    check=check,
)

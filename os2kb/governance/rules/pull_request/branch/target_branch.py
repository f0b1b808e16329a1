"""Purpose: each kind of branch goes into the base that the product's branching model gives it."""

from datetime import datetime
from fnmatch import fnmatchcase

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.globs import matches
from os2kb.governance.rules.rule import Rule, not_applicable, passes, pull_of
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "target-branch"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Takes the first of the Policy's globs that fits the head branch."""
    pull = pull_of(facts)
    allow = policy.guidelines.rules.target_branch.allow
    bases = next((to for glob, to in allow.items() if fnmatchcase(pull.head_branch, glob)), None)
    if bases is None:
        return not_applicable(
            ID,
            "Policyen siger ikke, hvor grene af den slags skal hen.",
            "The Policy does not say where branches of that kind go.",
        )
    allowed = (bases,) if isinstance(bases, str) else bases
    base = pull.base_branch
    if matches(base, allowed):
        return passes(ID, f"Den går ind i {base}.", f"It goes into {base}.")
    right = Phrase(" eller ".join(allowed), " or ".join(allowed))
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Den går ind i {base}, ikke i {right.da}.",
            f"It goes into {base}, not {right.en}.",
        ),
        Phrase(
            f'Vælg {right.da} som base: tryk "Edit" ud for titlen.',
            f'Choose {right.en} as the base: press "Edit" beside the title.',
        ),
    )


RULE = Rule(
    id=ID,
    asks=Phrase("går ind i den rette gren", "goes into the right branch"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "opret en pull request fra din +branch til +main / "
        "pull request til +branchen +develop / "
        "navne og +retning: hvad slags +ændring det er, og hvor den skal hen / "
        "create a pull request to the +master +branch / "
        "pull request from the feature branch to the related +dev +branch / "
        "+merge into +develop"
    ),
    concepts=(),
    setting=lambda rules: rules.target_branch,
    check=check,
    events=frozenset({"pull_request"}),
)

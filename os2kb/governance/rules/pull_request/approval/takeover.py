"""Purpose: what the product takes over has a maintainer, documentation, tests and rights."""

from collections.abc import Iterable
from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.labels import has
from os2kb.governance.reading.prose import folded
from os2kb.governance.rules.pull_request.written.checklist import tasks
from os2kb.governance.rules.rule import Rule, not_applicable, passes
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "takeover"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for ticked tasks in the description of a pull request that carries the label."""
    options = policy.guidelines.rules.takeover
    if options.label is None:
        return not_applicable(
            ID,
            "Policyen nævner ingen etiket for det, produktet overtager.",
            "The Policy names no label for what the product takes over.",
        )
    if not has(facts, options.label):
        return not_applicable(
            ID, f"Etiketten {options.label} er ikke på.", f"The label {options.label} is not on."
        )
    ticked = [f" {folded(one.text)}" for one in tasks(facts.body) if one.ticked]
    missing = [entry.split(" / ")[0] for entry in options.checklist if not _is_in(entry, ticked)]
    if not missing:
        return passes(ID, "Alt på tjeklisten er krydset af.", "All of the checklist is ticked.")
    named = ", ".join(missing)
    return Finding(
        ID,
        "fail",
        Phrase(f"Det er ikke krydset af: {named}.", f"This is not ticked: {named}."),
        Phrase(
            f"Skriv en tjekliste i beskrivelsen, og kryds af, når det er på plads: {named}.",
            f"Write a checklist in the description, and tick what is in place: {named}.",
        ),
        label="status.blocked",
    )


def _is_in(entry: str, ticked: Iterable[str]) -> bool:
    """Whether a ticked task has a word that begins as one of the entry's wordings does."""
    wordings = [f" {folded(wording)}" for wording in entry.split(" / ")]
    return any(wording in text for text in ticked for wording in wordings)


RULE = Rule(
    id=ID,
    asks=Phrase("er klar til, at produktet overtager den", "is ready to be taken over"),
    applies_to=frozenset({"pull_request"}),
    topic=("produktet +overtager bidraget / +overtagelse af kode / +takeover of a contribution"),
    concepts=("status.blocked",),
    setting=lambda rules: rules.takeover,
    check=check,
    events=frozenset({"pull_request"}),
)

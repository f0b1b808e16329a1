"""Purpose: a fault has a class that a person chose; words in its text only ever suggest one.

Its label is on: a command or a person put it there, and what the form says we put on ourselves.
"""

from datetime import datetime

from os2kb.governance.escalation.from_facts import happenings_of
from os2kb.governance.escalation.happenings import history
from os2kb.governance.escalation.severity import SAYS, Classed, classed
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.labels import existing, has
from os2kb.governance.rules.issue.severity_words import Suggestion, suggested
from os2kb.governance.rules.rule import Rule, not_applicable, passes, unsure
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import Escalation

ID = "severity"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:
    """Command before label before form before words; words give no class."""
    model = policy.escalation
    if model is None:
        return not_applicable(
            ID, "Policyen har ingen eskaleringsmodel.", "The Policy has no escalation model."
        )
    held = classed(history(happenings_of(facts, policy), now), policy, now)
    if held and held[-1].private:
        return unsure(
            ID,
            "Det kan være en sårbarhed, så alvorsgraden er ikke for alle.",
            "It may be a vulnerability, so its class is not for everyone.",
        )
    if held and held[-1].severity is not None:
        return _chosen(held[-1], held[-1].severity)
    if labelled := _labelled(facts, policy):
        return passes(ID, f"Alvorsgraden er {labelled}.", f"The severity is {labelled}.")
    if _is_no_fault(facts, policy):
        return not_applicable(ID, "Det er ikke en fejl.", "It is no fault.")
    choices = [name for name in model.severities if _label(facts, policy, name)]
    found = suggested(facts.title, facts.body, _lists(model, choices))
    if found is None:
        return not_applicable(
            ID,
            "Ingen har valgt en alvorsgrad, og ingen ord i teksten tyder på en bestemt.",
            "Nobody chose a severity, and no words in the text speak for one.",
        )
    return _suggestion(found, choices)


def _chosen(held: Classed, severity: str) -> Finding:
    says = SAYS[held.source]
    evidence = Phrase(
        f"Alvorsgraden er {severity}: {says.da}.", f"The severity is {severity}: {says.en}."
    )
    return Finding(ID, "pass", evidence, NOTHING, label=f"severity.{severity}")


def _suggestion(found: Suggestion, choices: list[str]) -> Finding:
    others = ", ".join(name for name in choices if name != found.severity)
    or_da = f", eller vælg en anden grad: {others}." if others else "."
    or_en = f", or choose another class: {others}." if others else "."
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Teksten siger noget i retning af “{found.words}”, så jeg foreslår {found.severity}.",
            f"The text says something like “{found.words}”, so I suggest {found.severity}.",
        ),
        Phrase(
            f"Et menneske bekræfter med /os2 severity {found.severity}{or_da}",
            f"A person confirms with /os2 severity {found.severity}{or_en}",
        ),
    )


def _lists(model: Escalation, choices: list[str]) -> dict[str, tuple[str, ...]]:
    """The words of the classes that a person could then put on, worst first."""
    return {name: model.suggest.get(name, ()) for name in choices}


def _label(facts: Facts, policy: Policy, severity: str) -> str | None:
    return existing(facts, policy.labels.severity.get(severity))


def _labelled(facts: Facts, policy: Policy) -> str | None:
    """The class whose label is on; the first that the Policy names where several are."""
    on = (
        severity
        for severity in policy.labels.severity
        if (label := _label(facts, policy, severity)) is not None and has(facts, label)
    )
    return next(on, None)


def _is_no_fault(facts: Facts, policy: Policy) -> bool:
    other = (label for concept, label in policy.labels.type.items() if concept != "bug")
    return any(has(facts, label) for label in other)


RULE = Rule(
    id=ID,
    asks=Phrase("har en alvorsgrad, som et menneske har valgt", "has a class that a person chose"),
    applies_to=frozenset({"issue"}),
    topic=(
        "fejl får en +alvorlighed / "
        "fejl får en +alvorsgrad / "
        "en fejls +fejlkategori / "
        "every fault gets a +severity"
    ),
    concepts=("severity",),  # what it once put on, the ledger knows; none for words in a text
    setting=lambda rules: rules.severity,
    check=check,
    needs=frozenset({"forms"}),  # the Policy may name a question by its id
    events=frozenset({"issues"}),
    asks_bots=False,
    on_with=lambda policy: policy.escalation is not None,
)

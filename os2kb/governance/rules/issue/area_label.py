"""Purpose: an issue carries the label of the part of the product that its form names."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.labels import existing, has, is_held, is_ours, rule_is_held
from os2kb.governance.reading.form_answers import answer_to, answers, name
from os2kb.governance.rules.rule import Rule, not_applicable, unsure
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

ID = "area-label"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Person before form; of several areas the first that has a label."""
    field = policy.guidelines.rules.area_label.field
    labels = {
        area: label
        for area, wanted in policy.labels.area.items()
        if (label := existing(facts, wanted)) is not None
    }
    if not labels:
        return not_applicable(
            ID,
            "Policyen peger ikke på områdeetiketter, der findes i dette repository.",
            "The Policy names no area labels that exist in this repository.",
        )
    if _chosen_by_a_person(facts, tuple(labels.values())):
        return not_applicable(
            ID,
            "En person har sat områdeetiketter på eller taget en af.",
            "A person put area labels on or took one off.",
        )
    answer = answer_to(field, answers(facts.body))
    if not answer:
        return not_applicable(
            ID, f'Issuet svarer ikke på "{field}".', f'The issue does not answer "{field}".'
        )
    area = _first(answer, tuple(labels))
    if area is None:
        return unsure(
            ID,
            f'Svaret på "{field}" svarer ikke til en etiket.',
            f'The answer to "{field}" is no label\'s.',
        )
    said = Phrase(f'Området er {area}, efter "{field}".', f'The area is {area}, by "{field}".')
    return Finding(ID, "pass", said, NOTHING, label=f"area.{area}")


def _chosen_by_a_person(facts: Facts, labels: tuple[str, ...]) -> bool:
    return rule_is_held(facts, ID) or any(
        is_held(facts, label) or (has(facts, label) and not is_ours(facts, label))
        for label in labels
    )


def _first(answer: str, areas: tuple[str, ...]) -> str | None:
    """The area an answer names first; GitHub parts several choices by commas."""
    said = f" {name(answer)} "
    found = [(said.find(f" {name(area)} "), -len(area), area) for area in areas]
    return min((one for one in found if one[0] >= 0), default=(0, 0, None))[2]


RULE = Rule(
    id=ID,
    asks=Phrase("hører til et område", "belongs to an area"),
    applies_to=frozenset({"issue"}),
    topic=(
        "+etiketter på issues efter +område eller komponent / "
        "vælg den +del af +løsningen, det drejer sig om / "
        "+labels for issues by area or +component / "
        "+area +label"
    ),
    concepts=("area",),  # what it once put on, the ledger knows; which there are, the Policy
    setting=lambda rules: rules.area_label,
    check=check,
    events=frozenset({"issues"}),
)

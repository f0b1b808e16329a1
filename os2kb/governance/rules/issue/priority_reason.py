"""Purpose: who asks for a high priority says why, so that those who choose can weigh it."""

from datetime import datetime

from index.danish import words
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.reading.form_answers import answer_to, answers, name
from os2kb.governance.rules.rule import Rule, not_applicable, passes
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "priority-reason"
_A_REASON = 3  # words: `haster` and `meget vigtigt` weigh nothing


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Reads the answers below the headings that the Policy names."""
    options = policy.guidelines.rules.priority_reason
    given = answers(facts.body)
    answer = answer_to(options.field, given)
    if not answer:
        return not_applicable(
            ID,
            f"Issuet angiver ingen {options.field.lower()}.",
            f"The issue states no {options.field.lower()}.",
        )
    chosen = _chosen(answer, options.values)
    if chosen is None:
        return passes(
            ID, "Prioriteten kræver ingen begrundelse.", "The priority needs no justification."
        )
    beside = len(words(answer)) - len(words(chosen))
    if max(beside, len(words(answer_to(options.reason, given) or ""))) >= _A_REASON:
        return passes(ID, "Prioriteten er begrundet.", "The priority is justified.")
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Prioriteten er {chosen}, men den er ikke begrundet.",
            f"The priority is {chosen}, but it is not justified.",
        ),
        Phrase(
            f'Skriv under "{options.reason}", hvem det rammer, og hvad det betyder for dem.',
            f'Write under "{options.reason}" whom it affects and what it means to them.',
        ),
        label="status.needs-info",
    )


def _chosen(answer: str, values: tuple[str, ...]) -> str | None:
    """The value that an answer begins with; emoji before it do not count."""
    said = f"{name(answer)} "
    return next((value for value in values if said.startswith(f"{name(value)} ")), None)


RULE = Rule(
    id=ID,
    asks=Phrase(
        "begrunder prioriteten, hvor det kræves", "justifies its priority where that is asked"
    ),
    applies_to=frozenset({"issue"}),
    topic=(
        "begrund høj og kritisk +prioritet / "
        "+prioritet høj eller kritisk skal begrundes / "
        "vælger du +høj eller +kritisk, skal du +begrunde det / "
        "justify high or critical +priority"
    ),
    concepts=("status.needs-info",),
    setting=lambda rules: rules.priority_reason,
    check=check,
    events=frozenset({"issues"}),
    asks_bots=False,
)

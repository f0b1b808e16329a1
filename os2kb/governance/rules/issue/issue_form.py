"""Purpose: an issue answers what the product's form asks, so that nobody has to ask again."""

from collections.abc import Iterable
from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.reading.form_answers import Answer, answer_to, answers, name
from os2kb.governance.reading.forms import Form
from os2kb.governance.rules.rule import Rule, not_applicable, passes
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "issue-form"
_MOST_NAMED = 6
_REMEDY = Phrase(
    "Rediger issuet, og skriv et svar under hver af de overskrifter.",
    "Edit the issue and write an answer under each of those headings.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Looks for the Policy's headings, else for the required fields of the form that was used."""
    given = answers(facts.body)
    asked: tuple[str, ...] = policy.guidelines.rules.issue_form.headings
    if not asked:
        form = used(facts.forms or (), given)
        if form is None:
            return not_applicable(
                ID, "Issuet er ikke skrevet i en formular.", "The issue was not written in a form."
            )
        asked = tuple(field.label for field in form.fields if field.required)
    missing = [question for question in asked if not answer_to(question, given)]
    if missing:
        return _unanswered(missing)
    return passes(ID, "Formularens spørgsmål er besvaret.", "The form's questions are answered.")


def used(forms: Iterable[Form], given: tuple[Answer, ...]) -> Form | None:
    """The form an issue was written in: the one most of whose questions it shows."""
    shown = {name(answer.question) for answer in given}

    def share(form: Form) -> tuple[float, int]:
        asked = [name(field.label) for field in form.fields]
        found = sum(question in shown for question in asked)
        return found / max(1, len(asked)), found

    best = max(forms, key=share, default=None)
    return best if best is not None and share(best) > (0, 0) else None


def _unanswered(missing: list[str]) -> Finding:
    named = ", ".join(missing[:_MOST_NAMED])
    more = len(missing) - _MOST_NAMED
    evidence = Phrase(
        f"Ikke besvaret: {named}{f' og {more} mere' if more > 0 else ''}.",
        f"Not answered: {named}{f' and {more} more' if more > 0 else ''}.",
    )
    return Finding(ID, "fail", evidence, _REMEDY, label="status.needs-info")


RULE = Rule(
    id=ID,
    asks=Phrase("besvarer formularens spørgsmål", "answers the form's questions"),
    applies_to=frozenset({"issue"}),
    topic=(
        "udfyld alle +felter i formularen, når du opretter et issue / "
        "et issue skal indeholde +kommune, forretningsbehov og beskrivelse / "
        "et issue skal som +minimum +svare på følgende / "
        "fill in all +fields of the issue form / "
        "use the issue +template and answer every +question"
    ),
    concepts=("status.needs-info",),
    setting=lambda rules: rules.issue_form,
    check=check,
    options_need=lambda rules: frozenset(() if rules.issue_form.headings else ("forms",)),
    events=frozenset({"issues"}),
    asks_bots=False,
)

"""The class of a fault that an issue form's answers give: named in one, or by the matrix of two."""

from collections.abc import Callable, Iterable

from os2kb.governance.reading.form_answers import Answer, answer_to, answers, name
from os2kb.governance.reading.forms import Form
from os2kb.policy.sections.escalation import Escalation


def answered_severity(body: str, forms: tuple[Form, ...] | None, model: Escalation) -> str | None:
    """The class that a filled-in form gives; None where it gives none.

    Args:
        body: the issue's text.
        forms: the repository's, by which a question that the Policy names by its id is found;
            None where they were not read: then by its label alone.
        model: its `field` and its `matrix`; what is answered there outright goes first.
    """
    given = answers(body)
    return given_by(lambda question: _answer(question, given, forms), model)


def given_by(answer: Callable[[str], str | None], model: Escalation) -> str | None:
    """The class that answers give, each found by its question's id or label."""
    if (said := answer(model.field)) and (found := named(said, model.severities)):
        return found
    if model.matrix is None:
        return None
    impact, urgency = answer(model.matrix.impact), answer(model.matrix.urgency)
    return model.matrix.gives(impact, urgency) if impact and urgency else None


def named(said: str, classes: Iterable[str]) -> str | None:
    """The class that an answer begins with, case and accents aside; the longest of several."""
    begun = f"{name(said)} "
    found = (one for one in classes if name(one) and begun.startswith(f"{name(one)} "))
    return max(found, key=len, default=None)


def _answer(question: str, given: tuple[Answer, ...], forms: tuple[Form, ...] | None) -> str | None:
    """The answer to a question, by its label, or by the label of the field with that id."""
    labels = [field.label for form in forms or () for field in form.fields if field.id == question]
    found = (answer_to(label, given) for label in (question, *labels))
    return next((text for text in found if text), None)

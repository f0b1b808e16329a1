"""The rule that an issue answers what its form asks."""

from os2kb.governance.reading.forms import Form, FormField
from tests.unit.governance.cases import OTHER_BOT, finding, issue, strict, verdict

FAULT = Form(
    ".github/ISSUE_TEMPLATE/fejl.yml",
    "Fejl",
    (FormField("Kommune", True), FormField("Hvad skete der?", True), FormField("Logs", False)),
)
WISH = Form(
    ".github/ISSUE_TEMPLATE/oenske.yml",
    "Ønske",
    (FormField("Kommune", True), FormField("Forretningsbehov", True)),
)
FORMS = (FAULT, WISH)
ON = strict("issue-form")
WHOLE = "### Kommune\n\nAarhus\n\n### Forretningsbehov\n\nBorgere venter.\n"


def test_a_form_that_is_filled_in_passes() -> None:
    assert verdict("issue-form", issue(body=WHOLE, forms=FORMS), ON) == "pass"


def test_a_question_without_an_answer_is_named_and_asks_for_the_label() -> None:
    body = WHOLE.replace("Borgere venter.", "_No response_")
    found = finding("issue-form", issue(body=body, forms=FORMS), ON)
    assert (found.verdict, found.label) == ("fail", "status.needs-info")
    assert found.evidence.da == "Ikke besvaret: Forretningsbehov."


def test_a_question_that_was_deleted_is_not_answered() -> None:
    body = "### Hvad skete der?\n\nDen gik ned.\n\n### Logs\n\n_No response_"
    found = finding("issue-form", issue(body=body, forms=FORMS), ON)
    assert found.evidence.da == "Ikke besvaret: Kommune."  # of the form of faults; logs are free


def test_headings_of_the_policy_go_before_the_forms() -> None:
    asked = strict("issue-form", ", headings: [Kommune, Prioritet]")
    found = finding("issue-form", issue(body=WHOLE, forms=FORMS), asked)
    assert found.evidence.en == "Not answered: Prioritet."
    assert verdict("issue-form", issue(body=""), asked) == "fail"


def test_an_issue_outside_any_form_is_left_alone() -> None:
    assert verdict("issue-form", issue(body="Den gik ned.", forms=FORMS), ON) == "n/a"
    assert verdict("issue-form", issue(body=WHOLE, forms=()), ON) == "n/a"


def test_forms_that_were_not_read_are_not_guessed_at() -> None:
    assert verdict("issue-form", issue(body=WHOLE), ON) == "unknown"


def test_bots_fill_in_no_forms() -> None:
    assert verdict("issue-form", issue(forms=FORMS, author=OTHER_BOT), ON) == "n/a"


def test_a_form_of_a_hundred_questions_names_a_few() -> None:
    many = Form("x", "x", tuple(FormField(f"Nummer {n}", True) for n in range(100)))
    found = finding("issue-form", issue(body="### Nummer 0\n\nja", forms=(many,)), ON)
    assert found.evidence.da.endswith("Nummer 6 og 93 mere.")

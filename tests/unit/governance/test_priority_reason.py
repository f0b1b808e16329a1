"""The rule that a high priority is justified."""

import pytest

from tests.unit.governance.cases import finding, issue, policy, strict, verdict

ON = strict("priority-reason")


def form(priority: str, reason: str | None = "_No response_") -> str:
    asked = "" if reason is None else f"\n\n### Begrundelse for prioritet\n\n{reason}"
    return f"### Prioritet (Lav/Mellem/Høj/Kritisk)\n\n{priority}{asked}"


@pytest.mark.parametrize("priority", ["Høj", "Kritisk", "🔴 Kritisk", "høj", "Hoej", "KRITISK!"])
@pytest.mark.parametrize("reason", ["_No response_", "-", "Haster meget", None])
def test_a_high_priority_without_a_reason_fails(priority: str, reason: str | None) -> None:
    found = finding("priority-reason", issue(body=form(priority, reason)), ON)
    assert (found.verdict, found.label) == ("fail", "status.needs-info")


def test_the_evidence_names_the_policys_value() -> None:
    found = finding("priority-reason", issue(body=form("KRITISK")), ON)
    assert found.evidence.da == "Prioriteten er Kritisk, men den er ikke begrundet."


@pytest.mark.parametrize(
    "body",
    [
        form("Høj", "Borgere kan ikke få hjælp."),
        form("Høj, fordi borgerne ikke kan booke tid", None),
        form("Lav"),
        form("Mellem", None),
        form("Ikke kritisk"),
        form("Højtaler"),
    ],
)
def test_a_reason_or_a_lower_priority_passes(body: str) -> None:
    assert verdict("priority-reason", issue(body=body), ON) == "pass"


@pytest.mark.parametrize("body", ["", "Prioritet: Høj", form("_No response_"), "### Andet\n\nHøj"])
def test_without_a_priority_there_is_nothing_to_justify(body: str) -> None:
    assert verdict("priority-reason", issue(body=body), ON) == "n/a"


def test_a_product_names_its_own_questions_and_values() -> None:
    own = policy(
        "guidelines: {rules: {priority-reason: "
        "{level: advise, field: Urgency, values: [Now], reason: Why}}}"
    )
    body = "### Urgency\n\nNow\n\n### Why\n\n{}"
    assert verdict("priority-reason", issue(body=body.format("No one can log in.")), own) == "pass"
    assert verdict("priority-reason", issue(body=body.format("")), own) == "fail"

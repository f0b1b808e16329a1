"""approved-issue: no code before the product has said yes."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import Facts, Linked
from tests.unit.governance.cases import (
    OTHER_BOT,
    REPOSITORY,
    finding,
    pull,
    strict,
    verdict,
)

HERE = replace(REPOSITORY, labels=(*REPOSITORY.labels, "Godkendt"))
BY = strict("approved-issue")


def naming(*linked: Linked) -> Facts:
    return pull(linked=linked, repository=HERE)


@pytest.mark.parametrize(
    ("linked", "expected"),
    [
        ((Linked(12, labels=("Godkendt",)),), "pass"),
        ((Linked(12, labels=("Bug", "GODKENDT")),), "pass"),
        ((Linked(11), Linked(12, labels=("approved",))), "pass"),
        ((Linked(12, labels=("Bug",)),), "fail"),
        ((Linked(12),), "fail"),
        ((), "fail"),
    ],
)
def test_the_issue_carries_a_label_of_approval(linked: tuple[Linked, ...], expected: str) -> None:
    found = finding("approved-issue", naming(*linked), BY)
    assert found.verdict == expected
    assert found.label == ("status.blocked" if expected == "fail" else "")


def test_a_policy_names_its_own_labels() -> None:
    by = strict("approved-issue", ", labels: [klar til udvikling]")
    here = replace(REPOSITORY, labels=("Klar til udvikling",))
    ready = pull(linked=(Linked(12, labels=("Klar til udvikling",)),), repository=here)
    assert verdict("approved-issue", ready, by) == "pass"
    waiting = finding("approved-issue", replace(ready, linked=(Linked(12),)), by)
    assert "#12" in waiting.remedy.da
    assert "Klar til udvikling" in waiting.remedy.da


def test_a_label_that_does_not_exist_blames_nobody() -> None:
    found = finding("approved-issue", pull(linked=(Linked(12),)), BY)
    assert found.verdict == "unknown"
    assert "Godkendt, Approved" in found.evidence.en


def test_a_bot_needs_no_approval() -> None:
    assert verdict("approved-issue", replace(naming(), author=OTHER_BOT), BY) == "n/a"


def test_an_approved_issue_may_be_among_numbers_that_nobody_looked_up() -> None:
    many = replace(naming(Linked(1)), body="Bygger på #1, #2, #3, #4, #5 og #6.")
    assert verdict("approved-issue", many, BY) == "unknown"
